#include "harness/load/pace/arrival_times.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::vector<nanoseconds> times(const Rate& rate, std::size_t count, Share share = {},
                               nanoseconds warm_up = seconds(0)) {
  ArrivalTimes arrivals(rate, warm_up, seconds(10), 7, share);
  std::vector<nanoseconds> all;
  while (all.size() < count) all.push_back(arrivals.next().at);
  return all;
}

TEST(ArrivalTimes, AreEquallyFarFromEachOtherAtAConstantRate) {
  EXPECT_EQ(times({4, 4}, 4), (std::vector<nanoseconds>{milliseconds(0), milliseconds(250),
                                                        milliseconds(500), milliseconds(750)}));
}

// A gap of 333,333,333.3 ns: rounded gaps would be 333 us off after a million.
TEST(ArrivalTimes, DoNotDrift) {
  ArrivalTimes arrivals({3, 3}, seconds(0), seconds(10), 1, {});
  nanoseconds last{0};
  for (int i = 0; i <= 3'000'000; ++i) last = arrivals.next().at;
  EXPECT_EQ(last, seconds(1'000'000));
}

TEST(ArrivalTimes, OfABurstAreOneInstant) {
  EXPECT_EQ(times({6, 6, Arrivals::burst, 3}, 7),
            (std::vector<nanoseconds>{milliseconds(0), milliseconds(0), milliseconds(0),
                                      milliseconds(500), milliseconds(500), milliseconds(500),
                                      milliseconds(1000)}));
}

// 10 a second that grow to 30 over ten seconds are 200: the 72nd is due where 10 t + t^2 is 72.
TEST(ArrivalTimes, OfARampAreWhereTheIntegralOfTheRateSays) {
  const Rate rate{10, 30};
  const auto all = times(rate, 261, {}, seconds(2));
  EXPECT_EQ(all[20], seconds(2));                        // warmed up at ten a second
  EXPECT_NEAR(in_seconds(all[20 + 75]), 2 + 5, 1e-9);    // 10 * 5 + 5^2
  EXPECT_NEAR(in_seconds(all[20 + 200]), 2 + 10, 1e-9);  // its end
  EXPECT_NEAR(in_seconds(all[20 + 230]), 2 + 11, 1e-9);  // and goes on at thirty
}

TEST(ArrivalTimes, OfARampMayFall) {
  const auto all = times({30, 10}, 201);
  EXPECT_NEAR(in_seconds(all[125]), 5, 1e-9);  // 30 * 5 - 5^2
  EXPECT_NEAR(in_seconds(all[200]), 10, 1e-9);
}

// 200 a second for two seconds, of which the first of three agents has every third: in batches of
// seven, whichever way they come, they are what they are one by one.
TEST(ArrivalTimes, AreTheSameInBatches) {
  for (const Rate& rate : {Rate{200, 200}, Rate{200, 200, Arrivals::burst, 5}, Rate{100, 300},
                           Rate{200, 200, Arrivals::poisson}}) {
    ArrivalTimes single(rate, seconds(0), seconds(2), 7, {1, 3});
    ArrivalTimes batches(rate, seconds(0), seconds(2), 7, {1, 3});
    for (const auto until : {milliseconds(700), milliseconds(2000)}) {
      for (auto batch = batches.next_batch(until, 7); batch.count > 0;
           batch = batches.next_batch(until, 7)) {
        EXPECT_LE(batch.count, 7U);
        for (std::uint64_t place = 0; place < batch.count; ++place) {
          const ArrivalTimes::Arrival one = single.next();
          EXPECT_EQ(batch.first + place * batch.step, one.index);
          EXPECT_LT(one.at, until);
          if (place == 0) {
            EXPECT_EQ(batch.begin, one.at);
          }
          if (place + 1 == batch.count) {
            EXPECT_EQ(batch.end, one.at);
          }
        }
      }
    }
    EXPECT_GE(single.next().at, milliseconds(2000));
    EXPECT_GE(batches.next().at, milliseconds(2000));
  }
}

TEST(ArrivalTimes, OfUsersWhoKnowNothingOfEachOtherHaveExponentialGaps) {
  const auto all = times({1000, 1000, Arrivals::poisson}, 100'000);
  std::size_t beyond_mean = 0;
  for (std::size_t i = 1; i < all.size(); ++i) {
    ASSERT_GE(all[i], all[i - 1]);
    if (all[i] - all[i - 1] > milliseconds(1)) ++beyond_mean;
  }
  // A share of 1/e, with a standard deviation of 0.0015; the last after 100 s, with one of 0.3 s.
  EXPECT_NEAR(static_cast<double>(beyond_mean) / 1e5, 0.3679, 0.008);
  EXPECT_NEAR(in_seconds(all.back()), 100, 1.6);
}

TEST(ArrivalTimes, AreTheSameForTheSameSeedAlone) {
  const Rate rate{1000, 1000, Arrivals::poisson};
  ArrivalTimes other(rate, seconds(0), seconds(10), 8, {});
  EXPECT_EQ(times(rate, 5), times(rate, 5));
  EXPECT_NE(times(rate, 1).front(), other.next().at);
}

TEST(ArrivalTimes, OfAllSharesAreThoseOfOneSchedule) {
  for (const Arrivals kind : {Arrivals::constant, Arrivals::poisson, Arrivals::burst}) {
    const Rate rate{50, 90, kind, 4};
    const auto whole = times(rate, 12);
    for (std::uint64_t index = 0; index < 3; ++index) {
      const auto part = times(rate, 4, {index, 3});
      for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(part[i], whole[3 * i + index]);
    }
  }
}

}  // namespace
}  // namespace assay::load
