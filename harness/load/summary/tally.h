// What was counted of the requests of a run: by one loop, or merged over all of them. One thread at
// a time.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "harness/load/histogram/histogram.h"
#include "harness/load/reply/outcome.h"

namespace assay::load {

class Errors {
 public:
  void add(ErrorKind kind, std::uint64_t count = 1) { counts_.at(index(kind)) += count; }
  std::uint64_t operator[](ErrorKind kind) const { return counts_.at(index(kind)); }
  std::uint64_t total() const;
  void merge(const Errors& other);

 private:
  static std::size_t index(ErrorKind kind) { return static_cast<std::size_t>(kind); }
  std::array<std::uint64_t, error_kinds> counts_{};
};

// Of one part of a mix.
struct PartTally {
  std::uint64_t requests = 0;  // whose reply was right
  Errors errors;
};

// The histograms hold whole replies, and timeouts and unsent requests with the time after which
// they were given up: leaving those out would reward a server for what it never answered.
struct Tally {
  std::uint64_t requests = 0;                 // whose reply was right
  Errors errors;                              // all others
  std::array<std::uint64_t, 600> statuses{};  // of whole replies, right or wrong
  std::uint64_t bytes = 0;
  std::uint64_t closed = 0;  // connections that were to be kept, by the server's own word
  std::uint64_t resent = 0;
  std::vector<PartTally> parts;  // of a mix, in its order; empty: there is none
  Histogram latency;  // from when a request was due, which in a closed loop is when it was sent
  // Open loop only, without what was never sent:
  Histogram wire_latency;  // from when it was sent
  Histogram lag;           // from when it was due to when it was sent
  Histogram pacing;        // of the lag, what passed while a connection was free: ours alone
  Histogram first_byte;    // from when it was sent

  std::uint64_t ended() const { return requests + errors.total(); }
  void add(const Outcome& outcome, bool has_schedule);
  void add_unsent(nanoseconds wait, std::uint64_t count);  // without their parts
  void merge(const Tally& other);
};

}  // namespace assay::load
