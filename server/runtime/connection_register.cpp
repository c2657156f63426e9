#include "server/runtime/connection_register.h"

#include <sys/socket.h>

#include <new>

#include "server/runtime/connection_end.h"

namespace assay::runtime {

bool ConnectionRegister::Place::becomes_idle(Time since, bool is_new) {
  entry_->is_new.store(is_new, std::memory_order_relaxed);
  entry_->midway.store(false, std::memory_order_relaxed);
  entry_->idle_since.store(since);
  return entry_->ending.load() == Ending::none;
}

void ConnectionRegister::Place::awaits_the_rest(Time since) {
  entry_->midway.store(true, std::memory_order_relaxed);
  entry_->idle_since.store(since);
}

// Only its reading end: should a request have come just now, its reply still leaves.
void ConnectionRegister::Entry::end_when_idle(Time now) {
  ending.store(Ending::when_idle);
  if (idle_since.load() == busy || midway.load()) return;
  if (!is_new.load() || !may_ask_yet(came, now)) shutdown(socket, SHUT_RD);
}

void ConnectionRegister::Entry::end_where_it_waits() {
  ending.store(Ending::evicted);
  if (idle_since.load() != busy) shutdown(socket, SHUT_RD);
}

ConnectionRegister::Place ConnectionRegister::add(int socket, Time now) {
  const std::lock_guard lock(mutex_);
  const bool stays = ending_ == Ending::none;
  if (ending_ == Ending::now || (stays && staying_ >= most_ && !end_longest())) return {};
  try {
    const auto entry = entries_.emplace(entries_.end(), socket, now);
    entry->ending = ending_;
    staying_ += stays ? 1 : 0;
    return {*this, entry};
  } catch (const std::bad_alloc&) {
    return {};
  }
}

bool ConnectionRegister::end_longest_idle() {
  const std::lock_guard lock(mutex_);
  return end_longest();
}

// Looks at all of them: it happens only where a limit is reached, and ten thousand take 50 us.
bool ConnectionRegister::end_longest() {
  const auto idle_since = [](const Entry& entry) {
    const bool stays = entry.ending.load(std::memory_order_relaxed) == Ending::none;
    return stays ? entry.idle_since.load(std::memory_order_relaxed) : busy;
  };
  auto longest = entries_.end();
  Time began = busy;
  for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
    const Time since = idle_since(*entry);
    if (since >= began) continue;
    began = since;
    longest = entry;
  }
  if (longest == entries_.end()) return false;
  --staying_;
  longest->end_where_it_waits();
  return true;
}

void ConnectionRegister::end_idle(Time now) {
  const std::lock_guard lock(mutex_);
  ending_ = Ending::when_idle;
  staying_ = 0;
  for (Entry& entry : entries_) {
    if (entry.ending.load() == Ending::none) entry.end_when_idle(now);
  }
}

void ConnectionRegister::end_all() {
  const std::lock_guard lock(mutex_);
  ending_ = Ending::now;
  staying_ = 0;
  for (Entry& entry : entries_) {
    entry.ending.store(Ending::now);
    shutdown(entry.socket, SHUT_RDWR);
  }
}

std::size_t ConnectionRegister::count() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

void ConnectionRegister::remove(std::list<Entry>::iterator entry) {
  const std::lock_guard lock(mutex_);
  if (entry->ending.load() == Ending::none) --staying_;
  entries_.erase(entry);
}

}  // namespace assay::runtime
