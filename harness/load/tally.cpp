#include "harness/load/tally.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace assay::load {

std::uint64_t Errors::total() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

void Tally::add(const Outcome& outcome) {
  if (outcome.error) {
    errors.add(*outcome.error);
  } else {
    ++requests;
  }
  bytes += outcome.bytes;
  if (outcome.resent) ++resent;
  if (outcome.status != 0) ++statuses.at(static_cast<std::size_t>(outcome.status));
  if (outcome.status != 0 || outcome.error == ErrorKind::timeout) latency.record(outcome.latency);
}

void Tally::merge(const Tally& other) {
  requests += other.requests;
  for (std::size_t kind = 0; kind < error_kinds; ++kind) {
    errors.add(static_cast<ErrorKind>(kind), other.errors[static_cast<ErrorKind>(kind)]);
  }
  std::transform(statuses.begin(), statuses.end(), other.statuses.begin(), statuses.begin(),
                 std::plus<>());
  bytes += other.bytes;
  resent += other.resent;
  latency.merge(other.latency);
}

}  // namespace assay::load
