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

// The first digit in the lowest byte: "000" to "999", and "0" to "999" with how many digits there
// are in the highest byte. Two tables, because to shift the zeros out of one costs as much again as
// the rest of a number.
extern const std::array<std::uint32_t, 1000> digit_triples;
extern const std::array<std::uint32_t, 1000> small_numbers;

// With zeros before it. REQUIRES: value < 1000
inline char* put_triple(char* to, std::uint64_t value) {
  std::memcpy(to, &digit_triples[value], 4);
  return to + 3;
}

// REQUIRES: value < 1000
inline char* put_small(char* to, std::uint64_t value) {
  const std::uint32_t number = small_numbers[value];
  std::memcpy(to, &number, 4);
  return to + (number >> 24U);
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
