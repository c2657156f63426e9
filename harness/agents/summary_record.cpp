#include "harness/agents/summary_record.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "harness/load/histogram/histogram_encoding.h"

namespace assay::agents {
namespace {

using load::CompactHistogram;
using load::ErrorKind;
using load::nanoseconds;
using Counts = std::map<std::string, std::uint64_t>;

HistogramRecord record_of(const CompactHistogram& histogram) {
  if (histogram.count == 0) return {};
  return {load::encode(histogram), histogram.sum_ns, histogram.min_ns, histogram.max_ns};
}

// What it says of itself has to fit its counts: a percentile is cut off at the greatest value.
bool fits(const CompactHistogram& counts, const HistogramRecord& record) {
  return counts.count > 0 && record.min_ns <= record.max_ns &&
         record.max_ns <= load::Histogram::highest_ns &&
         load::Histogram::index_of(record.min_ns) == counts.places.front().index &&
         load::Histogram::index_of(record.max_ns) == counts.places.back().index;
}

std::optional<CompactHistogram> histogram_of(const HistogramRecord& record) {
  if (record.counts.empty()) return CompactHistogram();
  auto counts = load::decode(record.counts);
  if (!counts || !fits(*counts, record)) return std::nullopt;
  counts->sum_ns = record.sum_ns;
  counts->min_ns = record.min_ns;
  counts->max_ns = record.max_ns;
  return counts;
}

bool restore(load::Histogram& histogram, const HistogramRecord& record) {
  const auto counts = histogram_of(record);
  if (counts) histogram.merge(*counts);
  return counts.has_value();
}

Counts counts_of(const load::Errors& errors) {
  Counts counts;
  for (std::size_t index = 0; index < load::error_kinds; ++index) {
    const auto kind = static_cast<ErrorKind>(index);
    if (errors[kind] > 0) counts.emplace(load::text(kind), errors[kind]);
  }
  return counts;
}

TallyRecord record_of(const load::Tally& tally) {
  TallyRecord record;
  record.requests = tally.requests;
  record.errors = counts_of(tally.errors);
  for (const load::PartTally& part : tally.parts) {
    record.parts.push_back({part.requests, counts_of(part.errors)});
  }
  for (std::size_t status = 0; status < tally.statuses.size(); ++status) {
    if (const std::uint64_t count = tally.statuses.at(status); count > 0) {
      record.statuses.emplace(std::to_string(status), count);
    }
  }
  record.bytes = tally.bytes;
  record.closed = tally.closed;
  record.resent = tally.resent;
  record.latency = record_of(tally.latency.compact());
  record.wire_latency = record_of(tally.wire_latency.compact());
  record.lag = record_of(tally.lag.compact());
  record.pacing = record_of(tally.pacing.compact());
  record.first_byte = record_of(tally.first_byte.compact());
  return record;
}

bool restore(load::Errors& errors, const Counts& counts) {
  std::size_t known = 0;
  for (std::size_t index = 0; index < load::error_kinds; ++index) {
    const auto kind = static_cast<ErrorKind>(index);
    const auto found = counts.find(std::string(load::text(kind)));
    if (found == counts.end()) continue;
    errors.add(kind, found->second);
    ++known;
  }
  return known == counts.size();
}

bool restore_parts(load::Tally& tally, const TallyRecord& record) {
  return std::all_of(record.parts.begin(), record.parts.end(), [&](const PartRecord& part) {
    load::PartTally& restored = tally.parts.emplace_back();
    restored.requests = part.requests;
    return restore(restored.errors, part.errors);
  });
}

bool restore_statuses(load::Tally& tally, const TallyRecord& record) {
  std::size_t known = 0;
  for (std::size_t status = 0; status < tally.statuses.size(); ++status) {
    const auto found = record.statuses.find(std::to_string(status));
    if (found == record.statuses.end()) continue;
    tally.statuses.at(status) = found->second;
    ++known;
  }
  return known == record.statuses.size();
}

bool restore(load::Tally& tally, const TallyRecord& record) {
  tally.requests = record.requests;
  tally.bytes = record.bytes;
  tally.closed = record.closed;
  tally.resent = record.resent;
  return restore(tally.errors, record.errors) && restore_parts(tally, record) &&
         restore_statuses(tally, record) && restore(tally.latency, record.latency) &&
         restore(tally.wire_latency, record.wire_latency) && restore(tally.lag, record.lag) &&
         restore(tally.pacing, record.pacing) && restore(tally.first_byte, record.first_byte);
}

}  // namespace

SummaryRecord record_of(const load::Summary& summary) {
  SummaryRecord record;
  record.tally = record_of(summary.tally);
  record.duration_ns = summary.duration.count();
  record.connections = summary.connections;
  record.pipeline = summary.pipeline;
  for (const std::string& name : summary.part_names) record.part_names.push_back(octets_of(name));
  for (const load::ThreadUsage& thread : summary.threads) {
    record.threads.push_back({thread.cpu.count(), thread.spinning.count(), thread.wall.count()});
  }
  record.by_duration = summary.by_duration;
  record.cut = summary.cut;
  record.given_up = summary.given_up;
  record.silence_ns = summary.silence.count();
  record.malformed = summary.malformed;
  if (summary.asked) record.asked = record_of(*summary.asked);
  record.offered = summary.offered;
  record.ceiling = summary.ceiling;
  return record;
}

std::vector<SecondRecord> records_of(const load::Seconds& seconds, std::size_t first) {
  std::vector<SecondRecord> records;
  for (std::size_t number = first; number < seconds.size(); ++number) {
    const load::Second& second = seconds[number];
    records.push_back({second.requests, second.errors, record_of(second.latency)});
  }
  return records;
}

std::optional<load::Summary> summary_of(const SummaryRecord& record) {
  load::Summary summary;
  if (!restore(summary.tally, record.tally)) return std::nullopt;
  summary.duration = nanoseconds(record.duration_ns);
  summary.connections = record.connections;
  summary.pipeline = record.pipeline;
  for (const Octets& octets : record.part_names) {
    const auto name = bytes_of(octets);
    if (!name) return std::nullopt;
    summary.part_names.push_back(*name);
  }
  for (const ThreadRecord& thread : record.threads) {
    summary.threads.push_back(
        {nanoseconds(thread.cpu_ns), nanoseconds(thread.spinning_ns), nanoseconds(thread.wall_ns)});
  }
  summary.by_duration = record.by_duration;
  summary.cut = record.cut;
  summary.given_up = record.given_up;
  summary.silence = nanoseconds(record.silence_ns);
  summary.malformed = record.malformed;
  if (record.asked) summary.asked = rate_of(*record.asked);
  summary.offered = record.offered;
  summary.ceiling = record.ceiling;
  return summary;
}

std::optional<load::Seconds> seconds_of(const std::vector<SecondRecord>& records) {
  load::Seconds seconds;
  for (const SecondRecord& record : records) {
    auto latency = histogram_of(record.latency);
    if (!latency) return std::nullopt;
    seconds.push_back({record.requests, record.errors, std::move(*latency)});
  }
  return seconds;
}

}  // namespace assay::agents
