// The connections of all threads that use one database. Any thread may call it, and hold it for
// longer than the database lives: threads come and go as they like.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "server/storage/policies/connection_source.h"
#include "server/storage/policies/storage_counts.h"
#include "server/storage/policies/thread_connection.h"

namespace assay::storage {

class ThreadRegister {
 public:
  explicit ThreadRegister(const ConnectionSource::Ground& ground) : ground_(ground) {}

  void open();
  void close() noexcept;  // and all connections, after the uses that are under way

  std::shared_ptr<ThreadConnection> admit();  // one more; throws StorageError::closing
  void dismiss(const std::shared_ptr<ThreadConnection>& connection) noexcept;  // its thread ends

  void add_counts(StorageCounts& counts) const;

 private:
  void remember(const ReadCounts& counts) noexcept;

  ConnectionSource::Ground ground_;
  mutable std::mutex mutex_;  // guards all below
  bool is_open_ = false;
  std::vector<std::shared_ptr<ThreadConnection>> connections_;
  ReadCounts of_the_closed_;
};

}  // namespace assay::storage
