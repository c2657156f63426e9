// What a run of load measured. A plain value; pure functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/load/clock.h"
#include "harness/load/histogram/second.h"
#include "harness/load/summary/tally.h"
#include "harness/load/summary/warning.h"
#include "harness/load/text/glyphs.h"
#include "harness/load/text/rate.h"

namespace assay::load {

// Of one thread of the generator, while it measured.
struct ThreadUsage {
  nanoseconds cpu{0};                       // without what it spun
  nanoseconds spinning{0};                  // awake for the next request to be due, as a clock is
  nanoseconds wall{0};                      // the time over which that was taken
  std::optional<nanoseconds> waiting = {};  // for a core; nothing: the system does not tell

  double share() const;                      // of a core, without the spinning
  std::optional<double> wait_share() const;  // of its time
};

struct Summary {
  Tally tally;
  Seconds seconds;          // by the time at which requests ended
  nanoseconds duration{0};  // measured, without warm-up; until the last reply in a run of N
  nanoseconds warm_up{0};   // how long it really was
  bool is_steady = true;    // false: it was to go on until the load was steady, which it never was
  std::optional<nanoseconds> longest_gap;  // the client stood still while it measured: see pulse.h
  std::size_t connections = 0;
  std::size_t pipeline = 1;
  std::vector<std::string> part_names;  // of a mix, as the tally has its parts: "GET /items"
  std::vector<ThreadUsage> threads;
  bool by_duration = true;
  bool cut = false;            // stopped by hand
  std::uint64_t given_up = 0;  // of a run of N: not sent, as the server answered nothing any more
  nanoseconds silence{0};      // after how long without an answer
  std::string malformed;       // of the first that was no HTTP: why, and what came; else empty
  std::optional<Rate> asked;   // of all agents; nothing: a closed loop
  std::optional<double> offered;  // of it, the mean that was ours over the measured time
  std::optional<double> ceiling;  // right replies per second of this client at the floor

  // Right replies per second; 0 when nothing was measured. In an open loop those to requests that
  // were due and sent in the measured time, however late they came.
  double rate() const;
  double client_cpu() const;  // share of a core that the busiest thread used, without spinning
  // Share of its time that the worst thread could have run and had no core for it; nothing: it is
  // not told of all threads.
  std::optional<double> client_wait() const;
  nanoseconds client_cpu_time() const;       // of all threads
  double client_cpu_us_per_request() const;  // of every request sent, right or wrong
  double sent_share() const;                 // in time, of the requests that were due
  std::vector<Warning> warnings() const;

  void merge(const Summary& other);  // of another agent with the same job, at the same time
};

// For people, within 80 columns. A percentile is given only if a hundred requests lie beyond it;
// fewer would be the luck of a few.
std::string text(const Summary& summary, Glyphs glyphs = Glyphs::ascii);

// One JSON document, as `assay load --json` prints it. A percentile that fewer than a hundred
// requests lie beyond is null, and so is all of a latency that was not measured.
std::string to_json(const Summary& summary);

}  // namespace assay::load
