#include "harness/load/summary.h"

#include <string>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Two connections that answer in 1 ms each, for 10 s: 20,000 replies, as Little's law has it.
Summary two_connections(std::uint64_t requests = 20'000) {
  Summary summary;
  summary.connections = 2;
  summary.threads = 1;
  summary.duration = seconds(10);
  summary.client_cpu = 0.30;
  summary.client_cpu_time = seconds(3);
  Outcome right;
  right.status = 200;
  right.bytes = 100;
  right.latency = milliseconds(1);
  for (std::uint64_t count = 0; count < requests; ++count) summary.tally.add(right);
  return summary;
}

void add_error(Summary& summary, ErrorKind kind, int status = 0) {
  Outcome wrong;
  wrong.error = kind;
  wrong.status = status;
  wrong.latency = milliseconds(7);
  summary.tally.add(wrong);
}

template <class Kind>
bool has(const Summary& summary) {
  for (const Warning& warning : summary.warnings()) {
    if (std::holds_alternative<Kind>(warning)) return true;
  }
  return false;
}

TEST(Summary, CountsRightRepliesOnlyInItsRate) {
  Summary summary = two_connections();
  EXPECT_DOUBLE_EQ(summary.rate(), 2000);
  EXPECT_DOUBLE_EQ(summary.client_cpu_us_per_request(), 150);
  for (int count = 0; count < 5000; ++count) add_error(summary, ErrorKind::status, 500);
  EXPECT_DOUBLE_EQ(summary.rate(), 2000);
  EXPECT_DOUBLE_EQ(summary.client_cpu_us_per_request(), 120);
}

TEST(Summary, OfNothingHasNoRate) {
  EXPECT_DOUBLE_EQ(Summary().rate(), 0);
  EXPECT_DOUBLE_EQ(Summary().client_cpu_us_per_request(), 0);
  EXPECT_FALSE(text(Summary()).empty());
}

TEST(Summary, WarnsOfNothingWhenAllIsWell) { EXPECT_TRUE(two_connections().warnings().empty()); }

TEST(Summary, WarnsWhenTheClientWasTheLimit) {
  Summary summary = two_connections();
  summary.client_cpu = 0.86;
  EXPECT_TRUE(has<ClientBound>(summary));
  EXPECT_NE(text(summary).find("try -t 2"), std::string::npos);
}

TEST(Summary, WarnsWhenLittlesLawDoesNotHold) {
  EXPECT_FALSE(has<LittlesLawOff>(two_connections(19'700)));
  EXPECT_TRUE(has<LittlesLawOff>(two_connections(19'500)));
  EXPECT_TRUE(has<LittlesLawOff>(two_connections(20'500)));
}

TEST(Summary, DoesNotJudgeLittlesLawByFewRequestsOrByOnesThatFailed) {
  Summary short_one = two_connections(150);
  EXPECT_FALSE(has<LittlesLawOff>(short_one));
  Summary counted = two_connections(19'500);
  counted.by_duration = false;
  EXPECT_FALSE(has<LittlesLawOff>(counted));
  Summary failing = two_connections(19'500);
  add_error(failing, ErrorKind::reset);
  EXPECT_FALSE(has<LittlesLawOff>(failing));
  EXPECT_TRUE(has<RequestsFailed>(failing));
}

TEST(Summary, NamesEveryKindOfError) {
  Summary summary = two_connections();
  add_error(summary, ErrorKind::short_reply);
  add_error(summary, ErrorKind::timeout);
  add_error(summary, ErrorKind::timeout);
  EXPECT_NE(text(summary).find("errors     3: timeout 2 short 1\n"), std::string::npos)
      << text(summary);
}

TEST(Summary, GivesNoPercentileThatRestsOnAFewRequests) {
  const std::string shown = text(two_connections());  // 20 lie beyond p99.9
  EXPECT_NE(shown.find("p99 1.00 ms"), std::string::npos) << shown;
  EXPECT_NE(shown.find("p99.9 -"), std::string::npos) << shown;
}

TEST(Summary, GivesAPercentileThatJustAHundredRequestsLieBeyond) {
  EXPECT_NE(text(two_connections(1'000'000)).find("p99.99 1.00 ms"), std::string::npos);
  EXPECT_NE(text(two_connections(999'999)).find("p99.99 -"), std::string::npos);
}

TEST(Summary, SaysThatItWasCutShort) {
  Summary summary = two_connections();
  summary.cut = true;
  EXPECT_NE(text(summary).find("cut short after 10.0 s"), std::string::npos);
}

TEST(Summary, IsOneJsonDocument) {
  Summary summary = two_connections(1000);
  add_error(summary, ErrorKind::status, 503);
  const std::string json = to_json(summary);
  for (const auto* part :
       {R"("requests": 1000,)", R"("duration_s": 10.000000,)", R"("rate": 100.000,)",
        R"("timeout": 0)", R"("status": 1)", R"("status": {"200": 1000, "503": 1},)",
        R"("bytes": 100000,)", R"("p99_9": 1000.447)", R"("max": 7000.000)",
        R"("schedule_lag_us": {"mean": 0.000)", R"("client_cpu_us_per_request": 2997.0030,)",
        R"("cut": false,)", R"("warnings": ["1 of 1001 requests failed)"}) {
    EXPECT_NE(json.find(part), std::string::npos) << part << " in\n" << json;
  }
}

TEST(Tally, MergesIntoWhatOneWouldHaveCounted) {
  Summary one = two_connections(10);
  Summary other = two_connections(5);
  add_error(other, ErrorKind::timeout);
  add_error(other, ErrorKind::status, 404);
  one.tally.merge(other.tally);
  EXPECT_EQ(one.tally.requests, 15U);
  EXPECT_EQ(one.tally.errors[ErrorKind::timeout], 1U);
  EXPECT_EQ(one.tally.statuses[404], 1U);
  EXPECT_EQ(one.tally.bytes, 1500U);
  EXPECT_EQ(one.tally.latency.count(), 17U);
}

TEST(Tally, RecordsTheLatencyOfRepliesAndTimeoutsButNotOfBrokenConnections) {
  Summary summary = two_connections(1);
  add_error(summary, ErrorKind::timeout);
  add_error(summary, ErrorKind::body, 200);
  add_error(summary, ErrorKind::connect);
  add_error(summary, ErrorKind::reset);
  EXPECT_EQ(summary.tally.latency.count(), 3U);
}

}  // namespace
}  // namespace assay::load
