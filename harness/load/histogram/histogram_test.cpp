#include "harness/load/histogram/histogram.h"

#include <utility>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

// The answers are those of the Python package hdrhistogram for (1, 3,600,000,000,000, 3).
TEST(Histogram, RecordsAValueAsOftenAsItCame) {
  Histogram once;
  Histogram at_once;
  for (int time = 0; time < 5; ++time) once.record(nanoseconds(123'456'789));
  at_once.record(nanoseconds(123'456'789), 5);
  at_once.record(nanoseconds(7), 0);
  EXPECT_EQ(at_once.compact(), once.compact());
}

TEST(Histogram, HasTheLayoutOfAnHdrHistogram) {
  EXPECT_EQ(Histogram().counts().size(), 33792U);
  for (const auto& [value, index, highest] : {std::tuple{0UL, 0UL, 0UL},
                                              {1UL, 1UL, 1UL},
                                              {1023UL, 1023UL, 1023UL},
                                              {1024UL, 1024UL, 1024UL},
                                              {2047UL, 2047UL, 2047UL},
                                              {2048UL, 2048UL, 2049UL},
                                              {2049UL, 2048UL, 2049UL},
                                              {4095UL, 3071UL, 4095UL},
                                              {4096UL, 3072UL, 4099UL},
                                              {1000000UL, 11169UL, 1000447UL},
                                              {123456789UL, 18267UL, 123469823UL},
                                              {3600000000000UL, 33420UL, 3601330077695UL}}) {
    EXPECT_EQ(Histogram::index_of(value), index) << value;
    EXPECT_EQ(Histogram::highest_at(index), highest) << value;
  }
}

TEST(Histogram, GivesThePercentilesThatHdrHistogramGives) {
  Histogram histogram;
  std::int64_t x = 1;
  for (int sample = 0; sample < 10'000; ++sample) {
    x = (x * 48271) % 2147483647;
    histogram.record(nanoseconds(x % 5'000'000 + 1));
  }
  EXPECT_EQ(histogram.percentile(0.50), nanoseconds(2492415));
  EXPECT_EQ(histogram.percentile(0.90), nanoseconds(4513791));
  EXPECT_EQ(histogram.percentile(0.99), nanoseconds(4947967));
  EXPECT_EQ(histogram.percentile(0.999), nanoseconds(4997119));
}

TEST(Histogram, IsExactBelowTwoThousandNanoseconds) {
  Histogram histogram;
  for (int latency = 1; latency <= 1000; ++latency) histogram.record(nanoseconds(latency));
  EXPECT_EQ(histogram.percentile(0), nanoseconds(1));
  EXPECT_EQ(histogram.percentile(0.001), nanoseconds(1));
  EXPECT_EQ(histogram.percentile(0.5), nanoseconds(500));
  EXPECT_EQ(histogram.percentile(0.5001), nanoseconds(501));
  EXPECT_EQ(histogram.percentile(0.99), nanoseconds(990));
  EXPECT_EQ(histogram.percentile(1), nanoseconds(1000));
  EXPECT_DOUBLE_EQ(histogram.mean_ns(), 500.5);
}

TEST(Histogram, KeepsTheExtremesAndTheMeanExactly) {
  Histogram histogram;
  histogram.record(nanoseconds(123'456'789));
  histogram.record(nanoseconds(223'456'789));
  EXPECT_EQ(histogram.min(), nanoseconds(123'456'789));
  EXPECT_EQ(histogram.max(), nanoseconds(223'456'789));
  EXPECT_DOUBLE_EQ(histogram.mean_ns(), 173'456'789);
  EXPECT_EQ(histogram.percentile(1), nanoseconds(223'456'789));
}

TEST(Histogram, SaysNothingOfNothing) {
  const Histogram histogram;
  EXPECT_EQ(histogram.count(), 0U);
  EXPECT_EQ(histogram.min(), nanoseconds(0));
  EXPECT_EQ(histogram.max(), nanoseconds(0));
  EXPECT_EQ(histogram.percentile(0.99), nanoseconds(0));
  EXPECT_DOUBLE_EQ(histogram.mean_ns(), 0);
}

TEST(Histogram, CountsWhatIsOutOfRangeAtTheEdges) {
  Histogram histogram;
  histogram.record(nanoseconds(-5));
  histogram.record(hours(2));
  EXPECT_EQ(histogram.count(), 2U);
  EXPECT_EQ(histogram.min(), nanoseconds(0));
  EXPECT_EQ(histogram.max(), nanoseconds(hours(1)));
}

TEST(Histogram, MergesIntoWhatOneWouldHaveRecorded) {
  Histogram one;
  Histogram other;
  Histogram both;
  for (int latency = 1; latency <= 500; ++latency) {
    one.record(milliseconds(latency));
    other.record(nanoseconds(latency));
    both.record(milliseconds(latency));
    both.record(nanoseconds(latency));
  }
  one.merge(other);
  EXPECT_EQ(one.counts(), both.counts());
  EXPECT_EQ(one.count(), 1000U);
  EXPECT_EQ(one.min(), nanoseconds(1));
  EXPECT_EQ(one.max(), milliseconds(500));
  EXPECT_DOUBLE_EQ(one.mean_ns(), both.mean_ns());
}

TEST(Histogram, IsAsNewOnceCleared) {
  Histogram histogram;
  histogram.record(milliseconds(1));
  histogram.clear();
  EXPECT_EQ(histogram.count(), 0U);
  histogram.record(milliseconds(3));
  EXPECT_EQ(histogram.min(), milliseconds(3));
}

TEST(Histogram, GivesAPercentileOnlyWithAHundredBeyondIt) {
  Histogram histogram;
  for (int i = 0; i < 9'999; ++i) histogram.record(nanoseconds(i < 9'900 ? 10 : 20));
  EXPECT_EQ(histogram.all_but_one_in(100), std::nullopt);
  histogram.record(nanoseconds(20));
  EXPECT_EQ(histogram.all_but_one_in(100), nanoseconds(10));
  EXPECT_EQ(histogram.all_but_one_in(10), nanoseconds(10));
  EXPECT_EQ(histogram.all_but_one_in(1000), std::nullopt);
}

}  // namespace
}  // namespace assay::load
