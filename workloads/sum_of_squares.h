// The documents' computation, done and not derived: total = 0; for i in range(n): total += i * i.
// Pure; any thread.
#pragma once
#include <cstdint>
#include <tuple>

#include "server/model/field.h"

namespace assay::workloads {

struct SumOfSquares {
  std::int64_t result = 0;
  std::int64_t iterations = 0;
  static constexpr auto model() {
    return std::tuple{model::field<"result">(&SumOfSquares::result),
                      model::field<"iterations">(&SumOfSquares::iterations)};
  }
};

// Goes through its loop so many times, whatever the compiler knows of such sums.
SumOfSquares sum_of_squares(std::int64_t iterations);

}  // namespace assay::workloads
