#include "harness/load/pace/steadiness.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <span>

#include <gtest/gtest.h>

#include "harness/load/histogram/histogram.h"
#include "harness/statistics/random_stream.h"

namespace assay::load {
namespace {

Seconds of(std::initializer_list<std::uint64_t> counts) {
  Seconds seconds;
  for (const std::uint64_t count : counts) seconds.push_back({count, 0, {}});
  return seconds;
}

TEST(Steadiness, IsThatOfARateThatStaysTheSame) {
  EXPECT_FALSE(unsteady_halves(of({1000, 1010, 990, 1000, 1005, 995, 1000, 1000, 1000, 1000})));
}

TEST(Steadiness, SeesAStep) {
  const auto halves = unsteady_halves(of({900, 900, 900, 900, 950, 1000, 1000, 1000, 1000, 7}));
  ASSERT_TRUE(halves);
  EXPECT_DOUBLE_EQ(halves->first, 900);
  EXPECT_DOUBLE_EQ(halves->second, 1000);
}

TEST(Steadiness, SeesADrift) {
  EXPECT_TRUE(
      unsteady_halves(of({8000, 8200, 8400, 8600, 8800, 9000, 9200, 9400, 9600, 9800, 10'000, 7})));
}

TEST(Steadiness, LetsADifferenceOfFivePercentPass) {
  EXPECT_FALSE(
      unsteady_halves(of({95'000, 95'000, 95'000, 95'000, 100'000, 100'000, 100'000, 100'000, 0})));
  EXPECT_TRUE(
      unsteady_halves(of({94'900, 94'900, 94'900, 94'900, 100'000, 100'000, 100'000, 100'000, 0})));
}

// 8 seconds of 100 and of 125: four standard errors of chance are 4 x sqrt(225 / 4) = 30.
TEST(Steadiness, TakesNoDifferenceSeriouslyThatChanceMakes) {
  EXPECT_FALSE(unsteady_halves(of({100, 100, 100, 100, 125, 125, 125, 125, 0})));
  EXPECT_TRUE(unsteady_halves(of({100, 100, 100, 100, 135, 135, 135, 135, 0})));
}

TEST(Steadiness, ForgivesOneSlowSecond) {
  EXPECT_FALSE(unsteady_halves(
      of({10'000, 10'000, 3000, 10'000, 10'000, 10'000, 10'000, 10'000, 10'000, 10'000})));
}

TEST(Steadiness, IsNotJudgedByFewSecondsOrByTheLast) {
  EXPECT_FALSE(unsteady_halves(of({100, 100, 100, 100, 900, 900, 900, 900})));
  EXPECT_FALSE(unsteady_halves(of({})));
  EXPECT_FALSE(unsteady_halves(of({9000, 9000, 9000, 9000, 9000, 9000, 9000, 9000, 90'000})));
}

// All of a slice's replies took `us`.
Second slice(std::uint64_t requests, std::int64_t us) {
  Histogram latency;
  latency.record(std::chrono::microseconds(us), requests);
  return {requests, 0, latency.compact()};
}

bool alike(std::initializer_list<Second> slices) { return are_alike(std::span(slices)); }

TEST(Slices, AreAlikeWithinTwoPercentOfTheRate) {
  EXPECT_TRUE(alike({slice(98'000, 1000), slice(100'000, 1000), slice(99'000, 1000)}));
  EXPECT_FALSE(alike({slice(97'900, 1000), slice(100'000, 1000), slice(99'000, 1000)}));
  EXPECT_FALSE(alike({slice(100'000, 1000), slice(99'000, 1000), slice(97'900, 1000)}));
}

// 1000 - 1.66 x sqrt(1000) = 947.5; 900 + 1.66 x sqrt(900) = 949.8; 890 + 49.5 = 939.5.
TEST(Slices, AreAlikeWhereTheirCountsDifferByChance) {
  EXPECT_TRUE(alike({slice(1000, 1000), slice(950, 1000), slice(900, 1000)}));
  EXPECT_FALSE(alike({slice(1000, 1000), slice(950, 1000), slice(890, 1000)}));
}

TEST(Slices, AreAlikeWithinFivePercentOfTheMedianLatency) {
  EXPECT_TRUE(alike({slice(100'000, 9550), slice(100'000, 10'000), slice(100'000, 9800)}));
  EXPECT_FALSE(alike({slice(100'000, 9400), slice(100'000, 10'000), slice(100'000, 9800)}));
}

// From `first` to `first` + 8 ms in even steps, so many of each: the median is 4 ms later.
Second spread_slice(int first_ms, std::uint64_t each) {
  Histogram latency;
  for (int step = 0; step <= 8; ++step) {
    latency.record(std::chrono::milliseconds(first_ms + step), each);
  }
  return {9 * each, 0, latency.compact()};
}

// Of nine each, at 5 and 6 ms, the median may lie 2.5 places off; of 9,000 it may not.
TEST(Slices, AreAlikeWhereTheirMediansDifferByChance) {
  EXPECT_TRUE(alike({spread_slice(1, 1), spread_slice(2, 1)}));
  EXPECT_FALSE(alike({spread_slice(1, 1000), spread_slice(2, 1000)}));
}

TEST(Slices, WithoutARightReplyAreLikeNoOther) {
  EXPECT_FALSE(alike({slice(0, 1), slice(0, 1), slice(0, 1)}));
  EXPECT_FALSE(alike({slice(1, 1), slice(0, 1), slice(1, 1)}));
  EXPECT_TRUE(alike({slice(1, 1), slice(1, 1), slice(1, 1)}));
  EXPECT_FALSE(alike({}));
}

double normal(statistics::RandomStream& stream) {
  double sum = -6;  // of twelve even numbers, within a few thousandths of the bell as far as here
  for (int part = 0; part < 12; ++part) sum += stream.below(1'000'000) / 1e6;
  return sum;
}

// Seconds that scatter by a share of the rate, each on its own; seeded, so always the same runs.
int alarms_of(double rate, double scatter, std::size_t seconds, double step) {
  constexpr int runs = 10'000;
  statistics::RandomStream stream(20'261'122);
  int alarms = 0;
  for (int run = 0; run < runs; ++run) {
    Seconds all(seconds + 1);
    for (std::size_t number = 0; number < seconds; ++number) {
      const double mean = number < seconds / 2 ? rate : rate * (1 - step);
      const double spread = std::sqrt(mean + std::pow(scatter * mean, 2));
      all[number].requests =
          static_cast<std::uint64_t>(std::max(0.0, mean + spread * normal(stream)));
    }
    if (unsteady_halves(all)) ++alarms;
  }
  return alarms;
}

TEST(Steadiness, RarelyAlarmsOfARunThatIsSteadyButNoisy) {
  for (const double rate : {50.0, 1000.0, 50'000.0}) {
    for (const double scatter : {0.0, 0.03, 0.10, 0.30}) {
      for (const std::size_t seconds : {8, 10, 30}) {
        EXPECT_LT(alarms_of(rate, scatter, seconds, 0), 100)
            << rate << " requests/s, scatter " << scatter << ", " << seconds << " s";
      }
    }
  }
}

// Three slices that differ by chance alone: the range that each is granted is that of 19 in 20.
TEST(Slices, ThatDifferByChanceAreMostlyAlike) {
  statistics::RandomStream stream(20'261'129);
  int alike_runs = 0;
  for (int run = 0; run < 10'000; ++run) {
    Seconds slices;
    for (int count = 0; count < 3; ++count) {
      const double requests = 1000 + std::sqrt(1000) * normal(stream);
      slices.push_back(slice(static_cast<std::uint64_t>(requests), 1000));
    }
    if (are_alike(slices)) ++alike_runs;
  }
  EXPECT_NEAR(alike_runs, 9500, 100);
}

TEST(Steadiness, MostlySeesAStepOfATenth) {
  EXPECT_GT(alarms_of(50'000, 0.01, 10, 0.10), 9900);
  EXPECT_GT(alarms_of(50'000, 0.03, 30, 0.10), 9900);
}

}  // namespace
}  // namespace assay::load
