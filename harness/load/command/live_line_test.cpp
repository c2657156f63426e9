#include "harness/load/command/live_line.h"

#include <optional>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Seconds of 41,237 requests: 40,000 in 400 us, the others in 2 ms.
Second busy_second() {
  Histogram latency;
  for (int count = 0; count < 40'000; ++count) latency.record(std::chrono::microseconds(400));
  for (int count = 0; count < 1237; ++count) latency.record(milliseconds(2));
  return {41'237, 0, latency.compact()};
}

Job ten_seconds() {
  Job job;
  job.duration = seconds(10);
  return job;
}

constexpr Screen plain{Glyphs::ascii, false};

TEST(LiveLine, IsAsWideAsTheTerminal) {
  const Seconds none;
  const Progress progress{.elapsed = milliseconds(5000), .requests = 20'000, .seconds = none};
  const auto line = [&](std::size_t columns) {
    return live_line(progress, ten_seconds(), {Glyphs::ascii, false, columns});
  };
  EXPECT_EQ(
      line(100),
      "   5.0 of 10 s ##############..............    4,000/s  p50       -  p99       -  0 errors"
      "  cpu  0%");
  EXPECT_EQ(line(100).size(), 99U);
  EXPECT_EQ(line(60), "   5.0 of 10 s    4,000/s  p50       -  p99       -");
  EXPECT_EQ(line(20), "   5.0 of 10 s");
  EXPECT_EQ(line(9), "   5.0 o");
  EXPECT_EQ(line(0).size(), 1U);
}

TEST(LiveLine, ShowsTheLastSecond) {
  const Seconds seconds_{{1, 0, {}}, busy_second()};
  const Progress progress{
      .elapsed = milliseconds(2520), .requests = 103'000, .client_cpu = 0.61, .seconds = seconds_};
  EXPECT_EQ(live_line(progress, ten_seconds(), plain),
            "   2.5 of 10 s ##......   41,237/s  p50  400 us  p99 2.00 ms  0 errors  cpu 61%");
}

TEST(LiveLine, ShowsTheRateSoFarUntilASecondIsOver) {
  const Seconds none;
  const Progress progress{.elapsed = milliseconds(500), .requests = 20'000, .seconds = none};
  EXPECT_EQ(live_line(progress, ten_seconds(), plain),
            "   0.5 of 10 s ........   40,000/s  p50       -  p99       -  0 errors  cpu  0%");
}

TEST(LiveLine, GivesNoPercentileOfAHandful) {
  Histogram latency;
  for (int count = 0; count < 99; ++count) latency.record(milliseconds(5));
  const Seconds seconds_{{99, 0, latency.compact()}};
  const Progress progress{.elapsed = seconds(1), .seconds = seconds_};
  EXPECT_NE(live_line(progress, ten_seconds(), plain).find("p50 5.00 ms  p99       -  "),
            std::string::npos);
}

TEST(LiveLine, TellsTheWarmUpApart) {
  const Seconds none;
  Job job = ten_seconds();
  job.warm_up = seconds(2);
  EXPECT_EQ(
      live_line({.elapsed = milliseconds(1500), .requests = 1500, .seconds = none}, job, plain)
          .substr(0, 27),
      "  warming up 1.5 of 2 s    ");
  EXPECT_EQ(
      live_line({.elapsed = milliseconds(7000), .requests = 7000, .seconds = none}, job, plain)
          .substr(0, 26),
      "   5.0 of 10 s ####....   ");
  EXPECT_EQ(live_line({.elapsed = seconds(99), .requests = 7000, .seconds = none}, job, plain)
                .substr(0, 26),
            "  10.0 of 10 s ########   ");
}

TEST(LiveLine, SaysHowLongAWarmUpMayGoOn) {
  const Seconds none;
  Job job = ten_seconds();
  job.warm_up = seconds(2);
  job.warm_up_most = seconds(20);
  const auto line = [&](nanoseconds elapsed, std::optional<nanoseconds> warm_up) {
    return live_line({.elapsed = elapsed, .seconds = none, .warm_up = warm_up}, job, plain);
  };
  EXPECT_EQ(line(seconds(3), std::nullopt).substr(0, 33), "  warming up  3.0 of at most 20 s");
  EXPECT_EQ(line(seconds(3), milliseconds(3050)).substr(0, 33),
            "  warming up  3.0 of at most 20 s");
  EXPECT_EQ(line(milliseconds(4050), milliseconds(3050)).substr(0, 14), "   1.0 of 10 s");
}

TEST(LiveLine, CountsRequestsWhereSoManyWereAskedFor) {
  const Seconds none;
  Job job;
  job.requests = 50'000;
  const Progress progress{.elapsed = seconds(2), .requests = 9990, .errors = 10, .seconds = none};
  EXPECT_EQ(live_line(progress, job, plain),
            "  10,000 of 50,000    4,995/s  p50       -  p99       -  10 errors  cpu  0%");
}

TEST(LiveLine, IsDrawnInOneLineOfUnicodeToo) {
  const Seconds seconds_{busy_second()};
  const Progress progress{.elapsed = milliseconds(5000), .requests = 1, .seconds = seconds_};
  EXPECT_EQ(live_line(progress, ten_seconds(), {Glyphs::unicode, false}),
            "   5.0 of 10 s ━━━━╌╌╌╌   41,237/s  p50  400 us  p99 2.00 ms  0 errors  cpu  0%");
}

TEST(LiveLine, ColoursWhatIsWrongIfItMay) {
  const Seconds seconds_{busy_second()};
  const Progress progress{.elapsed = milliseconds(5000),
                          .requests = 1,
                          .errors = 1,
                          .client_cpu = 0.97,
                          .seconds = seconds_};
  const std::string coloured = live_line(progress, ten_seconds(), {Glyphs::ascii, true});
  EXPECT_NE(coloured.find("  \x1b[31m1 error\x1b[0m  \x1b[33mcpu 97%\x1b[0m"), std::string::npos);
  EXPECT_EQ(live_line(progress, ten_seconds(), plain).find('\x1b'), std::string::npos);
}

TEST(LiveLine, NeverFillsTheScreen) {
  const Seconds seconds_{busy_second()};
  Job job;
  job.requests = 18'000'000'000'000'000'000U;
  const Progress progress{.elapsed = seconds(100'000),
                          .requests = 123'456'789'012,
                          .errors = 1'234'567'890,
                          .client_cpu = 1,
                          .seconds = seconds_};
  EXPECT_LE(live_line(progress, job, plain).size(), 79U);
}

}  // namespace
}  // namespace assay::load
