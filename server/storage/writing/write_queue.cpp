#include "server/storage/writing/write_queue.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "server/storage/sql/storage_error.h"

namespace assay::storage {

void WriteQueue::push(Item item) {
  std::unique_lock lock(mutex_);
  if (!open_) throw StorageError::closing();
  const bool writes = item->writes();
  if (writes && counts_.queue_length.load(std::memory_order_relaxed) >= limit_) {
    WriterCounts::add(counts_.refused, 1);
    throw StorageError::queue_full(limit_);
  }
  incoming_.push_back(std::move(item));
  if (writes) counts_.queue_length.fetch_add(1, std::memory_order_relaxed);
  const std::size_t length_now = length_.fetch_add(1, std::memory_order_relaxed) + 1;
  if (wanted_number_ == 0 || length_now < wanted_number_) return;
  wanted_number_ = 0;  // the next need not wake it again
  lock.unlock();
  wanted_number_is_there_.notify_one();
}

void WriteQueue::open() {
  const std::lock_guard lock(mutex_);
  open_ = true;
}

void WriteQueue::close() {
  const std::lock_guard lock(mutex_);
  open_ = false;
  wanted_number_is_there_.notify_one();
}

bool WriteQueue::wait_for(std::size_t number, Clock::time_point until) {
  std::unique_lock lock(mutex_);
  wanted_number_ = std::max<std::size_t>(1, std::min(number, limit_));
  wanted_number_is_there_.wait_until(
      lock, until, [this, enough = wanted_number_] { return !open_ || length() >= enough; });
  wanted_number_ = 0;
  return open_;
}

std::size_t WriteQueue::length() const { return length_.load(std::memory_order_relaxed); }

void WriteQueue::take(std::vector<Item>& items, std::size_t most) {
  const std::size_t before = items.size();
  while (items.size() < most && has_next() && may_join(items)) {
    items.push_back(std::move(taken_[given_++]));
  }
  const auto first = items.begin() + static_cast<std::ptrdiff_t>(before);
  const auto writes =
      std::count_if(first, items.end(), [](const Item& item) { return item->writes(); });
  counts_.queue_length.fetch_sub(static_cast<std::uint64_t>(writes), std::memory_order_relaxed);
  length_.fetch_sub(items.size() - before, std::memory_order_relaxed);
}

bool WriteQueue::has_next() {
  if (given_ < taken_.size()) return true;
  taken_.clear();
  given_ = 0;
  const std::lock_guard lock(mutex_);
  std::swap(incoming_, taken_);
  return !taken_.empty();
}

// One that is done alone joins nobody, and nobody joins it.
bool WriteQueue::may_join(const std::vector<Item>& items) const {
  const auto is_alone = [](const Item& item) { return item->stands_alone(); };
  return items.empty() || (!is_alone(items.front()) && !is_alone(taken_[given_]));
}

}  // namespace assay::storage
