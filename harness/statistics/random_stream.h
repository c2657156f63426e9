// A seeded stream of random numbers (SplitMix64: Steele, Lea, Flood 2014) that is the same with
// every compiler and standard library; std::uniform_int_distribution and std::shuffle are not, and
// a result must be computed again to the digit on another host. One thread at a time.
#pragma once

#include <cstdint>

namespace assay::statistics {

class RandomStream {
 public:
  explicit RandomStream(std::uint64_t seed) noexcept : state_(seed) {}

  std::uint64_t next() noexcept {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
  }

  // Evenly from [0, limit), off by at most limit / 2^32, which no sample size of ours can show.
  std::uint32_t below(std::uint32_t limit) noexcept {
    return static_cast<std::uint32_t>(((next() >> 32U) * limit) >> 32U);
  }

 private:
  std::uint64_t state_;
};

}  // namespace assay::statistics
