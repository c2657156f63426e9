#include "harness/load/summary/percentile_plot.h"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

using std::chrono::microseconds;

// 100,000 latencies: evenly from 1 to 1000 us.
Histogram even() {
  Histogram histogram;
  for (int count = 0; count < 100'000; ++count) histogram.record(microseconds(1 + count / 100));
  return histogram;
}

// 1 % takes 100 ms, all others 1 ms.
Histogram two_valued() {
  Histogram histogram;
  for (int count = 0; count < 100'000; ++count) {
    histogram.record(microseconds(count < 99'000 ? 1000 : 100'000));
  }
  return histogram;
}

std::string plot(std::initializer_list<Curve> curves, Glyphs glyphs = Glyphs::ascii) {
  return "\n" + percentile_plot(std::vector<Curve>(curves), glyphs);
}

// The step lies at p99: (2 - log10(2)) / (3 - log10(2)) of 53 columns after the first, at the 33rd.
TEST(PercentilePlot, ShowsAStepWhereItIs) {
  EXPECT_EQ(plot({{"", two_valued()}}), R"(
     100 ms +                                  ********************
            |                                  *
    30.0 ms +                                  *
            |                                  *
    10.0 ms +                                  *
            |                                  *
    3.00 ms +                                  *
    1.00 ms +***********************************
            ++-------------+------------------+-------------------+
             p50          p90                p99                 p99.9
)");
}

TEST(PercentilePlot, GrowsEvenlyFromZeroWhereTheTailIsShort) {
  EXPECT_EQ(plot({{"", even()}}), R"(
    1.00 ms +             *****************************************
            |       *******
            |   *****
            |****
     500 us +
            |
            |
          0 +
            ++-------------+------------------+-------------------+
             p50          p90                p99                 p99.9
)");
}

TEST(PercentilePlot, NamesTwoCurvesAtTheirEnds) {
  EXPECT_EQ(plot({{"from due", two_valued()}, {"on the wire", even()}}), R"(
     100 ms +                                  ******************** from due
    30.0 ms +                                  *
            |                                  *
    10.0 ms +                                  *
            |                                  *
    3.00 ms +                                  *
    1.00 ms +*********************************** . . . . . . . . .  on the wire
            |. . . . . . . .
            ++-------------+------------------+-------------------+
             p50          p90                p99                 p99.9
)");
}

TEST(PercentilePlot, IsFinerInBraille) {
  EXPECT_EQ(plot({{"from due", two_valued()}, {"on the wire", even()}}, Glyphs::unicode), R"(
     100 ms ┤                                  ⡏⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉ from due
    30.0 ms ┤                                  ⡇
            │                                  ⡇
    10.0 ms ┤                                  ⡇
            │                                  ⡇
    3.00 ms ┤                                  ⡇
    1.00 ms ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣇ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀  on the wire
            │⡀⠠ ⠂⠐ ⠂⠈ ⠁⠈ ⠁⠈
            └┴─────────────┴──────────────────┴───────────────────┴
             p50          p90                p99                 p99.9
)");
}

TEST(PercentilePlot, GivesCurvesThatEndAlikeALineEach) {
  const std::string shown = plot({{"from due", even()}, {"on the wire", even()}});
  EXPECT_NE(shown.find("* from due\n"), std::string::npos) << shown;
  EXPECT_NE(shown.find("  on the wire\n"), std::string::npos) << shown;
}

TEST(PercentilePlot, IsNotDrawnOfFewLatenciesOrOfNone) {
  Histogram histogram;
  EXPECT_EQ(percentile_plot(std::array{Curve{"", histogram}}, Glyphs::ascii), "");
  for (int count = 0; count < 999; ++count) histogram.record(microseconds(1 + count));
  EXPECT_EQ(percentile_plot(std::array{Curve{"", histogram}}, Glyphs::ascii), "");
  histogram.record(microseconds(1000));
  EXPECT_NE(percentile_plot(std::array{Curve{"", histogram}}, Glyphs::ascii), "");
}

// Whatever was recorded: equal latencies, none above 0, a second curve of nothing, an hour.
TEST(PercentilePlot, StaysWithinItsColumns) {
  Histogram zeros;
  Histogram wide;
  const Histogram nothing;
  for (int count = 0; count < 20'000; ++count) {
    zeros.record(nanoseconds(0));
    wide.record(nanoseconds(1) * (std::int64_t{1} << count % 42));
  }
  EXPECT_EQ(plot({{"", zeros}}), "\n");
  for (const std::string& shown :
       {plot({{"from due", wide}, {"on the wire", nothing}}),
        plot({{"from due", wide}, {"on the wire", zeros}}), plot({{"", wide}})}) {
    for (std::size_t begin = 0; begin < shown.size();) {
      const std::size_t end = shown.find('\n', begin);
      EXPECT_LE(end - begin, 80U) << shown;
      begin = end + 1;
    }
  }
}

}  // namespace
}  // namespace assay::load
