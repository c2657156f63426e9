#include "harness/load/pace/warm_up.h"

#include <cstdint>
#include <initializer_list>

#include <gtest/gtest.h>

#include "harness/load/histogram/histogram.h"

namespace assay::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Job job_of(nanoseconds warm_up, nanoseconds most) {
  Job job;
  job.warm_up = warm_up;
  job.warm_up_most = most;
  return job;
}

Seconds slices(std::initializer_list<std::uint64_t> counts) {
  Seconds slices;
  for (const std::uint64_t count : counts) {
    Histogram latency;
    latency.record(milliseconds(1), count);
    slices.push_back({count, 0, latency.compact()});
  }
  return slices;
}

TEST(WarmUp, IsSlicedIntoSecondsOrThirdsOrTenths) {
  EXPECT_EQ(slice_of(job_of(seconds(30), seconds(60))), seconds(1));
  EXPECT_EQ(slice_of(job_of(milliseconds(1500), seconds(60))), milliseconds(500));
  EXPECT_EQ(slice_of(job_of(seconds(0), seconds(60))), milliseconds(100));
}

TEST(WarmUp, HasAFixedLengthUnlessToldOtherwiseAndInARunOfNRequests) {
  Job job = job_of(seconds(3), seconds(60));
  job.requests = 100;
  EXPECT_EQ(slice_of(job), std::nullopt);
  job = job_of(seconds(3), seconds(60));
  job.warm_up_most.reset();
  EXPECT_EQ(slice_of(job), std::nullopt);
}

TEST(WarmUp, EndsSoonAfterItsLastThreeSlicesWereAlike) {
  const Job job = job_of(seconds(3), seconds(60));
  EXPECT_FALSE(decided(job, milliseconds(4010), slices({20'000, 50'000, 50'000, 60'000})));
  const auto warm_up =
      decided(job, milliseconds(6010), slices({20'000, 50'000, 60'000, 60'000, 60'100, 60'200}));
  ASSERT_TRUE(warm_up);
  EXPECT_TRUE(warm_up->is_steady);
  EXPECT_EQ(warm_up->length, milliseconds(6060));
}

TEST(WarmUp, NeedsThreeSlices) {
  EXPECT_FALSE(decided(job_of(seconds(0), seconds(60)), milliseconds(210), slices({1000, 1000})));
}

TEST(WarmUp, LastsForItsLeastHoweverSteady) {
  const Job job = job_of(seconds(10), seconds(60));
  const Seconds steady = slices({1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000});
  EXPECT_FALSE(decided(job, milliseconds(9940), steady));
  const auto warm_up = decided(job, milliseconds(9960), steady);
  ASSERT_TRUE(warm_up);
  EXPECT_EQ(warm_up->length, milliseconds(10'010));
  EXPECT_EQ(decided(job, milliseconds(9950), steady)->length, seconds(10));
}

TEST(WarmUp, IsCutOffAtItsMost) {
  const Job job = job_of(seconds(1), seconds(2));
  const Seconds grows = slices({1000, 2000, 4000, 8000, 16'000});
  EXPECT_FALSE(decided(job, milliseconds(1900), grows));
  const auto warm_up = decided(job, milliseconds(1920), grows);
  ASSERT_TRUE(warm_up);
  EXPECT_FALSE(warm_up->is_steady);
  EXPECT_EQ(warm_up->length, seconds(2));
}

TEST(WarmUp, IsNoLongerThanItsMostWhenItIsSteadyAtLast) {
  const auto warm_up =
      decided(job_of(seconds(1), seconds(1)), milliseconds(990), slices({1000, 1000, 1000}));
  ASSERT_TRUE(warm_up);
  EXPECT_TRUE(warm_up->is_steady);
  EXPECT_EQ(warm_up->length, seconds(1));
}

// Slices of a third of a second, of which the fourth lies within the measured window in part.
TEST(WarmUp, IsJudgedInTheEndByTheSlicesThatItHolds) {
  EXPECT_TRUE(was_steady(slices({1000, 1000, 1000, 10}), milliseconds(333), seconds(1)));
  EXPECT_FALSE(was_steady(slices({1000, 1000, 500}), milliseconds(333), seconds(1)));
  EXPECT_FALSE(was_steady(slices({1000, 1000}), milliseconds(333), seconds(1)));
}

}  // namespace
}  // namespace assay::load
