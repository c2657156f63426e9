#include <string>

#include <gtest/gtest.h>

#include "harness/load/summary/summary.h"

namespace assay::load {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

Histogram of(std::uint64_t count, nanoseconds latency) {
  Histogram histogram;
  for (std::uint64_t time = 0; time < count; ++time) histogram.record(latency);
  return histogram;
}

Summary open_loop() {
  Summary summary;
  summary.connections = 2;
  summary.offered = 50;
  summary.duration = seconds(2);
  summary.warm_up = milliseconds(1500);
  summary.is_steady = false;
  summary.longest_gap = milliseconds(7);
  summary.threads = {{.cpu = milliseconds(20),
                      .spinning = milliseconds(5),
                      .wall = seconds(2),
                      .waiting = milliseconds(40)}};
  Tally& tally = summary.tally;
  tally.requests = 99;
  tally.errors.add(ErrorKind::status);
  tally.statuses[200] = 99;
  tally.statuses[503] = 1;
  tally.bytes = 5000;
  tally.latency = of(1000, microseconds(1));
  tally.wire_latency = of(100, nanoseconds(900));
  summary.part_names = {"GET /\"a\"", "POST /b"};
  tally.parts.resize(2);
  tally.parts[0].requests = 99;
  tally.parts[1].errors.add(ErrorKind::status);
  summary.seconds = {{50, 0, of(200, nanoseconds(1)).compact()}, {49, 1, {}}};
  return summary;
}

TEST(SummaryJson, HasAllThatWasMeasured) {
  const std::string json = to_json(open_loop());
  EXPECT_EQ(json.substr(0, json.find("  \"seconds\"")), R"({
  "requests": 99,
  "duration_s": 2.000000,
  "warm_up_s": 1.500000,
  "is_steady": false,
  "rate": 49.500,
  "offered": 50.000,
  "sent_share": 1.000000,
  "errors": {"connect": 0, "timeout": 0, "reset": 0, "short": 0, "malformed": 0, "status": 1, "type": 0, "body": 0, "unsent": 0},
  "status": {"200": 99, "503": 1},
  "bytes": 5000,
  "closed": 0,
  "resent": 0,
  "mix": [
    {"request": "GET /\"a\"", "requests": 99, "errors": {"connect": 0, "timeout": 0, "reset": 0, "short": 0, "malformed": 0, "status": 0, "type": 0, "body": 0, "unsent": 0}},
    {"request": "POST /b", "requests": 0, "errors": {"connect": 0, "timeout": 0, "reset": 0, "short": 0, "malformed": 0, "status": 1, "type": 0, "body": 0, "unsent": 0}}
  ],
  "latency_us": {"mean": 1.000, "p50": 1.000, "p90": 1.000, "p99": null, "p99_9": null, "p99_99": null, "max": 1.000},
  "wire_latency_us": {"mean": 0.900, "p50": null, "p90": null, "p99": null, "p99_9": null, "p99_99": null, "max": 0.900},
  "first_byte_us": {"mean": null, "p50": null, "p90": null, "p99": null, "p99_9": null, "p99_99": null, "max": null},
  "schedule_lag_us": {"mean": null, "p50": null, "p90": null, "p99": null, "p99_9": null, "p99_99": null, "max": null},
  "pacing_us": {"mean": null, "p50": null, "p90": null, "p99": null, "p99_9": null, "p99_99": null, "max": null},
  "connections": 2,
  "pipeline": 1,
  "client_cpu": 0.0100,
  "client_cpu_us_per_request": 200.0000,
  "client_wait": 0.0200,
  "longest_gap_us": 7000.000,
  "ceiling": null,
  "threads": [
    {"cpu_s": 0.020000, "spinning_s": 0.005000, "waiting_s": 0.040000, "wall_s": 2.000000}
  ],
  "cut": false,
  "warnings": [
    "1 of 100 requests failed; the rate counts right replies only",
    "the load was not steady yet when it was measured, after a warm-up of 1.5 s; allow a longer one with --warm-up-most, or see what else this host does"
  ],
)");
}

TEST(SummaryJson, HasEverySecondAndTheHistogramOfAll) {
  const std::string json = to_json(open_loop());
  EXPECT_NE(json.find(R"(
    {"requests": 50, "errors": 0, "p50_us": 0.001, "p99_us": null, "max_us": 0.001, "histogram": "HISTFAAA)"),
            std::string::npos)
      << json;
  EXPECT_NE(json.find(R"(
    {"requests": 49, "errors": 1, "p50_us": null, "p99_us": null, "max_us": null, "histogram": "HISTFAAA)"),
            std::string::npos)
      << json;
  EXPECT_NE(json.find("\n  \"histogram\": \"HISTFAAA"), std::string::npos) << json;
}

// In a closed loop a request is due when it is sent.
TEST(SummaryJson, HasOneLatencyInAClosedLoop) {
  Summary summary = open_loop();
  summary.offered.reset();
  const std::string json = to_json(summary);
  EXPECT_NE(json.find("\"offered\": null,"), std::string::npos);
  EXPECT_NE(json.find("\"wire_latency_us\": {\"mean\": 1.000, \"p50\": 1.000,"), std::string::npos);
}

TEST(SummaryJson, OfNothingIsADocumentToo) {
  const std::string json = to_json(Summary());
  EXPECT_NE(json.find("\"rate\": 0.000,"), std::string::npos);
  EXPECT_NE(json.find("\"seconds\": [],"), std::string::npos);
  EXPECT_NE(json.find("\"client_wait\": null,"), std::string::npos);
  EXPECT_NE(json.find("\"longest_gap_us\": null,"), std::string::npos);
}

}  // namespace
}  // namespace assay::load
