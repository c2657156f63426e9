#include "harness/load/request/numbered_draw.h"

#include "harness/statistics/random_stream.h"

namespace assay::load {
namespace {

// The upper half of the product of two numbers of 64 bits.
std::uint64_t high_product(std::uint64_t one, std::uint64_t other) {
  constexpr std::uint64_t low_half = 0xffffffffU;
  const std::uint64_t low = (one & low_half) * (other & low_half);
  const std::uint64_t cross = (one >> 32U) * (other & low_half) + (low >> 32U);
  const std::uint64_t rest = (one & low_half) * (other >> 32U) + (cross & low_half);
  return (one >> 32U) * (other >> 32U) + (cross >> 32U) + (rest >> 32U);
}

}  // namespace

std::uint64_t drawn(std::uint64_t key, std::uint64_t number) {
  return statistics::RandomStream(key + number * 0x9e3779b97f4a7c15U).next();
}

std::uint64_t drawn_up_to(std::uint64_t span, std::uint64_t key, std::uint64_t number) {
  const std::uint64_t draw = drawn(key, number);
  return span == ~std::uint64_t{0} ? draw : high_product(draw, span + 1);
}

}  // namespace assay::load
