// A store of two tables whose clock a test moves.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/storage/expiry.h"
#include "server/storage/sql/thrown.h"
#include "server/storage/store.h"

namespace assay::storage {

class Kept {
 public:
  explicit Kept(Settings settings = {}) : database(with_clock(std::move(settings))) {
    database.open();
    database.start();
  }
  ~Kept() { database.stop(); }
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;

  TimePoint clock() const { return TimePoint(std::chrono::milliseconds(clock_)); }
  void pass(std::chrono::milliseconds time) { clock_ += time.count(); }

 private:
  Settings with_clock(Settings settings) {
    settings.now = [this] { return clock(); };
    return settings;
  }

  std::atomic<std::int64_t> clock_ = 1'000'000;

 public:
  Database database;
  Store store{database};
  const Table users = store.table("users");
  const Table others = store.table("others");
};

}  // namespace assay::storage
