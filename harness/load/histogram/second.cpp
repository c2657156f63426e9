#include "harness/load/histogram/second.h"

#include <algorithm>

namespace assay::load {

void Second::merge(const Second& other) {
  requests += other.requests;
  errors += other.errors;
  latency.merge(other.latency);
}

void merge(Seconds& seconds, const Seconds& others) {
  seconds.resize(std::max(seconds.size(), others.size()));
  for (std::size_t number = 0; number < others.size(); ++number) {
    seconds[number].merge(others[number]);
  }
}

}  // namespace assay::load
