#include "harness/load/summary/second_log.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

using std::chrono::milliseconds;

constexpr TimePoint begin{std::chrono::hours(1)};

Outcome right_at(milliseconds time) {
  Outcome outcome;
  outcome.status = 200;
  outcome.ended = begin + time;
  outcome.due = outcome.ended - milliseconds(1);
  return outcome;
}

std::vector<std::uint64_t> requests(SecondLog& log) {
  std::vector<std::uint64_t> counts;
  for (std::size_t number = 0; number < log.closed(); ++number) {
    counts.push_back(log.take(number).requests);
  }
  return counts;
}

TEST(SecondLog, CountsByTheSecondInWhichARequestEnded) {
  SecondLog log;
  log.begin(begin, 3);
  for (const int time : {0, 999, 1000, 3999, 4000, 9000}) log.add(right_at(milliseconds(time)));
  EXPECT_EQ(log.closed(), 3U);
  log.end();
  EXPECT_EQ(requests(log), (std::vector<std::uint64_t>{2, 1, 0, 3}));
}

TEST(SecondLog, CountsByShorterSlicesWhereItIsToldSo) {
  SecondLog log;
  log.begin(begin, SIZE_MAX, milliseconds(100));
  for (const int time : {0, 99, 100, 399}) log.add(right_at(milliseconds(time)));
  log.go_on(begin + milliseconds(500));
  EXPECT_EQ(requests(log), (std::vector<std::uint64_t>{2, 1, 0, 1, 0}));
}

TEST(SecondLog, IsAtItsFirstSecondUntilItBegins) {
  SecondLog log;
  log.go_on(begin + std::chrono::hours(1));
  EXPECT_EQ(log.closed(), 0U);
}

}  // namespace
}  // namespace assay::load
