// What a process's database is doing and has done: what GET /__assay__/storage replies.
#pragma once
#include <cstdint>
#include <tuple>
#include <vector>

#include "server/model/field.h"
#include "server/storage/sql/settings.h"

namespace assay::storage {

// How many transactions of the writer held so many operations, counted by powers of two.
struct BatchSize {
  std::uint64_t at_least = 1;
  std::uint64_t batches = 0;

  static constexpr auto model() {
    return std::tuple{model::field<"at_least">(&BatchSize::at_least),
                      model::field<"batches">(&BatchSize::batches)};
  }
};

struct StorageCounts {
  Policy policy = Policy::per_thread;
  Journal journal = Journal::wal;
  Synchronous synchronous = Synchronous::full;
  bool group_commit = true;

  // The writer of this process, since it started.
  std::uint64_t queue_length = 0;  // writes; with `single` those of `run` and `use` too
  std::uint64_t queue_limit = 0;
  std::uint64_t batches = 0;
  std::uint64_t operations = 0;
  std::uint64_t largest_batch = 0;
  std::vector<BatchSize> batch_sizes;   // up to the largest that there was
  std::uint64_t failed_operations = 0;  // kept from being done by a lock, a disk, a wrong statement
  std::uint64_t refused_operations = 0;  // the queue was full
  std::uint64_t swept_entries = 0;

  // The policy's connections; with `single`, the writer's.
  std::uint64_t open_connections = 0;
  std::uint64_t waiting_for_connection = 0;
  std::uint64_t refused_connections = 0;  // none was free in time
  std::uint64_t snapshots = 0;            // how often one was begun, to be held for several reads
  std::uint64_t snapshot_reads = 0;       // reads within such a one
  std::uint64_t plain_reads = 0;          // each by itself

  // All connections.
  std::uint64_t busy_waits = 0;     // how often one waited for another's lock
  std::uint64_t busy_failures = 0;  // how often for too long

  // All processes.
  std::uint64_t commits = 0;
  std::uint64_t database_bytes = 0;
  std::uint64_t wal_bytes = 0;

  static constexpr auto model() {
    using model::field;
    using Counts = StorageCounts;
    return std::tuple{field<"policy">(&Counts::policy),
                      field<"journal">(&Counts::journal),
                      field<"synchronous">(&Counts::synchronous),
                      field<"group_commit">(&Counts::group_commit),
                      field<"queue_length">(&Counts::queue_length),
                      field<"queue_limit">(&Counts::queue_limit),
                      field<"batches">(&Counts::batches),
                      field<"operations">(&Counts::operations),
                      field<"largest_batch">(&Counts::largest_batch),
                      field<"batch_sizes">(&Counts::batch_sizes),
                      field<"failed_operations">(&Counts::failed_operations),
                      field<"refused_operations">(&Counts::refused_operations),
                      field<"swept_entries">(&Counts::swept_entries),
                      field<"open_connections">(&Counts::open_connections),
                      field<"waiting_for_connection">(&Counts::waiting_for_connection),
                      field<"refused_connections">(&Counts::refused_connections),
                      field<"snapshots">(&Counts::snapshots),
                      field<"snapshot_reads">(&Counts::snapshot_reads),
                      field<"plain_reads">(&Counts::plain_reads),
                      field<"busy_waits">(&Counts::busy_waits),
                      field<"busy_failures">(&Counts::busy_failures),
                      field<"commits">(&Counts::commits),
                      field<"database_bytes">(&Counts::database_bytes),
                      field<"wal_bytes">(&Counts::wal_bytes)};
  }
};

}  // namespace assay::storage
