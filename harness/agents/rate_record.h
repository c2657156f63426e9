// A load::Rate as it is sent. A typed model; pure functions; any thread.
#pragma once

#include <cstdint>
#include <tuple>

#include "harness/load/text/rate.h"
#include "server/model/enumerated.h"
#include "server/model/field.h"
#include "server/model/rules.h"

namespace assay::agents {

using model::above;
using model::at_least;
using model::at_most;
using model::field;

inline constexpr double highest_rate = 1e9;
inline constexpr std::uint64_t most_at_once = 10'000'000;

enum class ArrivalsName { constant, poisson, burst };
constexpr auto enumerators(ArrivalsName*) {
  return model::names_of<ArrivalsName::constant, ArrivalsName::poisson, ArrivalsName::burst>;
}

struct RateRecord {
  double per_second = 0;
  double per_second_at_end = 0;
  ArrivalsName arrivals = ArrivalsName::constant;
  std::uint64_t at_once = 0;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{
        field<"per_second">(&RateRecord::per_second, above(0.0), at_most(highest_rate)),
        field<"per_second_at_end">(&RateRecord::per_second_at_end, above(0.0),
                                   at_most(highest_rate)),
        field<"arrivals">(&RateRecord::arrivals),
        field<"at_once">(&RateRecord::at_once, at_least(1), at_most(most_at_once))};
  }
};

RateRecord record_of(const load::Rate& rate);
load::Rate rate_of(const RateRecord& record);

}  // namespace assay::agents
