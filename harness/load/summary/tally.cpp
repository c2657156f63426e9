#include "harness/load/summary/tally.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace assay::load {
namespace {

void add_to_part(PartTally& part, const Outcome& outcome) {
  if (outcome.error) {
    part.errors.add(*outcome.error);
  } else {
    ++part.requests;
  }
}

}  // namespace

std::uint64_t Errors::total() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

void Errors::merge(const Errors& other) {
  std::transform(counts_.begin(), counts_.end(), other.counts_.begin(), counts_.begin(),
                 std::plus<>());
}

void Tally::add(const Outcome& outcome, bool has_schedule) {
  if (outcome.error) {
    errors.add(*outcome.error);
  } else {
    ++requests;
  }
  if (!parts.empty()) add_to_part(parts[outcome.part], outcome);
  bytes += outcome.bytes;
  if (outcome.closed) ++closed;
  if (outcome.resent) ++resent;
  if (outcome.status != 0) ++statuses.at(static_cast<std::size_t>(outcome.status));
  if (!is_timed(outcome)) return;
  latency.record(outcome.latency());
  if (outcome.status != 0) first_byte.record(outcome.first_byte_latency());
  if (!has_schedule || outcome.error == ErrorKind::unsent) return;
  wire_latency.record(outcome.wire_latency());
  lag.record(outcome.lag());
  pacing.record(outcome.pacing());
}

void Tally::add_unsent(nanoseconds wait, std::uint64_t count) {
  errors.add(ErrorKind::unsent, count);
  latency.record(wait, count);
}

void Tally::merge(const Tally& other) {
  requests += other.requests;
  errors.merge(other.errors);
  parts.resize(std::max(parts.size(), other.parts.size()));
  for (std::size_t part = 0; part < other.parts.size(); ++part) {
    parts[part].requests += other.parts[part].requests;
    parts[part].errors.merge(other.parts[part].errors);
  }
  std::transform(statuses.begin(), statuses.end(), other.statuses.begin(), statuses.begin(),
                 std::plus<>());
  bytes += other.bytes;
  closed += other.closed;
  resent += other.resent;
  latency.merge(other.latency);
  wire_latency.merge(other.wire_latency);
  lag.merge(other.lag);
  pacing.merge(other.pacing);
  first_byte.merge(other.first_byte);
}

}  // namespace assay::load
