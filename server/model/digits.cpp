#include "server/model/digits.h"

namespace assay::model {
namespace {

constexpr std::array<std::uint32_t, 1000> triples() {
  std::array<std::uint32_t, 1000> made{};
  for (std::uint32_t value = 0; value < made.size(); ++value) {
    const std::uint32_t leading = value < 10 ? 16 : value < 100 ? 8 : 0;
    made[value] = ('0' + value / 100) | ('0' + value / 10 % 10) << 8U | ('0' + value % 10) << 16U |
                  leading << 24U;
  }
  return made;
}

}  // namespace

constexpr std::array<std::uint32_t, 1000> digit_triples = triples();

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
