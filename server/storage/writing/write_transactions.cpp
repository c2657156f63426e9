#include "server/storage/writing/write_transactions.h"

#include <sqlite3.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace assay::storage {

namespace {

constexpr const char* writes_though_it_reads =
    "an operation of the writer ends its transaction, or writes though it was submitted as one "
    "that reads";

// One for each: several threads rethrow them at once.
void fail_with(WriteOperation& operation, const StorageError& error) {
  operation.fail(std::make_exception_ptr(StorageError(error)), WriteOperation::Fault::of_storage);
}

// A rule that a statement broke is the answer to what the act asked, and no failure of ours.
WriteOperation::Fault fault_of(const StorageError& error) {
  using Kind = StorageError::Kind;
  const bool is_answer = error.kind() == Kind::constraint || error.kind() == Kind::bad_key;
  return is_answer ? WriteOperation::Fault::of_the_act : WriteOperation::Fault::of_storage;
}

// Where all that was done together did not fit, or broke a rule, what is done alone may.
bool may_be_one_operations_fault(const StorageError& error) {
  return error.kind() == StorageError::Kind::disk_full ||
         error.kind() == StorageError::Kind::constraint;
}

std::optional<StorageError> locked_by(const StorageError& error) {
  return error.kind() == StorageError::Kind::busy ? std::optional(error) : std::nullopt;
}

}  // namespace

WriteTransactions::WriteTransactions(std::string path, const Settings& settings,
                                     CommitCount& commits, WriterCounts& counts, BusyCounts* busy)
    : path_(std::move(path)),
      settings_(settings),
      commits_(commits),
      counts_(counts),
      busy_(busy),
      checkpoints_(path_, settings_) {
  open();
}

void WriteTransactions::open() {
  connection_ =
      std::make_unique<Connection>(path_, settings_, busy_, Connection::Opening::existing);
  // SQLite asks before each commit: an operation's own is turned into a rollback.
  sqlite3_commit_hook(
      connection_->handle(),
      [](void* given) {
        auto& self = *static_cast<WriteTransactions*>(given);
        self.has_committed_ = true;
        self.tried_to_commit_ |= self.is_in_operation_;
        return self.is_in_operation_ ? 1 : 0;
      },
      this);
  sqlite3_rollback_hook(
      connection_->handle(),
      [](void* given) { static_cast<WriteTransactions*>(given)->was_undone_ = true; }, this);
  checkpoints_.watch(*connection_);
  is_broken_ = false;
}

// A database that is gone is not made anew: it would be an empty one, without any table.
Connection& WriteTransactions::connection() {
  if (!connection_ || (is_broken_ && !has_begun_)) {
    checkpoints_.watch_none();
    connection_.reset();
    open();
  }
  return *connection_;
}

std::optional<StorageError> WriteTransactions::perform(Items& operations, const More& more) {
  Locked locked;
  if (operations.front()->stands_alone()) {
    locked = let_perform(*operations.front());
  } else if (settings_.group_commit) {
    locked = perform_together(operations, more);
  } else {
    locked = perform_each_alone(operations, nullptr);
  }
  const auto failed = std::count_if(
      operations.begin(), operations.end(),
      [](const auto& operation) { return operation->writes() && operation->failed_by_storage(); });
  if (failed > 0) WriterCounts::add(counts_.failed, static_cast<std::uint64_t>(failed));
  return locked;
}

WriteTransactions::Locked WriteTransactions::perform_together(Items& operations, const More& more) {
  std::size_t done = 0;
  try {
    do {
      for (; done < operations.size(); ++done) {
        step(*operations[done], true);
        if (!was_undone_) continue;
        roll_back();
        return perform_each_alone(operations, operations[done].get());
      }
    } while (more(operations));
  } catch (const StorageError& error) {  // no connection, or no transaction: nothing was written
    remember(error);
    if (!has_begun_) {
      for (; done < operations.size(); ++done) fail_or_read(*operations[done], error);
      return locked_by(error);
    }
    for (; done < operations.size(); ++done) fail_with(*operations[done], error);
  } catch (...) {  // no memory
    roll_back();
    for (const auto& operation : operations)
      operation->fail(std::current_exception(), WriteOperation::Fault::of_storage);
  }
  return has_begun_ ? commit(operations) : std::nullopt;
}

// Done before or not: what they saw of each other the last time has never been, and what they
// returned neither. Where another program holds the lock, the first waits for it long enough for
// all.
WriteTransactions::Locked WriteTransactions::perform_each_alone(const Items& operations,
                                                                const WriteOperation* but) {
  Locked locked;
  for (const auto& operation : operations) {
    if (operation.get() == but) continue;
    if (locked) {
      fail_with(*operation, *locked);
    } else {
      locked = perform_alone(*operation);
    }
  }
  return locked;
}

// What only reads does not need the transaction; it may have seen what was not kept.
void WriteTransactions::fail_or_read(WriteOperation& operation, const StorageError& error) {
  if (operation.steps() == WriteOperation::Steps::none) {
    perform_alone(operation);
  } else {
    fail_with(operation, error);
  }
}

WriteTransactions::Locked WriteTransactions::perform_alone(WriteOperation& operation) {
  operation.forgive();
  try {
    step(operation, false);
    if (operation.failed() || !has_begun_) {
      roll_back();
    } else {
      connection_->commit();
      has_begun_ = false;
      count_commit(1);
    }
  } catch (const StorageError& error) {
    remember(error);
    roll_back();
    fail_with(operation, error);
    return locked_by(error);
  } catch (...) {
    roll_back();
    operation.fail(std::current_exception(), WriteOperation::Fault::of_the_act);
  }
  return std::nullopt;
}

// With whatever transactions it has itself.
WriteTransactions::Locked WriteTransactions::let_perform(WriteOperation& operation) noexcept {
  Locked locked;
  has_committed_ = tried_to_commit_ = false;
  is_in_operation_ = operation.steps() == WriteOperation::Steps::once;
  try {
    look_for_the_file();
    operation.perform(connection());
  } catch (const StorageError& error) {
    remember(error);
    locked = locked_by(error);
    operation.fail(std::current_exception(), fault_of(error));
  } catch (...) {
    operation.fail(std::current_exception(), WriteOperation::Fault::of_the_act);
  }
  is_in_operation_ = false;
  roll_back();
  if (tried_to_commit_) {
    fail_with(operation, StorageError::misuse(writes_though_it_reads));
  } else if (has_committed_) {
    count_commit(1);
  }
  return locked;
}

void WriteTransactions::look_for_the_file() noexcept {
  if (!connection_ || !connection_->has_lost_its_file()) return;
  is_broken_ = true;
  commits_.found_another_file();
}

// Throws where it could not be begun.
void WriteTransactions::step(WriteOperation& operation, bool with_others) {
  const bool begins = !has_begun_ && operation.steps() != WriteOperation::Steps::none;
  if (begins) look_for_the_file();
  Connection& connection = this->connection();
  if (begins) {
    connection.begin_to_write();
    has_begun_ = true;
  }
  tried_to_commit_ = was_undone_ = false;
  is_in_operation_ = true;
  try {
    if (with_others && operation.steps() == WriteOperation::Steps::several) {
      connection.transaction([&] { operation.perform(connection); });
    } else {
      operation.perform(connection);
    }
  } catch (const StorageError& error) {
    remember(error);
    operation.fail(std::current_exception(), fault_of(error));
  } catch (...) {
    operation.fail(std::current_exception(), WriteOperation::Fault::of_the_act);
  }
  is_in_operation_ = false;
  judge(operation);
}

void WriteTransactions::judge(WriteOperation& operation) {
  if (!has_begun_) {
    was_undone_ = false;
    roll_back();  // what one that was only to read began
  } else {
    was_undone_ |= !connection_->in_transaction();
  }
  if (tried_to_commit_) {
    fail_with(operation, StorageError::misuse(writes_though_it_reads));
  } else if (was_undone_ && !operation.failed()) {
    fail_with(operation, StorageError::misuse("an operation of the writer went on when its "
                                              "transaction had been undone"));
  }
}

WriteTransactions::Locked WriteTransactions::commit(const Items& operations) {
  const auto is_good = [](const auto& operation) {
    return !operation->failed() && operation->steps() != WriteOperation::Steps::none;
  };
  const auto good = std::count_if(operations.begin(), operations.end(), is_good);
  has_begun_ = false;
  try {
    connection_->commit();
    count_commit(static_cast<std::size_t>(good));
  } catch (const StorageError& error) {
    remember(error);
    if (good > 1 && may_be_one_operations_fault(error)) {
      return perform_each_alone(operations, nullptr);
    }
    for (const auto& operation : operations) {
      if (!operation->failed()) fail_or_read(*operation, error);
    }
    return locked_by(error);
  }
  return std::nullopt;
}

void WriteTransactions::count_commit(std::size_t operations) {
  if (operations == 0) return;
  commits_.add();
  counts_.add_batch(operations);
}

std::size_t WriteTransactions::sweep(const std::function<std::size_t(Connection&)>& sweep) {
  try {
    const std::size_t swept = sweep(connection());
    if (swept > 0) commits_.add();
    WriterCounts::add(counts_.swept, swept);
    return swept;
  } catch (const StorageError& error) {
    remember(error);
    roll_back();
  } catch (...) {  // it is called again after the next period
    roll_back();
  }
  return 0;
}

void WriteTransactions::roll_back() noexcept {
  has_begun_ = false;
  if (connection_) connection_->roll_back();
}

void WriteTransactions::remember(const StorageError& error) noexcept {
  if (error.breaks_connection()) is_broken_ = true;
}

}  // namespace assay::storage
