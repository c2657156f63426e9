#include "harness/load/command/preset.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/load/summary/oha_figures.h"
#include "harness/load/summary/summary.h"

namespace assay::load {
namespace {

Result<Options> as_oha(const Options& typed, std::vector<std::string> names = {},
                       std::size_t cores = 14) {
  const auto is_typed = [&](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  return with_preset("oha", typed, is_typed, cores);
}

Options typed_options() {
  Options typed;
  typed.url = "http://localhost:8000/json/small";
  return typed;
}

TEST(Preset, OhaIsAHundredKeptConnectionsForTenSecondsAfterTenOfWarmUp) {
  const Result<Job> job = job_of(*as_oha(typed_options()));
  ASSERT_TRUE(job.has_value()) << job.error().what();
  EXPECT_EQ(job->connections, 100U);
  EXPECT_EQ(job->threads, 14U);
  EXPECT_EQ(job->duration, std::chrono::seconds(10));
  EXPECT_EQ(job->warm_up, std::chrono::seconds(10));
  EXPECT_EQ(job->timeout, std::chrono::seconds(60));
  EXPECT_TRUE(job->keep_alive);
  EXPECT_EQ(job->pipeline, 1U);
  EXPECT_FALSE(job->rate.has_value());
  EXPECT_FALSE(job->requests.has_value());
  EXPECT_FALSE(job->expectation.status || job->expectation.body);
}

TEST(Preset, OhaSendsItsThreeHeaders) {
  const Result<Job> job = job_of(*as_oha(typed_options()));
  EXPECT_EQ(wire_bytes(job->request, "localhost:8000", true),
            "GET /json/small HTTP/1.1\r\nHost: localhost:8000\r\naccept: */*\r\n"
            "accept-encoding: gzip, compress, deflate, br\r\nuser-agent: oha/1.11.0\r\n\r\n");
}

TEST(Preset, LeavesWhatWasTypedAsItIs) {
  Options typed = typed_options();
  typed.connections = 3;
  typed.seconds = 2;
  typed.warm_up_s = 0;
  typed.timeout_s = 1;
  typed.headers = {"Accept: text/html", "Content-Type: application/json"};
  const Options options = *as_oha(typed, {"-c", "-d", "--warm-up", "--timeout"});
  EXPECT_EQ(options.connections, 3);
  EXPECT_EQ(options.threads, 3) << "no more than there are connections";
  EXPECT_EQ(options.seconds, 2);
  EXPECT_EQ(options.warm_up_s, 0);
  EXPECT_EQ(options.timeout_s, 1);
  EXPECT_EQ(options.headers,
            (std::vector<std::string>{"Accept: text/html", "Content-Type: application/json",
                                      "accept-encoding: gzip, compress, deflate, br",
                                      "user-agent: oha/1.11.0"}));
  typed.threads = 2;
  EXPECT_EQ(as_oha(typed, {"-t"})->threads, 2);
}

TEST(Preset, ThatIsNotKnownIsRefusedWithThoseThatAre) {
  const auto unknown = with_preset("ohio", {}, [](std::string_view) { return false; }, 1);
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().what(), "there is no preset \"ohio\"");
  EXPECT_EQ(unknown.error().remedy(), "the only one is oha: assay load URL --preset oha");
}

// 60 replies of 200 and 20 of 500 in two seconds, and 20 connections that broke.
Summary mixed() {
  Summary summary;
  summary.duration = std::chrono::seconds(2);
  summary.connections = 100;
  summary.tally.requests = 60;
  summary.tally.statuses.at(200) = 60;
  summary.tally.statuses.at(500) = 20;
  summary.tally.errors.add(ErrorKind::status, 20);
  summary.tally.errors.add(ErrorKind::connect, 5);
  summary.tally.errors.add(ErrorKind::reset, 5);
  summary.tally.errors.add(ErrorKind::short_reply, 5);
  summary.tally.errors.add(ErrorKind::malformed, 5);
  summary.tally.errors.add(ErrorKind::timeout, 7);
  return summary;
}

TEST(OhaFigures, CallAnyWholeReplyASuccessAndCountWhatWasAborted) {
  const OhaFigures figures = as_oha_counts(mixed());
  EXPECT_DOUBLE_EQ(figures.success_rate, 0.8);
  EXPECT_DOUBLE_EQ(figures.requests_per_second, (80 + 20 + 100) / 2.0);
  EXPECT_EQ(figures.not_2xx, 20U);
  EXPECT_DOUBLE_EQ(mixed().rate(), 30) << "ours";
}

TEST(OhaFigures, AbortNothingInARunOfSoMany) {
  Summary summary = mixed();
  summary.by_duration = false;
  EXPECT_DOUBLE_EQ(as_oha_counts(summary).requests_per_second, 50);
}

TEST(OhaFigures, AreZeroWhereNothingWasMeasured) {
  const OhaFigures figures = as_oha_counts(Summary());
  EXPECT_EQ(figures.success_rate, 0);
  EXPECT_EQ(figures.requests_per_second, 0);
}

TEST(OhaFigures, ReadAsOhaPrintsThem) {
  const std::string printed = text(as_oha_counts(mixed()));
  EXPECT_NE(printed.find("\n  Success rate: 80.00%\n  Requests/sec: 100.0000\n"), std::string::npos)
      << printed;
  EXPECT_NE(printed.find("here 20 were not"), std::string::npos) << printed;
  EXPECT_EQ(to_json(as_oha_counts(mixed())),
            R"({"document": "Spikard", "success_rate": 0.800000, "requests_per_second": 100.0000, )"
            R"("not_2xx": 20})");
}

}  // namespace
}  // namespace assay::load
