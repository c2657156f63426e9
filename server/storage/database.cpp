#include "server/storage/database.h"

#include <filesystem>
#include <system_error>

#include "server/storage/sql/storage_error.h"

namespace assay::storage {

namespace {

std::uint64_t size_of(const std::string& path) {
  std::error_code is_missing;
  const std::uintmax_t size = std::filesystem::file_size(path, is_missing);
  return is_missing ? 0 : size;
}

// SQLite takes /dev/null for a database that is empty, and loses all that is written.
void refuse_device(const std::string& path) {
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  const bool may_be = !exists(status) || is_regular_file(status) || is_directory(status);
  if (!may_be) throw StorageError::no_file(path);
}

void add_writer(const WriterCounts& writer, StorageCounts& counts) {
  counts.queue_length = writer.queue_length;
  counts.batches = writer.batches;
  counts.operations = writer.operations;
  counts.largest_batch = writer.largest_batch;
  counts.failed_operations = writer.failed;
  counts.refused_operations = writer.refused;
  counts.swept_entries = writer.swept;
  std::uint64_t at_least = 1;
  for (std::size_t power = 1; power < writer.batch_sizes.size(); ++power, at_least *= 2) {
    if (at_least > counts.largest_batch) return;
    counts.batch_sizes.push_back({at_least, writer.batch_sizes[power]});
  }
}

void add_source(const SourceCounts& source, StorageCounts& counts) {
  counts.open_connections = source.open_connections;
  counts.waiting_for_connection = source.waiting;
  counts.refused_connections = source.refused;
  counts.snapshots += source.reads.snapshots;
  counts.snapshot_reads += source.reads.within_snapshots;
  counts.plain_reads += source.reads.plain;
}

}  // namespace

Database::Database(Settings settings) : settings_(std::move(settings)) {}

Database::~Database() { stop(); }

void Database::require_not_open() const {
  if (!path_.empty()) throw StorageError::misuse("the database is open: say this before `open`");
}

void Database::require_open() const {
  if (path_.empty()) throw StorageError::misuse("the database is not open: call `open` first");
}

void Database::add_migrations(std::string part, std::vector<std::string> migrations) {
  require_not_open();
  parts_.push_back({std::move(part), std::move(migrations)});
}

void Database::at_open(std::function<void(Connection&)> act) {
  require_not_open();
  acts_at_open_.push_back(std::move(act));
}

void Database::add_sweep(Writer::Sweep sweep) {
  require_not_open();
  sweeps_.push_back(std::move(sweep));
}

void Database::open() {
  require_not_open();
  if (settings_.path == ":memory:") scratch_.emplace();
  const std::string path = scratch_ ? scratch_->path() : settings_.path;
  refuse_device(path);
  {
    Connection connection(path, settings_, &busy_counts_, Connection::Opening::looking);
    require_ours(connection);
    connection.take_journal(settings_.journal);
    migrate(connection, parts_);
    if (!acts_at_open_.empty()) {
      connection.transaction([&] {
        for (const auto& act : acts_at_open_) act(connection);
      });
    }
  }
  writer_ = std::make_unique<Writer>(path, settings_, commits_, writer_counts_, &busy_counts_);
  for (const Writer::Sweep& sweep : sweeps_) writer_->add_sweep(sweep);
  source_ =
      make_connection_source({path, settings_, commits_, source_counts_, busy_counts_}, *writer_);
  path_ = path;
}

void Database::start() {
  require_open();
  writer_->start();
  source_->start();
}

// What is under way may wait for the writer, which therefore ends last.
void Database::stop() {
  if (path_.empty()) return;
  source_->stop();
  writer_->stop();
}

void Database::lend(Purpose purpose, const Borrower& borrower) {
  if (const ActiveUse* outer = ActiveUse::of(this)) {
    if (purpose == Purpose::writing && outer->purpose() != Purpose::writing) {
      throw StorageError::misuse("a write within a read of the database: use `use` around both");
    }
    if (purpose != Purpose::reading) return borrower(outer->connection());
    const SnapshotScope snapshot(outer->connection());
    return borrower(outer->connection());
  }
  require_open();
  source_->use(purpose, borrower);
}

void Database::before_wait() noexcept {
  // Within an act the thread has not answered yet, and the act's connection is not ours to touch.
  if (source_ && ActiveUse::of(this) == nullptr) source_->before_wait();
}

StorageCounts Database::counts() const {
  StorageCounts counts;
  counts.policy = settings_.policy;
  counts.journal = settings_.journal;
  counts.synchronous = settings_.synchronous;
  counts.group_commit = settings_.group_commit;
  counts.queue_limit = settings_.queue_limit;
  add_writer(writer_counts_, counts);
  add_source(source_counts_, counts);
  if (source_) source_->add_counts(counts);
  counts.busy_waits = busy_counts_.waited;
  counts.busy_failures = busy_counts_.gave_up;
  counts.commits = commits_.now();
  counts.database_bytes = size_of(path_);
  counts.wal_bytes = size_of(path_ + "-wal");
  return counts;
}

}  // namespace assay::storage
