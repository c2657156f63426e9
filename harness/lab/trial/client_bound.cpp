#include "harness/lab/trial/client_bound.h"

#include "harness/load/summary/warning.h"

namespace assay::lab {
namespace {

using statistics::Comparison;

bool is_undecided(Comparison comparison, bool is_first_bound, bool is_second_bound) noexcept {
  switch (comparison) {
    case Comparison::faster: return is_second_bound;
    case Comparison::slower: return is_first_bound;
    case Comparison::tie: return is_first_bound || is_second_bound;
    case Comparison::no_interval: return false;
  }
  return false;
}

}  // namespace

bool is_client_bound(double client_cpu) noexcept { return client_cpu > load::highest_client_cpu; }

std::string verdict_of(Comparison first_over_second, bool is_first_bound, bool is_second_bound) {
  return std::string(is_undecided(first_over_second, is_first_bound, is_second_bound)
                         ? client_bound_verdict
                         : statistics::text(first_over_second));
}

}  // namespace assay::lab
