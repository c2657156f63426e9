#include "server/storage/policies/connection_pool.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "server/storage/sql/storage_error.h"

namespace assay::storage {

// One who waits, on its own stack; all under the pool's mutex.
class ConnectionPool::Waiting {
 public:
  enum class Outcome { none, place, closing };

  void tell(Outcome outcome) {
    outcome_ = outcome;
    told_.notify_one();
  }
  void give(Place place) {
    place_ = std::move(place);
    tell(Outcome::place);
  }

  Outcome wait(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    told_.wait_until(lock, deadline, [this] { return outcome_ != Outcome::none; });
    return outcome_;
  }
  Place take() { return std::move(place_); }

 private:
  std::condition_variable told_;
  Outcome outcome_ = Outcome::none;
  Place place_;
};

void ConnectionPool::start() {
  const std::lock_guard lock(mutex_);
  free_.reserve(ground_.settings.pool_size);  // what is given back finds room, as it cannot fail
  is_open_ = true;
}

void ConnectionPool::stop() noexcept {
  std::unique_lock lock(mutex_);
  is_open_ = false;
  for (Waiting* waiting : waiting_) waiting->tell(Waiting::Outcome::closing);
  waiting_.clear();
  all_back_.wait(lock, [this] { return taken_ == 0; });
  free_.clear();
}

void ConnectionPool::use(Purpose purpose, const Borrower& borrower) {
  Place place = take_place();
  try {
    if (place.connection && place.connection->is_spoilt()) place.connection.reset();
    if (!place.connection) place.connection = std::make_unique<LentConnection>(ground_);
    place.connection->use(purpose, borrower);
  } catch (...) {
    if (place.connection && place.connection->is_spoilt()) place.connection.reset();
    give_back(std::move(place));
    throw;
  }
  give_back(std::move(place));
  ground_.counts.add_plain_read(purpose);
}

ConnectionPool::Place ConnectionPool::take_place() {
  std::unique_lock lock(mutex_);
  if (!is_open_) throw StorageError::closing();
  if (!free_.empty()) {  // then nobody waits
    Place place{std::move(free_.back())};
    free_.pop_back();
    ++taken_;
    return place;
  }
  if (taken_ < ground_.settings.pool_size) {
    ++taken_;
    return {};
  }
  return wait_for_place(lock);
}

ConnectionPool::Place ConnectionPool::wait_for_place(std::unique_lock<std::mutex>& lock) {
  Waiting self;
  waiting_.push_back(&self);
  ground_.counts.waiting.fetch_add(1, std::memory_order_relaxed);
  const Waiting::Outcome outcome = self.wait(lock, ground_.settings.wait_limit);
  ground_.counts.waiting.fetch_sub(1, std::memory_order_relaxed);
  switch (outcome) {
    case Waiting::Outcome::place: return self.take();
    case Waiting::Outcome::closing: throw StorageError::closing();
    case Waiting::Outcome::none: break;
  }
  waiting_.erase(std::find(waiting_.begin(), waiting_.end(), &self));
  ground_.counts.refused.fetch_add(1, std::memory_order_relaxed);
  throw StorageError::no_connection_free(ground_.settings.pool_size);
}

// The first who waits gets the place itself, so that none who comes later can take it before.
void ConnectionPool::give_back(Place place) noexcept {
  const std::lock_guard lock(mutex_);
  if (!waiting_.empty()) {
    Waiting& first = *waiting_.front();
    waiting_.pop_front();
    return first.give(std::move(place));
  }
  if (place.connection) free_.push_back(std::move(place.connection));
  if (--taken_ == 0) all_back_.notify_all();
}

}  // namespace assay::storage
