#include "harness/agents/rate_record.h"

#include <array>
#include <utility>

#include "harness/agents/paired_names.h"

namespace assay::agents {
namespace {

constexpr std::array arrivals_names{
    std::pair{load::Arrivals::constant, ArrivalsName::constant},
    std::pair{load::Arrivals::poisson, ArrivalsName::poisson},
    std::pair{load::Arrivals::burst, ArrivalsName::burst},
};

}  // namespace

RateRecord record_of(const load::Rate& rate) {
  return {rate.per_second, rate.per_second_at_end, name_of(arrivals_names, rate.arrivals),
          rate.at_once};
}

load::Rate rate_of(const RateRecord& record) {
  return {record.per_second, record.per_second_at_end, value_of(arrivals_names, record.arrivals),
          record.at_once};
}

}  // namespace assay::agents
