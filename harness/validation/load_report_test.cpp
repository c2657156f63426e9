#include "harness/validation/load_report.h"

#include <gtest/gtest.h>

namespace assay::validation {
namespace {

// Both outputs of the program in one, with members that are of no interest here.
TEST(LoadReport, IsFoundAmongWarnings) {
  const auto report = load_report(
      "warning: first\n{\n  \"requests\": 10,\n  \"latency_us\": {\"mean\": 70.5, \"p50\": 60, "
      "\"p90\": 80, \"p99\": null, \"max\": 200000},\n  \"wire_latency_us\": {\"mean\": 50, "
      "\"p50\": 50, \"p99\": 60, \"max\": 70},\n  \"schedule_lag_us\": {\"mean\": 4000, \"p50\": "
      "1, "
      "\"p99\": 150000, \"max\": 199999},\n  \"warnings\": [\"the client sent late: by 150 "
      "ms\"]\n}\n"
      "warning: last\n");
  ASSERT_TRUE(report.has_value()) << report.error().what();
  EXPECT_EQ(report->latency_us.mean, 70.5);
  EXPECT_FALSE(report->latency_us.p99.has_value());
  EXPECT_EQ(report->schedule_lag_us.max, 199999);
  EXPECT_TRUE(report->says_client_was_late());
}

TEST(LoadReport, RefusesWhatIsNoReport) {
  for (const char* said : {"", "error: no reply came\n", "{\n", "{}\n", "\n}\n\n{"}) {
    EXPECT_FALSE(load_report(said).has_value()) << said;
  }
}

}  // namespace
}  // namespace assay::validation
