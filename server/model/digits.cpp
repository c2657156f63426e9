#include "server/model/digits.h"

namespace assay::model {
namespace {

constexpr std::uint32_t triple(std::uint32_t value) {
  return ('0' + value / 100) | ('0' + value / 10 % 10) << 8U | ('0' + value % 10) << 16U;
}

constexpr std::uint32_t small_number(std::uint32_t value) {
  const std::uint32_t digits = value < 10 ? 1 : value < 100 ? 2 : 3;
  return triple(value) >> (8 * (3 - digits)) | digits << 24U;
}

template <class Text>
constexpr std::array<std::uint32_t, 1000> all(Text text) {
  std::array<std::uint32_t, 1000> made{};
  for (std::uint32_t value = 0; value < made.size(); ++value) made[value] = text(value);
  return made;
}

}  // namespace

constexpr std::array<std::uint32_t, 1000> digit_triples = all(triple);
constexpr std::array<std::uint32_t, 1000> small_numbers = all(small_number);

char* put_large(char* to, std::uint64_t value) {
  return put_triple(put_number(to, value / 1000), value % 1000);
}

char* put_large(char* to, std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  if (value >= 0) return put_large(to, bits);
  *to = '-';
  return put_number(to + 1, 0 - bits);
}

}  // namespace assay::model
