#include "harness/lab/trial/capacity_search.h"

#include <chrono>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

TEST(CapacitySearch, FindsTheHighestRateThatIsKeptWithinItsPrecision) {
  for (const double capacity : {3.0, 480.0, 700.0, 999.0}) {
    const auto found =
        highest_rate(1000, {}, [&](double rate) { return std::optional(rate <= capacity); });
    ASSERT_TRUE(found) << capacity;
    EXPECT_LE(*found, capacity);
    EXPECT_GE(*found, capacity * 0.98 - 1000 * std::pow(0.5, 14)) << capacity;
  }
}

TEST(CapacitySearch, FindsNoneWhereNoneIsKept) {
  int probes = 0;
  EXPECT_FALSE(highest_rate(1000, {0.02, 9}, [&](double) {
    ++probes;
    return std::optional(false);
  }));
  EXPECT_EQ(probes, 9);
}

TEST(CapacitySearch, EndsWhenItIsCalledOff) {
  int probes = 0;
  EXPECT_FALSE(highest_rate(1000, {}, [&](double) {
    ++probes;
    return probes < 3 ? std::optional(true) : std::nullopt;
  }));
  EXPECT_EQ(probes, 3);
}

TEST(CapacitySearch, ConfirmsTheRateItselfOrTheFirstBelowItThatIsKept) {
  std::vector<double> asked;
  const auto kept_up_to = [&](double capacity) {
    asked.clear();
    return confirmed_rate(1000, [&, capacity](double rate) {
      asked.push_back(rate);
      return std::optional(rate <= capacity);
    });
  };
  EXPECT_EQ(kept_up_to(1000), 1000);
  EXPECT_EQ(asked.size(), 1U);
  EXPECT_DOUBLE_EQ(kept_up_to(945).value_or(0), 1000 * 0.97 * 0.97);
  EXPECT_EQ(asked.size(), 3U);
  EXPECT_FALSE(kept_up_to(800)) << "one that is so far below was not found";
  EXPECT_EQ(asked.size(), 5U);
}

TEST(CapacitySearch, ConfirmsNothingWhenItIsCalledOff) {
  EXPECT_FALSE(confirmed_rate(1000, [](double) -> std::optional<bool> { return std::nullopt; }));
}

// A second of an open loop at 2000 requests a second, all of them answered within 5 ms.
load::Summary kept_load() {
  load::Summary summary;
  summary.duration = std::chrono::seconds(1);
  summary.asked = load::Rate{2000, 2000, load::Arrivals::poisson};
  summary.offered = 2000;
  summary.connections = 100;
  summary.tally.requests = 2000;
  for (int i = 0; i < 2000; ++i) summary.tally.latency.record(std::chrono::milliseconds(5));
  return summary;
}

TEST(CapacitySearch, TakesARateForKeptWithinItsLimitAndWithFewErrors) {
  EXPECT_TRUE(is_kept(kept_load(), 6));
  EXPECT_FALSE(is_kept(kept_load(), 4));
  load::Summary summary = kept_load();
  for (int i = 0; i < 2; ++i) summary.tally.errors.add(load::ErrorKind::timeout);
  EXPECT_TRUE(is_kept(summary, 6)) << "2 of 2002 are no more than one in a thousand";
  summary.tally.errors.add(load::ErrorKind::timeout);
  EXPECT_FALSE(is_kept(summary, 6));
}

// Arrivals by chance: 2000 are expected, and their standard deviation is 45.
TEST(CapacitySearch, TakesARateForKeptWhereFewerCameByChanceAndNotWhereTheServerFellBehind) {
  load::Summary summary = kept_load();
  summary.tally.requests = 1930;
  EXPECT_TRUE(is_kept(summary, 6)) << "all that were due were answered";
  summary.tally.requests = 1700;
  EXPECT_FALSE(is_kept(summary, 6)) << "so few do not come by chance";
  summary = kept_load();
  summary.offered = 5;
  summary.tally = {};
  EXPECT_FALSE(is_kept(summary, 6)) << "none came, which shows nothing";
}

}  // namespace
}  // namespace assay::lab
