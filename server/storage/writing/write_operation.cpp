#include "server/storage/writing/write_operation.h"

#include "server/storage/sql/storage_error.h"

namespace assay::storage {

namespace {

thread_local int writers_of_this_thread = 0;

}  // namespace

WritingThread::WritingThread() noexcept { ++writers_of_this_thread; }
WritingThread::~WritingThread() { --writers_of_this_thread; }

void WritingThread::refuse_to_wait() {
  if (writers_of_this_thread == 0) return;
  throw StorageError::misuse(
      "a write was waited for within an act of a database, which it may be behind: wait for it "
      "when the act has ended, or do it in the act");
}

bool WriteOperation::finish() noexcept {
  drop_act();
  Stage seen = stage();
  while (!move(seen, seen == Stage::coroutine_waits ? Stage::posting : Stage::finished)) {
  }
  if (seen == Stage::thread_waits) stage_.notify_one();
  return seen == Stage::coroutine_waits;
}

void WriteOperation::posted() noexcept { end_posting(Stage::finished); }

void WriteOperation::not_posted() noexcept { end_posting(Stage::coroutine_waits); }

// Whoever destroys the coroutine meanwhile waits for this in `abandon`.
void WriteOperation::end_posting(Stage next) noexcept {
  stage_.store(static_cast<int>(next));  // in order with notify_all's look at who waits
  stage_.notify_all();
}

void WriteOperation::resume() {
  if (stage() != Stage::abandoned) waiting_.resume();
}

bool WriteOperation::is_finished() const noexcept { return stage() == Stage::finished; }

void WriteOperation::wait() {
  WritingThread::refuse_to_wait();  // whether or not it happens to be finished
  if (is_finished()) return;
  Stage seen = Stage::nobody_waits;
  if (!move(seen, Stage::thread_waits)) return;
  while (!is_finished()) {
    stage_.wait(static_cast<int>(Stage::thread_waits), std::memory_order_acquire);
  }
}

bool WriteOperation::suspend(std::coroutine_handle<> waiting, Resumer resumer) noexcept {
  waiting_ = waiting;
  resumer_ = resumer;
  Stage seen = Stage::nobody_waits;
  return move(seen, Stage::coroutine_waits);
}

// While the writer calls the executor it has to wait: the executor may end after the coroutine.
void WriteOperation::abandon() noexcept {
  Stage seen = stage();
  do {
    while (seen == Stage::posting) {
      stage_.wait(static_cast<int>(Stage::posting), std::memory_order_acquire);
      seen = stage();
    }
  } while (!move(seen, Stage::abandoned));
}

WriteOperation::Stage WriteOperation::stage() const noexcept {
  return static_cast<Stage>(stage_.load(std::memory_order_acquire));
}

bool WriteOperation::move(Stage& from, Stage to) noexcept {
  int expected = static_cast<int>(from);
  const bool moved =
      stage_.compare_exchange_strong(expected, static_cast<int>(to), std::memory_order_acq_rel);
  from = static_cast<Stage>(expected);
  return moved;
}

}  // namespace assay::storage
