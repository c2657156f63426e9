// Which of several requests number k of a run is: drawn by their weights. Follows from the seed and
// k alone, so that agents that share a run send what one would. Immutable; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::load {

class Mix {
 public:
  Mix() = default;  // of one
  // REQUIRES: !weights.empty(), every one above 0
  Mix(const std::vector<unsigned>& weights, std::uint64_t seed);

  // Its place among the weights.
  std::size_t part(std::uint64_t number) const { return bounds_.empty() ? 0 : drawn_part(number); }

 private:
  std::size_t drawn_part(std::uint64_t number) const;

  std::vector<std::uint64_t> bounds_;  // sums of the weights up to each; empty: there is but one
  std::uint64_t key_ = 0;
};

}  // namespace assay::load
