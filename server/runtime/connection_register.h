// The connections that a model with threads has, so that others can count and end them.
//
// Any thread may call it. A Place belongs to the thread that drives its connection and says there,
// without a lock, when that begins to wait for its peer and when it no longer does. To end a
// connection is to shut its socket down, which wakes who waits in it; closing it stays with its
// thread. REQUIRES: a place is gone before its socket is closed, and before its register.
#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <utility>

namespace assay::runtime {

class ConnectionRegister {
  struct Entry;

 public:
  using Time = std::chrono::steady_clock::time_point;

  // One connection's place; empty if there was no room.
  class Place {
   public:
    Place() = default;
    Place(Place&& other) noexcept
        : home_(std::exchange(other.home_, nullptr)), entry_(other.entry_) {}
    Place& operator=(Place&& other) noexcept {
      std::swap(home_, other.home_);
      std::swap(entry_, other.entry_);
      return *this;
    }
    ~Place() {
      if (home_ != nullptr) home_->remove(entry_);
    }

    explicit operator bool() const { return home_ != nullptr; }
    // These REQUIRE a place.
    // false: it is to end instead. `is_new`: nothing was asked on it yet.
    bool becomes_idle(Time since, bool is_new = false);
    Time came() const { return entry_->came; }
    // The peer owes the rest of a request, or does not take its reply: the connection may be ended
    // for another, but not because all end.
    void awaits_the_rest(Time since);
    void becomes_busy() { entry_->idle_since.store(busy, std::memory_order_relaxed); }
    bool is_to_end() const {
      return home_ != nullptr && entry_->ending.load(std::memory_order_relaxed) != Ending::none;
    }
    bool is_cut() const {
      return entry_->ending.load(std::memory_order_relaxed) >= Ending::evicted;
    }

   private:
    friend ConnectionRegister;
    Place(ConnectionRegister& home, std::list<Entry>::iterator entry)
        : home_(&home), entry_(entry) {}

    ConnectionRegister* home_ = nullptr;
    std::list<Entry>::iterator entry_;
  };

  explicit ConnectionRegister(std::size_t most) : most_(most) {}

  // Idle from `now` on. Where there is no room, the one that has been idle longest is ended for it.
  // After `end_idle` it is told to end as well: it is answered what it has asked for by now.
  Place add(int socket, Time now);
  bool end_longest_idle();  // false: none is idle
  // Ends each connection as soon as it is idle; not one that is new and `may_ask_yet`, which its
  // thread ends when it has waited for long enough.
  void end_idle(Time now);
  void end_all();  // and those, too, that are busy, and takes no more
  std::size_t count() const;

 private:
  static constexpr Time busy = Time::max();
  enum class Ending : std::uint8_t { none, when_idle, evicted, now };

  // What is sequentially consistent here makes one of two things sure: the thread that goes idle
  // sees that it is to end, or the thread that ends it sees that it is idle.
  struct Entry {
    Entry(int file, Time now) : socket(file), came(now), idle_since(now) {}
    void end_when_idle(Time now);
    void end_where_it_waits();

    const int socket;
    const Time came;
    std::atomic<Time> idle_since;
    std::atomic<bool> is_new = true;
    std::atomic<bool> midway = false;  // of a request that the peer owes the rest of
    std::atomic<Ending> ending = Ending::none;
  };

  bool end_longest();
  void remove(std::list<Entry>::iterator entry);

  std::size_t most_;
  mutable std::mutex mutex_;  // guards what follows, but not the atomics of an entry
  std::list<Entry> entries_;
  std::size_t staying_ = 0;       // those that were not told to end
  Ending ending_ = Ending::none;  // what all were told
};

}  // namespace assay::runtime
