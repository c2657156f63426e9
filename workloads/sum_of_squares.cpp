#include "workloads/sum_of_squares.h"

namespace assay::workloads {

SumOfSquares sum_of_squares(std::int64_t iterations) {
  std::int64_t total = 0;
  for (std::int64_t i = 0; i < iterations; ++i) {
    total += i * i;
    // No instruction, but for all that the compiler knows both are other numbers after it. Without
    // it clang 14 writes the closed form of the sum. With it clang and gcc write a multiplication,
    // two additions and a jump for each number.
    asm volatile("" : "+r"(total), "+r"(i));
  }
  return {total, iterations};
}

}  // namespace assay::workloads
