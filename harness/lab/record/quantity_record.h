// Figures as a result has them: a median with its interval, a range, a rank. Typed models.
#pragma once
#include <cstdint>
#include <optional>
#include <tuple>

#include "server/model/annotations.h"
#include "server/model/field.h"

namespace assay::lab {

using model::description;
using model::field;

// A median with its 95 % interval; no interval where there were too few trials for one.
struct Quantity {
  double median = 0;
  std::optional<double> low;
  std::optional<double> high;
  static constexpr auto model() {
    return std::tuple{
        field<"median">(&Quantity::median, description("The median over the trials")),
        field<"low">(
            &Quantity::low,
            description(
                "Lower end of its 95 % interval; null where there are too few trials for one")),
        field<"high">(&Quantity::high, description("Upper end of that interval"))};
  }
};

// The ends of a 95 % interval whose middle stands beside it.
struct RangeRecord {
  double low = 0;
  double high = 0;
  static constexpr auto model() {
    return std::tuple{
        field<"low">(&RangeRecord::low,
                     description("Lower end of a 95 % interval whose middle stands beside it")),
        field<"high">(&RangeRecord::high, description("Upper end"))};
  }
};

// Which places of its table a cell may have, 1 the fastest.
struct RankRecord {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  static constexpr auto model() {
    return std::tuple{
        field<"low">(
            &RankRecord::low,
            description("The best place that the cell may have in its table, 1 the fastest")),
        field<"high">(&RankRecord::high, description("The worst"))};
  }
};

}  // namespace assay::lab
