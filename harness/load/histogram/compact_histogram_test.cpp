#include "harness/load/histogram/compact_histogram.h"

#include <gtest/gtest.h>

#include "harness/load/histogram/histogram.h"
#include "harness/load/histogram/second.h"

namespace assay::load {
namespace {

CompactHistogram of(std::initializer_list<int> latencies_us) {
  Histogram histogram;
  for (const int latency : latencies_us) histogram.record(std::chrono::microseconds(latency));
  return histogram.compact();
}

TEST(CompactHistogram, HoldsThePlacesThatAreNotEmpty) {
  const CompactHistogram histogram = of({1, 1, 2});
  EXPECT_EQ(histogram.places, (std::vector<CompactHistogram::Place>{{1000, 2}, {2000, 1}}));
  EXPECT_EQ(histogram.count, 3U);
  EXPECT_EQ(histogram.sum_ns, 4000U);
  EXPECT_EQ(histogram.min_ns, 1000U);
  EXPECT_EQ(histogram.max_ns, 2000U);
}

// 32 places of a power of two: between 2^20 and 2^21 ns they are 1,024 ns wide each.
TEST(CompactHistogram, IsThinnedToFewerPlacesWithTheSamePercentiles) {
  Histogram histogram;
  for (int i = 0; i < 100'000; ++i) histogram.record(nanoseconds(1'048'576 + i * 10));
  const CompactHistogram whole = histogram.compact();
  const CompactHistogram thin = thinned(whole);
  EXPECT_EQ(whole.places.size(), 977U);
  EXPECT_LE(thin.places.size(), 31U + 1 + 2 * 5);
  EXPECT_EQ(thin.count, whole.count);
  EXPECT_EQ(thin.sum_ns, whole.sum_ns);
  EXPECT_EQ(thin.min_ns, whole.min_ns);
  EXPECT_EQ(thin.max_ns, whole.max_ns);
  EXPECT_EQ(thin.places.front().index, whole.places.front().index);
  EXPECT_EQ(thin.places.back().index, whole.places.back().index);
  std::uint64_t counted = 0;
  for (const CompactHistogram::Place& place : thin.places) counted += place.count;
  EXPECT_EQ(counted, 100'000U);
  for (const std::uint64_t one_in : {2, 10, 100, 1000}) {
    EXPECT_EQ(thin.all_but_one_in(one_in), whole.all_but_one_in(one_in)) << one_in;
  }
  for (const double q : {0.1, 0.25, 0.75, 0.95}) {
    const double ratio = static_cast<double>(thin.percentile(q).count()) /
                         static_cast<double>(whole.percentile(q).count());
    EXPECT_GE(ratio, 1) << q;
    EXPECT_LE(ratio, 1 + 1.0 / 32) << q;
  }
  EXPECT_EQ(thinned(of({})), of({}));
  EXPECT_EQ(thinned(of({1, 1, 3})).places, of({1, 1, 3}).places);
}

TEST(CompactHistogram, MergesIntoWhatOneWouldHaveHeld) {
  for (const auto& [one, other, both] : {std::tuple{of({1, 3}), of({2}), of({1, 2, 3})},
                                         {of({1, 2}), of({2, 9}), of({1, 2, 2, 9})},
                                         {of({}), of({5}), of({5})},
                                         {of({5}), of({}), of({5})},
                                         {of({}), of({}), of({})}}) {
    CompactHistogram merged = one;
    merged.merge(other);
    EXPECT_EQ(merged, both);
  }
}

TEST(CompactHistogram, GivesThePercentilesThatTheWholeOneGives) {
  Histogram histogram;
  for (int latency = 1; latency <= 20'000; ++latency) histogram.record(nanoseconds(latency * 37));
  const CompactHistogram compact = histogram.compact();
  for (const double q : {0.0, 0.001, 0.5, 0.9, 0.99, 0.9999, 1.0}) {
    EXPECT_EQ(compact.percentile(q), histogram.percentile(q)) << q;
  }
  EXPECT_EQ(compact.all_but_one_in(200), histogram.all_but_one_in(200));
  EXPECT_EQ(compact.all_but_one_in(201), std::nullopt);
  EXPECT_EQ(of({}).percentile(0.5), nanoseconds(0));
}

TEST(Seconds, AreMergedByTheirNumber) {
  Seconds seconds{{10, 1, of({1})}, {20, 2, of({2})}};
  merge(seconds, {{1, 0, of({1})}, {2, 0, of({3})}, {3, 4, of({5})}});
  ASSERT_EQ(seconds.size(), 3U);
  EXPECT_EQ(seconds[0].requests, 11U);
  EXPECT_EQ(seconds[1].latency, of({2, 3}));
  EXPECT_EQ(seconds[2].errors, 4U);
}

}  // namespace
}  // namespace assay::load
