// What a reader must know before believing a measurement, as values: terminal, result file and
// report say it from the same place. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include "harness/load/clock.h"

namespace assay::load {

// Stopped by hand; what was measured until then stands.
struct CutShort {
  double after_s = 0;
};
// Some requests were answered wrongly, or not at all.
struct RequestsFailed {
  std::uint64_t failed = 0;
  std::uint64_t sent = 0;
};
// The server answered nothing any more, so the rest of a run of N requests was left out.
struct GivenUp {
  std::uint64_t left_out = 0;
  nanoseconds silence{0};
};
// Some replies were no HTTP.
struct Malformed {
  std::string first;  // what was wrong, and what came
};
// Some requests were due, but no connection became free for them in time.
struct Unsent {
  std::uint64_t unsent = 0;
  std::uint64_t due = 0;
};
// The server got, or answered, fewer requests than it was to get.
struct RateNotReached {
  double rate = 0;
  double offered = 0;
};
// The load generator was the limit, not the server, or may have been. One for each sign of it.
struct BusyThread {
  double cpu = 0;  // share of a core
  std::size_t threads = 1;
};
struct NearCeiling {
  double share = 0;  // of what this client reaches on a server that does nothing
};
struct LateSends {
  std::uint64_t one_in = 100;
  nanoseconds late{0};  // or more, from when a request could have been sent until it was
  nanoseconds p50_latency{0};
};
// Nothing was sent or timed meanwhile: the process was stopped, or had no core.
struct StoodStill {
  nanoseconds gap{0};
};
struct ClientBound {
  std::variant<BusyThread, NearCeiling, LateSends, StoodStill> sign;
};
// The load was to warm up until it was steady, and was not when it had warmed up for the longest.
struct NotWarmedUp {
  double warm_up_s = 0;
};
// The rate was another in the second half of the measured time than in the first.
struct NotSteady {
  double first = 0;  // right replies per second
  double second = 0;
};
// Rate, mean latency and connections do not fit together, so one of them is wrong.
struct LittlesLawOff {
  double residual = 0;
};
// The server closed or reset kept connections that had requests under way, which went out again.
struct ManySentAgain {
  std::uint64_t resent = 0;
  std::uint64_t in_all = 0;
};
using Warning = std::variant<CutShort, GivenUp, RequestsFailed, Malformed, Unsent, RateNotReached,
                             ClientBound, NotWarmedUp, NotSteady, LittlesLawOff, ManySentAgain>;

inline constexpr double highest_share_sent_again = 0.001;

inline constexpr double highest_client_cpu = 0.85;
inline constexpr double highest_share_of_ceiling = 0.60;
inline constexpr nanoseconds longest_late_send = std::chrono::microseconds(100);
inline constexpr double highest_late_send_share = 0.10;  // of the median latency
// On two busy cores a thread's turn came up to 64 ms late; what stops a client for 200 ms shows as
// 195 ms or more.
inline constexpr nanoseconds longest_standstill = std::chrono::milliseconds(150);
inline constexpr double lowest_share_of_rate = 0.99;
inline constexpr double highest_littles_law_residual = 0.02;

std::string text(const Warning& warning);  // one sentence, with what to do about it

}  // namespace assay::load
