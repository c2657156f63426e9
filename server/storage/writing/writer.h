// The one thread of a process that writes: it takes what waits, does it in one transaction, and
// tells the outcomes once that is committed. A failing operation fails alone, whatever it throws or
// whatever SQLite makes of it; the thread goes on.
//
// Any thread may submit, between `start` and `stop`. Operations are done in the order in which they
// were submitted. One that is submitted while another is done must not be waited for in that one.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "server/storage/sql/busy_wait.h"
#include "server/storage/sql/commit_count.h"
#include "server/storage/sql/settings.h"
#include "server/storage/writing/pending.h"
#include "server/storage/writing/write_operation.h"
#include "server/storage/writing/write_queue.h"
#include "server/storage/writing/writer_counts.h"

namespace assay::storage {

class Writer {
 public:
  // An operation that is one statement needs no savepoint of its own; one that only reads (`none`)
  // needs no transaction either, and is done in its turn.
  using Steps = WriteOperation::Steps;
  // Removes some of what is over, in a transaction of its own; returns how many entries that were.
  // Called at the start and once in a sweep period, and again soon as long as it finds something.
  using Sweep = std::function<std::size_t(Connection&)>;

  // All but the path outlive it. `busy` may be null.
  Writer(std::string path, const Settings& settings, CommitCount& commits, WriterCounts& counts,
         BusyCounts* busy = nullptr);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void add_sweep(Sweep sweep);  // REQUIRES: not started
  void start();                 // throws StorageError
  void stop();                  // does what waits, and ends; what is submitted later is refused

  // `operation(Connection&)` returns what the submitter gets. It may be called again, where SQLite
  // undid the whole transaction for another's sake: it has no effect but on the database.
  // Throws StorageError::queue_full, or ::closing.
  template <class F>
  Pending<std::invoke_result_t<F&, Connection&>> submit(F operation, Steps steps = Steps::several) {
    auto write = std::make_shared<Write<F>>(std::move(operation), steps);
    queue_.push(write);
    return Pending<std::invoke_result_t<F&, Connection&>>(std::move(write));
  }

 private:
  class Work;

  std::string path_;
  const Settings& settings_;
  CommitCount& commits_;
  WriterCounts& counts_;
  BusyCounts* busy_;
  WriteQueue queue_;
  std::vector<Sweep> sweeps_;
  std::unique_ptr<Work> work_;
  std::thread thread_;
};

}  // namespace assay::storage
