#include "server/storage/writing/checkpoints.h"

#include <sqlite3.h>

#include <chrono>
#include <utility>

namespace assay::storage {

namespace {

constexpr Query<"PRAGMA page_size", std::int64_t> page_size;

}  // namespace

Checkpoints::Checkpoints(std::string path, const Settings& settings)
    : path_(std::move(path)), settings_(settings) {
  settings_.busy_limit = std::chrono::milliseconds(100);  // longer than a batch of reads takes
}

void Checkpoints::watch(Connection& connection) {
  watched_ = connection.handle();
  page_bytes_ = connection.one(page_size).value_or(page_bytes_);
  // Takes the place of SQLite's own, which checkpoints at 1,000 pages.
  sqlite3_wal_hook(
      watched_,
      [](void* self, sqlite3*, const char*, int log_pages) {
        static_cast<Checkpoints*>(self)->committed(log_pages);
        return SQLITE_OK;
      },
      this);
}

void Checkpoints::watch_none() {
  watched_ = nullptr;
  log_pages_ = done_pages_ = asked_pages_ = 0;
}

// A log of which all was done begins anew with the next commit.
void Checkpoints::committed(std::int64_t log_pages) {
  if (log_pages < log_pages_) done_pages_ = asked_pages_ = 0;
  log_pages_ = log_pages;
}

void Checkpoints::after_commit() {
  if ((log_pages_ - asked_pages_) * page_bytes_ < much_bytes) return;
  if (log_pages_ * page_bytes_ < too_much_bytes) {
    copy();
  } else {
    cut();
  }
}

void Checkpoints::when_idle() {
  if (is_behind()) copy();
}

// Waits for nobody, and leaves what readers of older states still need.
void Checkpoints::copy() {
  asked_pages_ = log_pages_;
  int log_pages = 0;
  int done_pages = 0;
  const int code = sqlite3_wal_checkpoint_v2(watched_, nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                             &log_pages, &done_pages);
  if (code == SQLITE_OK) done_pages_ = done_pages;
}

// By a connection of its own, which waits less long than the writer's would.
void Checkpoints::cut() {
  try {
    Connection connection(path_, settings_, nullptr, Connection::Opening::existing);
    sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                              nullptr);
    asked_pages_ = log_pages_;
  } catch (...) {  // the next try is when it is longer by as much again
    asked_pages_ = log_pages_;
  }
}

}  // namespace assay::storage
