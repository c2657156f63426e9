// What was counted of the requests of a run: by one loop, or merged over all of them. One thread at
// a time.
#pragma once

#include <array>
#include <cstdint>

#include "harness/load/histogram.h"
#include "harness/load/outcome.h"

namespace assay::load {

class Errors {
 public:
  void add(ErrorKind kind, std::uint64_t count = 1) { counts_.at(index(kind)) += count; }
  std::uint64_t operator[](ErrorKind kind) const { return counts_.at(index(kind)); }
  std::uint64_t total() const;

 private:
  static std::size_t index(ErrorKind kind) { return static_cast<std::size_t>(kind); }
  std::array<std::uint64_t, error_kinds> counts_{};
};

struct Tally {
  std::uint64_t requests = 0;                 // whose reply was right
  Errors errors;                              // all others
  std::array<std::uint64_t, 600> statuses{};  // of whole replies, right or wrong
  std::uint64_t bytes = 0;
  std::uint64_t resent = 0;
  // Of whole replies, and of timeouts as the time after which they were given up: leaving those out
  // would reward a server for what it never answered.
  Histogram latency;

  void add(const Outcome& outcome);
  void merge(const Tally& other);
};

}  // namespace assay::load
