// What an agent measured, as it is sent: each histogram with all its counts, so that the controller
// merges counts and never percentiles. Typed models; pure functions; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "harness/agents/octets.h"
#include "harness/agents/rate_record.h"
#include "harness/load/histogram/compact_histogram.h"
#include "harness/load/histogram/second.h"
#include "harness/load/summary/summary.h"
#include "server/model/field.h"
#include "server/model/rules.h"

namespace assay::agents {

using model::field;

// The counts as histogram_encoding.h has them; the sum, and the exact least and greatest value,
// which those do not keep.
struct HistogramRecord {
  std::string counts;  // empty: nothing was counted
  std::uint64_t sum_ns = 0;
  std::uint64_t min_ns = 0;
  std::uint64_t max_ns = 0;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{
        field<"counts">(&HistogramRecord::counts), field<"sum_ns">(&HistogramRecord::sum_ns),
        field<"min_ns">(&HistogramRecord::min_ns), field<"max_ns">(&HistogramRecord::max_ns)};
  }
};

struct SecondRecord {
  std::uint64_t requests = 0;
  std::uint64_t errors = 0;
  HistogramRecord latency;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{field<"requests">(&SecondRecord::requests),
                      field<"errors">(&SecondRecord::errors),
                      field<"latency">(&SecondRecord::latency)};
  }
};

// Of one request of a mix.
struct PartRecord {
  std::uint64_t requests = 0;
  std::map<std::string, std::uint64_t> errors;  // by kind; only those that were
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{field<"requests">(&PartRecord::requests),
                      field<"errors">(&PartRecord::errors)};
  }
};

struct TallyRecord {
  std::uint64_t requests = 0;
  std::map<std::string, std::uint64_t> errors;    // by kind; only those that were
  std::map<std::string, std::uint64_t> statuses;  // by code; only those that were
  std::uint64_t bytes = 0;
  std::uint64_t closed = 0;
  std::uint64_t resent = 0;
  std::vector<PartRecord> parts;
  HistogramRecord latency;
  HistogramRecord wire_latency;
  HistogramRecord lag;
  HistogramRecord pacing;
  HistogramRecord first_byte;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{field<"requests">(&TallyRecord::requests),
                      field<"errors">(&TallyRecord::errors),
                      field<"statuses">(&TallyRecord::statuses),
                      field<"bytes">(&TallyRecord::bytes),
                      field<"closed">(&TallyRecord::closed),
                      field<"resent">(&TallyRecord::resent),
                      field<"parts">(&TallyRecord::parts),
                      field<"latency">(&TallyRecord::latency),
                      field<"wire_latency">(&TallyRecord::wire_latency),
                      field<"lag">(&TallyRecord::lag),
                      field<"pacing">(&TallyRecord::pacing),
                      field<"first_byte">(&TallyRecord::first_byte)};
  }
};

struct ThreadRecord {
  std::int64_t cpu_ns = 0;
  std::int64_t spinning_ns = 0;
  std::int64_t wall_ns = 0;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{field<"cpu_ns">(&ThreadRecord::cpu_ns),
                      field<"spinning_ns">(&ThreadRecord::spinning_ns),
                      field<"wall_ns">(&ThreadRecord::wall_ns)};
  }
};

struct SummaryRecord {
  TallyRecord tally;
  std::int64_t duration_ns = 0;
  std::uint64_t connections = 0;
  std::uint64_t pipeline = 0;
  std::vector<Octets> part_names;
  std::vector<ThreadRecord> threads;
  bool by_duration = true;
  bool cut = false;
  std::uint64_t given_up = 0;
  std::int64_t silence_ns = 0;
  std::string malformed;
  std::optional<RateRecord> asked;
  std::optional<double> offered;
  std::optional<double> ceiling;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{field<"tally">(&SummaryRecord::tally),
                      field<"duration_ns">(&SummaryRecord::duration_ns),
                      field<"connections">(&SummaryRecord::connections),
                      field<"pipeline">(&SummaryRecord::pipeline),
                      field<"part_names">(&SummaryRecord::part_names),
                      field<"threads">(&SummaryRecord::threads),
                      field<"by_duration">(&SummaryRecord::by_duration),
                      field<"cut">(&SummaryRecord::cut),
                      field<"given_up">(&SummaryRecord::given_up),
                      field<"silence_ns">(&SummaryRecord::silence_ns),
                      field<"malformed">(&SummaryRecord::malformed),
                      field<"asked">(&SummaryRecord::asked),
                      field<"offered">(&SummaryRecord::offered),
                      field<"ceiling">(&SummaryRecord::ceiling)};
  }
};

SummaryRecord record_of(const load::Summary& summary);  // without its seconds
std::vector<SecondRecord> records_of(const load::Seconds& seconds, std::size_t first);

// Nothing when there is a histogram that cannot be read, or a kind or code that is none.
std::optional<load::Summary> summary_of(const SummaryRecord& record);
std::optional<load::Seconds> seconds_of(const std::vector<SecondRecord>& records);

}  // namespace assay::agents
