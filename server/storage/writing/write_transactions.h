// Does operations in transactions: several in one, as long as none of them makes SQLite undo it.
// Where one does, it fails, and the others are done anew, each in a transaction of its own.
//
// Belongs to one thread. What an operation throws, and what SQLite says, is that operation's
// outcome and never ours; a connection that is no longer any good is opened anew for the next
// operation.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/storage/sql/commit_count.h"
#include "server/storage/sql/connection.h"
#include "server/storage/sql/settings.h"
#include "server/storage/sql/storage_error.h"
#include "server/storage/writing/checkpoints.h"
#include "server/storage/writing/write_operation.h"
#include "server/storage/writing/writer_counts.h"

namespace assay::storage {

class WriteTransactions {
 public:
  using Items = std::vector<std::shared_ptr<WriteOperation>>;
  // Appends what has come meanwhile; false: nothing has.
  using More = std::function<bool(Items&)>;

  // Throws StorageError where the database cannot be opened.
  WriteTransactions(std::string path, const Settings& settings, CommitCount& commits,
                    WriterCounts& counts, BusyCounts* busy);

  // Each of them, and what `more` gives, has its outcome afterwards, committed if it is a good one.
  // Returns why, if another program held the lock for longer than we wait.
  std::optional<StorageError> perform(Items& operations, const More& more);
  // Something else that has transactions of its own, between those of operations.
  std::size_t sweep(const std::function<std::size_t(Connection&)>& sweep);

  Checkpoints& checkpoints() { return checkpoints_; }

 private:
  void open();
  Connection& connection();
  void look_for_the_file() noexcept;
  using Locked = std::optional<StorageError>;
  Locked perform_together(Items& operations, const More& more);
  Locked perform_alone(WriteOperation& operation);
  Locked perform_each_alone(const Items& operations, const WriteOperation* but);
  void fail_or_read(WriteOperation& operation, const StorageError& error);
  Locked let_perform(WriteOperation& operation) noexcept;
  void step(WriteOperation& operation, bool with_others);
  void judge(WriteOperation& operation);
  Locked commit(const Items& operations);
  void count_commit(std::size_t operations);
  void roll_back() noexcept;
  void remember(const StorageError& error) noexcept;

  std::string path_;
  const Settings& settings_;
  CommitCount& commits_;
  WriterCounts& counts_;
  BusyCounts* busy_;
  Checkpoints checkpoints_;
  std::unique_ptr<Connection> connection_;
  bool is_broken_ = false;  // the connection
  bool has_begun_ = false;  // a transaction, and it still stands
  bool is_in_operation_ = false;
  bool tried_to_commit_ = false;  // an operation, which may not
  bool has_committed_ = false;    // or is about to
  bool was_undone_ = false;       // the transaction, within an operation
};

}  // namespace assay::storage
