// The server without its sockets: given when requests arrive, it says when each is due and what
// becomes of it. All of that is settled when a request arrives, so no wait is added to by one that
// ended late.
//
// One thread at a time. Time is an argument, so that a simulation can run it too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "harness/truth/fault.h"
#include "harness/truth/law.h"
#include "harness/truth/stalls.h"

namespace assay::truth {

struct ServiceSettings {
  Law law = Constant{};
  // 0: each request is served on its own from when it arrives. Else so many serve one queue, first
  // come, first served.
  std::size_t servers = 0;
  std::optional<std::size_t> waiting_limit;  // of those not in service; who comes then is refused
  nanoseconds stall_every{0};
  nanoseconds stall_lasts{0};
  Faults faults;
  nanoseconds slow_by{0};  // what a slow reply waits after its service
  std::uint64_t seed = 1;
};

// One request's way through the server.
struct Visit {
  std::uint64_t request = 0;  // in the order of arrival over all connections, from 0
  Fate fate = Fate::right;
  TimePoint arrival;
  TimePoint start;  // of its service
  nanoseconds service{0};
  TimePoint due;  // its reply
};

class Service {
 public:
  Service(const ServiceSettings& settings, TimePoint began);

  Visit admit(TimePoint arrival);  // REQUIRES: not before the last one

  std::uint64_t requests() const { return next_request_; }
  const FateCounts& fates() const { return fates_; }
  nanoseconds service_time() const { return service_time_; }  // of all that were admitted
  nanoseconds busy_until(TimePoint now) const;  // how long at least one was in service

 private:
  void serve_alone(Visit& visit) const;
  void serve_in_turn(Visit& visit);
  bool is_full(TimePoint now);
  void note_busy(TimePoint from, TimePoint to);

  ServiceSettings settings_;
  Stalls stalls_;
  std::uint64_t next_request_ = 0;
  FateCounts fates_;
  nanoseconds service_time_{0};
  std::vector<TimePoint> free_;   // when each server is; the first is the next, as in a heap
  std::deque<TimePoint> starts_;  // of those that wait still, earliest first
  nanoseconds busy_{0};           // before busy_from_
  TimePoint busy_from_;           // of the last time without a gap
  TimePoint busy_to_;
};

}  // namespace assay::truth
