// What `assay load --json` says, read as a user's program would read it. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "harness/validation/validation_error.h"
#include "server/model/field.h"

namespace assay::validation {

using model::field;

// Microseconds; nothing where too few requests lie beyond.
struct ReportedTimes {
  std::optional<double> mean;
  std::optional<double> p50;
  std::optional<double> p99;
  std::optional<double> max;
  static constexpr auto model() {
    return std::tuple{field<"mean">(&ReportedTimes::mean), field<"p50">(&ReportedTimes::p50),
                      field<"p99">(&ReportedTimes::p99), field<"max">(&ReportedTimes::max)};
  }
};

struct LoadReport {
  ReportedTimes latency_us;
  ReportedTimes wire_latency_us;
  ReportedTimes schedule_lag_us;
  std::vector<std::string> warnings;
  static constexpr auto model() {
    return std::tuple{field<"latency_us">(&LoadReport::latency_us),
                      field<"wire_latency_us">(&LoadReport::wire_latency_us),
                      field<"schedule_lag_us">(&LoadReport::schedule_lag_us),
                      field<"warnings">(&LoadReport::warnings)};
  }

  bool says_client_was_late() const;
};

// From all that the program said, on both of its outputs.
Result<LoadReport> load_report(const std::string& said);

}  // namespace assay::validation
