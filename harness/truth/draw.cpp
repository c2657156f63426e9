#include "harness/truth/draw.h"

#include "harness/statistics/random_stream.h"

namespace assay::truth {
namespace {

// What RandomStream adds to its state for each number, so that a stream can be entered anywhere.
constexpr std::uint64_t stream_step = 0x9e3779b97f4a7c15U;
constexpr double two_to_minus_53 = 0x1p-53;

}  // namespace

double draw(std::uint64_t seed, Purpose purpose, std::uint64_t request) noexcept {
  statistics::RandomStream seeds(seed);
  std::uint64_t start = seeds.next();
  if (purpose == Purpose::fate) start = seeds.next();
  const std::uint64_t number = statistics::RandomStream(start + request * stream_step).next();
  return static_cast<double>(number >> 11U) * two_to_minus_53;
}

}  // namespace assay::truth
