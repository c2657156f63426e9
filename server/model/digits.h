// Whole numbers as decimal digits, three at a time out of a table: most numbers in JSON are small,
// and for those no branch depends on how many digits there are.
//
// Pure; any thread. Each writes at `to` and returns the place behind; three bytes more may be
// written over, whatever the number's length is. Words are little-endian, as in plain_text.h.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace assay::model {

// "000" to "999", the first digit in the lowest byte; the highest byte holds how many bits of zeros
// lead.
extern const std::array<std::uint32_t, 1000> digit_triples;

// With zeros before it. REQUIRES: value < 1000
inline char* put_triple(char* to, std::uint64_t value) {
  std::memcpy(to, &digit_triples[value], 4);
  return to + 3;
}

// REQUIRES: value < 1000
inline char* put_small(char* to, std::uint64_t value) {
  const std::uint32_t triple = digit_triples[value];
  const std::uint32_t leading = triple >> 24U;
  const std::uint32_t text = triple >> leading;
  std::memcpy(to, &text, 4);
  return to + 3 - leading / 8;
}

// For any number; that it is small is found in line.
char* put_large(char* to, std::uint64_t value);
char* put_large(char* to, std::int64_t value);

template <class Integer>
char* put_number(char* to, Integer value) {
  // A negative one is large when seen so.
  const auto size = static_cast<std::uint64_t>(value);
  return size < 1000 ? put_small(to, size) : put_large(to, value);
}

}  // namespace assay::model
