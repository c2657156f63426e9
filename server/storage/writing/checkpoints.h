// When what stands in the write-ahead log goes into the database file: in quiet moments, and when
// there is much of it. SQLite's own way is to do it within some commit.
//
// Belongs to the writer's thread. What fails is tried again later.
#pragma once
#include <cstdint>
#include <string>

#include "server/storage/sql/connection.h"
#include "server/storage/sql/settings.h"

namespace assay::storage {

class Checkpoints {
 public:
  static constexpr std::int64_t much_bytes = std::int64_t{4} << 20;
  // Beyond this the log is cut, for which readers of old states are waited for, a little.
  static constexpr std::int64_t too_much_bytes = std::int64_t{64} << 20;

  Checkpoints(std::string path, const Settings& settings);

  void watch(Connection& connection);  // as long as it lives
  void watch_none();
  void after_commit();
  void when_idle();
  bool is_behind() const { return log_pages_ > done_pages_; }

 private:
  void committed(std::int64_t log_pages);
  void copy();
  void cut();

  std::string path_;
  Settings settings_;
  sqlite3* watched_ = nullptr;
  std::int64_t page_bytes_ = 4096;
  std::int64_t log_pages_ = 0;
  std::int64_t done_pages_ = 0;   // of these, how many are in the database
  std::int64_t asked_pages_ = 0;  // how long it was when it was last tried
};

}  // namespace assay::storage
