#include "workloads/cpu/python_loop.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "workloads/sum_of_squares.h"

namespace assay::workloads::cpu {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;

// A clock that a round of work, between two looks at it, moves on by so much.
auto clock_of(nanoseconds step) {
  return [now = nanoseconds(0), step]() mutable { return now += step; };
}

// By (n - 1) n (2n - 1) / 6.
TEST(SumOfSquares, IsTheSum) {
  EXPECT_EQ(sum_of_squares(0).result, 0);
  EXPECT_EQ(sum_of_squares(1).result, 0);
  EXPECT_EQ(sum_of_squares(4).result, 14);
  EXPECT_EQ(sum_of_squares(50'000).result, 41'665'416'675'000);
  EXPECT_EQ(sum_of_squares(100'000).result, 333'328'333'350'000);
  EXPECT_EQ(sum_of_squares(100'000).iterations, 100'000);
}

TEST(PythonLoop, IsAsLongAsTheEnvironmentSays) {
  EXPECT_EQ(python_loop_time("6900"), microseconds(6'900));
  EXPECT_EQ(python_loop_time("10000000"), microseconds(10'000'000));
}

TEST(PythonLoop, IsTheDocumentsOwnWhereNothingIsSaid) {
  EXPECT_EQ(python_loop_time(nullptr), microseconds(3'788));  // 1 s / 264, rounded
}

TEST(PythonLoop, RefusesWhatIsNoTime) {
  for (const char* wrong : {"", "0", "-5", "3.8", "12 ms", "10000001", "99999999999999999999"}) {
    EXPECT_THROW(python_loop_time(wrong), std::invalid_argument) << wrong;
  }
}

// The first look is before the sum; each later one is after a round. With 100 us a look and 1 ms
// to fill, the tenth after the first ends it: the sum itself and nine rounds more.
TEST(PythonLoop, GoesOnUntilTheTimeIsUp) {
  const LongSum sum = sum_as_long_as(100'000, microseconds(1'000), clock_of(microseconds(100)));
  EXPECT_EQ(sum.more_rounds, 9);
  EXPECT_EQ(sum.sum.result, 333'328'333'350'000);
  EXPECT_EQ(sum.sum.iterations, 100'000);
}

TEST(PythonLoop, DoesNoMoreWhereTheSumTookAsLong) {
  EXPECT_EQ(sum_as_long_as(4, microseconds(100), clock_of(microseconds(100))).more_rounds, 0);
}

TEST(PythonLoop, CountsTheTimeOfTheThreadThatComputes) {
  const nanoseconds before = thread_cpu_time();
  sum_as_long_as(100'000, microseconds(2'000), &thread_cpu_time);
  EXPECT_GE(thread_cpu_time() - before, microseconds(2'000));
}

}  // namespace
}  // namespace assay::workloads::cpu
