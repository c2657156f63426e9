// One thread of the load generator: its share of the connections, its own poller, its own tally.
//
// `run` is called once, in the loop's thread. Only `live` may be called from others meanwhile;
// everything else is read when that thread has been joined.
#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

#include "harness/load/closing_sockets.h"
#include "harness/load/connection.h"
#include "harness/load/poller.h"
#include "harness/load/schedule.h"
#include "harness/load/stop.h"
#include "harness/load/tally.h"

namespace assay::load {

class Loop {
 public:
  struct Live {
    std::uint64_t requests = 0;
    std::uint64_t errors = 0;
  };
  struct Usage {
    nanoseconds cpu{0};   // of this thread while it measured
    nanoseconds wall{0};  // the time over which that was taken
  };

  Loop(Poller poller, const Exchange& exchange, Schedule& schedule, const Stop& stop,
       std::size_t connections, nanoseconds timeout);

  void run();

  Live live() const;  // since the start, warm-up included
  const Tally& tally() const { return tally_; }
  const Usage& usage() const { return usage_; }
  TimePoint last() const { return last_; }  // when the last counted request ended

 private:
  struct Slot {
    Connection connection;
    Ticket ticket = Ticket::by_end;
    bool resting = false;
    TimePoint rests_until;
    unsigned failures = 0;  // to connect, in a row
  };

  bool goes_on(TimePoint now);
  void turn(TimePoint now);
  void on_event(const Poller::Event& event);
  void settle(Slot& slot, Connection::Progress progress);
  void start(Slot& slot);
  void finish(Slot& slot);
  void rest(Slot& slot);
  void sweep(TimePoint now);
  void count_hung(TimePoint now);
  void begin_usage(TimePoint now);

  Poller poller_;
  Schedule& schedule_;
  const Stop& stop_;
  nanoseconds timeout_;
  std::vector<Slot> slots_;
  std::vector<Slot*> unread_;
  std::vector<Slot*> unread_before_;  // kept for its memory
  std::vector<char> buffer_;
  ClosingSockets closing_;
  std::size_t working_ = 0;  // slots that are busy or rest
  TimePoint next_sweep_;
  Tally tally_;
  Usage usage_;
  TimePoint usage_began_ = TimePoint::max();
  nanoseconds cpu_began_{0};
  TimePoint last_;
  std::atomic<std::uint64_t> live_requests_{0};
  std::atomic<std::uint64_t> live_errors_{0};
};

}  // namespace assay::load
