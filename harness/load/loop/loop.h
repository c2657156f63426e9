// One thread of the load generator: its share of the connections, its own poller, its own tally.
//
// `connect` and `run` are called once each, in the loop's thread. Only `live` and what is said of
// seconds may be called from others meanwhile; everything else is read when that thread has been
// joined.
#pragma once

#include <atomic>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "harness/load/loop/connection.h"
#include "harness/load/pace/schedule.h"
#include "harness/load/pace/wake_margin.h"
#include "harness/load/socket/closing_sockets.h"
#include "harness/load/socket/poller.h"
#include "harness/load/stop.h"
#include "harness/load/summary/second_log.h"
#include "harness/load/summary/summary.h"
#include "harness/load/summary/tally.h"

namespace assay::load {

class Loop final : private Connection::Owner {
 public:
  struct Live {
    std::uint64_t requests = 0;
    std::uint64_t errors = 0;
    double cpu = 0;  // share of a core, without the spinning
  };

  // `exchange` and `stop` outlive it.
  Loop(Poller poller, const Exchange& exchange, const Stop& stop, std::size_t connections,
       nanoseconds timeout, bool stays_awake);
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  void connect();  // all connections, as far as the server takes them within the timeout
  // A closed loop of N requests ends early where the server answers nothing for
  // `patience(timeout)`.
  void run(Schedule& schedule);
  static nanoseconds patience(nanoseconds timeout) { return 3 * timeout; }

  Live live() const;  // since the start, warm-up included
  SecondLog& seconds() { return seconds_; }
  SecondLog& slices() { return slices_; }  // of a warm-up that goes on until the load is steady
  const Tally& tally() const { return tally_; }
  const ThreadUsage& usage() const { return usage_; }
  const std::string& malformed() const { return malformed_; }  // of the first that was no HTTP
  bool has_given_up() const { return has_given_up_; }  // the server answered nothing any more
  TimePoint last() const { return last_; }             // when the last counted request ended

 private:
  struct Slot {
    Connection connection;
    bool is_resting = false;
    bool waits = false;  // for a request that is due, in `free_`
    TimePoint free_since;
    TimePoint rests_until;
    unsigned failures = 0;      // to connect, in a row
    bool could_connect = true;  // at its last request
  };

  void ended(Connection& connection, Ticket ticket, const Outcome& outcome) override;
  bool is_in_time(TimePoint deadline) const;
  void await_connections(std::size_t waiting, TimePoint deadline);
  void await(TimePoint start);
  bool has_begun_measuring() const { return usage_began_ != TimePoint::max(); }
  void begin_measuring(TimePoint now);
  bool goes_on(TimePoint now);
  bool is_silent(TimePoint now) const;
  void turn(TimePoint now);
  nanoseconds sleep(TimePoint now) const;
  void note_idle(TimePoint before, nanoseconds wait);
  void take_events(std::span<const Poller::Event> events);
  void on_event(const Poller::Event& event);
  void settle(Slot& slot, Connection::Progress progress);
  void refill(Slot& slot);
  void offer(Slot& slot);
  void send_due(TimePoint now);
  void leave_out(const Due& due, TimePoint now);
  void count(Ticket ticket, const Outcome& outcome);
  void rest(Slot& slot);
  void sweep(TimePoint now);
  void sweep(Slot& slot, TimePoint now);
  void account(TimePoint now);
  void count_hung(TimePoint now);
  void note_usage(TimePoint now);
  void note_wait();

  Poller poller_;
  const bool keep_alive_;
  const Mix& mix_;
  const Stop& stop_;
  nanoseconds timeout_;
  const bool stays_awake_;
  Schedule* schedule_ = nullptr;  // once it runs
  std::vector<Slot> slots_;
  std::vector<Slot*> free_;  // open loop: a ring of those with room, the longest free first
  std::size_t first_free_ = 0;
  std::size_t frees_ = 0;
  std::optional<Due> claim_;  // open loop: the request that we send next, when it is due
  WakeMargin wake_margin_;
  bool is_exhausted_ = false;  // open loop: there is none any more
  bool counts_all_ = false;    // also what is open at the end
  std::vector<Slot*> unread_;
  std::vector<Slot*> unread_before_;  // kept for its memory
  std::vector<char> buffer_;
  ClosingSockets closing_;
  std::size_t working_ = 0;  // requests under way, and slots that rest
  TimePoint next_sweep_;     // of some slots
  TimePoint next_account_;   // of all else that is looked at now and then
  TimePoint swept_;          // until when
  std::size_t next_swept_ = 0;
  Tally tally_;
  SecondLog seconds_;
  SecondLog slices_;
  std::string malformed_;
  bool has_given_up_ = false;
  TimePoint last_answer_;
  ThreadUsage usage_;
  TimePoint usage_began_ = TimePoint::max();
  nanoseconds cpu_began_{0};
  std::optional<nanoseconds> wait_began_;
  TimePoint last_;
  std::atomic<std::uint64_t> live_requests_{0};
  std::atomic<std::uint64_t> live_errors_{0};
  std::atomic<double> live_cpu_{0};
};

}  // namespace assay::load
