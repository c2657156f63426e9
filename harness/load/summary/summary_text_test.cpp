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

Summary closed_loop(std::uint64_t requests) {
  Summary summary;
  summary.connections = 10;
  summary.threads = {{.cpu = seconds(3), .wall = seconds(10)}};
  summary.duration = seconds(10);
  summary.tally.requests = requests;
  summary.tally.statuses[200] = requests;
  summary.tally.bytes = 100 * requests;
  summary.tally.latency = of(requests, milliseconds(1));
  return summary;
}

TEST(SummaryText, OfAClosedLoop) {
  EXPECT_EQ(text(closed_loop(900)),
            "  90.0 requests/s   as fast as replies came\n"
            "                    10 connections, 1 thread, 10.0 s\n"
            "\n"
            "                 mean      p50      p90      p99    p99.9   p99.99      max\n"
            "  latency     1.00 ms  1.00 ms        -        -        -        -  1.00 ms\n"
            "\n"
            "  replies    900 right, 90.0 kB received\n"
            "  status     200 x 900\n"
            "  errors     none\n"
            "  client     3.33 ms of CPU per request; its thread used 30 % of a core\n");
}

TEST(SummaryText, SaysWhatWasNoHttpAndWhatWasGivenUp) {
  Summary summary = closed_loop(900);
  summary.malformed = R"(why: "SSH\r\n")";
  summary.given_up = 1234;
  summary.silence = seconds(15);
  EXPECT_NE(text(summary).find(R"(a reply was no HTTP that can be believed: why: "SSH\r\n")"),
            std::string::npos);
  EXPECT_NE(text(summary).find("no reply came to its end for 15.0 s, so the last 1,234 requests"),
            std::string::npos);
  EXPECT_NE(to_json(summary).find(R"(why: \"SSH\\r\\n\")"), std::string::npos);
}

TEST(SummaryText, SaysHowLongItWarmedUpAndWhatHeldTheClientUp) {
  Summary summary = closed_loop(900);
  summary.warm_up = milliseconds(2340);
  summary.longest_gap = milliseconds(112);
  summary.threads[0].waiting = milliseconds(300);
  EXPECT_NE(text(summary).find(
                "  warm-up    2.34 s\n"
                "  client     3.33 ms of CPU per request; its thread used 30 % of a core, waiting\n"
                "             for one 3.0 %; it stood still for up to 112 ms\n"),
            std::string::npos)
      << text(summary);
  EXPECT_EQ(text(summary).find("warning"), std::string::npos);
  summary.is_steady = false;
  EXPECT_NE(text(summary).find("warning    the load was not steady yet"), std::string::npos)
      << text(summary);
}

TEST(SummaryText, CountsTheRequestsOfAMixApart) {
  Summary summary = closed_loop(900);
  summary.part_names = {"GET /a", "POST /b"};
  summary.tally.parts.resize(2);
  summary.tally.parts[0].requests = 720;
  summary.tally.parts[1].requests = 180;
  summary.tally.parts[1].errors.add(ErrorKind::status, 2);
  EXPECT_NE(text(summary).find("  mix        GET /a: 720 right, errors none\n"
                               "             POST /b: 180 right, errors 2: status 2\n"),
            std::string::npos)
      << text(summary);
}

TEST(SummaryText, OfAnOpenLoop) {
  Summary summary = closed_loop(900);
  summary.connections = 64;
  summary.pipeline = 4;
  summary.asked = Rate{.per_second = 90, .per_second_at_end = 90, .arrivals = Arrivals::poisson};
  summary.offered = 90;
  summary.ceiling = 50'000;
  summary.threads.push_back({.cpu = seconds(2), .spinning = seconds(1), .wall = seconds(10)});
  summary.tally.wire_latency = of(900, microseconds(990));
  summary.tally.first_byte = of(900, microseconds(500));
  summary.tally.lag = of(900, microseconds(10));
  summary.tally.closed = 4;
  summary.tally.resent = 3;
  summary.tally.errors.add(ErrorKind::timeout, 2);
  summary.tally.errors.add(ErrorKind::short_reply);
  EXPECT_EQ(text(summary),
            "  90.0 requests/s   of 90.0 asked for, at random (Poisson)\n"
            "                    64 connections, 2 threads, 10.0 s, pipelined by 4\n"
            "\n"
            "                 mean      p50      p90      p99    p99.9   p99.99      max\n"
            "  from due    1.00 ms  1.00 ms        -        -        -        -  1.00 ms\n"
            "  on the wire  990 us   990 us        -        -        -        -   990 us\n"
            "  first byte   500 us   500 us        -        -        -        -   500 us\n"
            "  sent late   10.0 us  10.0 us        -        -        -        -  10.0 us\n"
            "\n"
            "  replies    900 right, 90.0 kB received\n"
            "  status     200 x 900\n"
            "  errors     3: timeout 2, short 1\n"
            "  closed     4 connections that were to be kept, by the server\n"
            "  resent     3 after the server had closed a kept connection\n"
            "  client     5.54 ms of CPU per request; its threads used 30 %, 20 % of a core,\n"
            "             and spun 0 %, 10 %; 0.2 % of its ceiling, 50,000 requests/s\n"
            "\n"
            "  warning    3 of 903 requests failed; the rate counts right replies only\n"
            "  warning    3 of 903 requests were sent a second time, as the server ended a\n"
            "             kept connection before it answered; if it should not do so, look\n"
            "             into its log\n");
}

TEST(SummaryText, GivesAPercentileThatJustAHundredRequestsLieBeyond) {
  EXPECT_NE(text(closed_loop(10'000)).find("1.00 ms  1.00 ms  1.00 ms  1.00 ms        -"),
            std::string::npos);
  EXPECT_NE(text(closed_loop(9999)).find("1.00 ms  1.00 ms  1.00 ms        -        -"),
            std::string::npos);
}

TEST(SummaryText, StaysWithinEightyColumns) {
  Summary summary = closed_loop(1'000'000);
  summary.offered = 1'000'000;
  summary.cut = true;
  summary.threads.assign(32, {.cpu = seconds(9), .wall = seconds(10)});
  for (std::size_t kind = 0; kind < error_kinds; ++kind) {
    summary.tally.errors.add(static_cast<ErrorKind>(kind), 123'456);
  }
  for (std::size_t status = 400; status < 420; ++status) summary.tally.statuses.at(status) = 12'345;
  const std::string shown = text(summary);
  for (std::size_t begin = 0; begin < shown.size();) {
    const std::size_t end = shown.find('\n', begin);
    EXPECT_LE(end - begin, 80U) << shown.substr(begin, end - begin);
    begin = end + 1;
  }
}

}  // namespace
}  // namespace assay::load
