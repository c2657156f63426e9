#include "harness/truth/law.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "harness/truth/draw.h"

namespace assay::truth {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr double tiny = 1e-12;

const Law constant = Constant{milliseconds(2)};
const Law two_valued = TwoValued{milliseconds(2), milliseconds(50), 0.01};
const Law exponential = Exponential{milliseconds(2)};
const Law log_normal = LogNormal{milliseconds(2), 0.5};

TEST(Law, OfAConstantHasOneQuantile) {
  for (const double share : {0.0, 0.5, 0.999, 1.0}) {
    EXPECT_EQ(quantile(constant, share).count(), 0.002);
  }
  EXPECT_EQ(cdf(constant, Seconds(0.0019)), 0);
  EXPECT_EQ(cdf(constant, Seconds(0.002)), 1);
  EXPECT_EQ(mean(constant).count(), 0.002);
  EXPECT_NEAR(mean_square(constant), 4e-6, tiny);
}

// 0.99 * 2 ms + 0.01 * 50 ms = 2.48 ms; 0.99 * 4 + 0.01 * 2500 = 28.96 square milliseconds.
TEST(Law, OfTwoValuesStepsFromTheUsualToTheRareOne) {
  EXPECT_EQ(quantile(two_valued, 0.5).count(), 0.002);
  EXPECT_EQ(quantile(two_valued, 0.99).count(), 0.002);
  EXPECT_EQ(quantile(two_valued, 0.991).count(), 0.05);
  EXPECT_EQ(cdf(two_valued, Seconds(0.001)), 0);
  EXPECT_EQ(cdf(two_valued, Seconds(0.002)), 0.99);
  EXPECT_EQ(cdf(two_valued, Seconds(0.049)), 0.99);
  EXPECT_EQ(cdf(two_valued, Seconds(0.05)), 1);
  EXPECT_NEAR(mean(two_valued).count(), 0.00248, tiny);
  EXPECT_NEAR(mean_square(two_valued), 28.96e-6, tiny);
}

// ln 2, ln 10, ln 100, ln 1000, times the mean.
TEST(Law, OfAnExponentialIsThatOfTheBooks) {
  EXPECT_NEAR(quantile(exponential, 0.5).count(), 0.0013862943611198907, tiny);
  EXPECT_NEAR(quantile(exponential, 0.9).count(), 0.004605170185988092, tiny);
  EXPECT_NEAR(quantile(exponential, 0.99).count(), 0.009210340371976182, tiny);
  EXPECT_NEAR(quantile(exponential, 0.999).count(), 0.013815510557964272, tiny);
  EXPECT_NEAR(cdf(exponential, Seconds(0.003)), 0.7768698398515702, tiny);
  EXPECT_EQ(mean(exponential).count(), 0.002);
  EXPECT_NEAR(mean_square(exponential), 8e-6, tiny);
}

// scipy.stats.lognorm(0.5, scale=0.002).
TEST(Law, OfALogNormalIsThatOfTheBooks) {
  EXPECT_NEAR(quantile(log_normal, 0.5).count(), 0.002, tiny);
  EXPECT_NEAR(quantile(log_normal, 0.9).count(), 0.003795905414669421, tiny);
  EXPECT_NEAR(quantile(log_normal, 0.99).count(), 0.006400148015885923, tiny);
  EXPECT_NEAR(quantile(log_normal, 0.999).count(), 0.009377032362017918, tiny);
  EXPECT_NEAR(cdf(log_normal, Seconds(0.003)), 0.7912971266155286, tiny);
  EXPECT_NEAR(mean(log_normal).count(), 0.0022662969061336526, tiny);
  EXPECT_NEAR(mean_square(log_normal), 6.594885082800511e-06, tiny);
}

TEST(Law, GivesNoTimeBeforeZero) {
  for (const Law& law : {constant, two_valued, exponential, log_normal}) {
    EXPECT_EQ(cdf(law, Seconds(-1)), 0) << name(law);
    EXPECT_EQ(cdf(law, Seconds(0)), 0) << name(law);
    EXPECT_GE(drawn(law, 0), nanoseconds(0)) << name(law);
  }
}

TEST(Law, OfNoTimeIsZeroForEveryRequest) {
  EXPECT_EQ(drawn(Constant{}, 0.999), nanoseconds(0));
  EXPECT_EQ(cdf(Constant{}, Seconds(0)), 1);
}

TEST(Law, IsDrawnToTheNanosecond) {
  EXPECT_EQ(drawn(constant, 0.3), nanoseconds(2000000));
  EXPECT_EQ(drawn(two_valued, 0.98), nanoseconds(2000000));
  EXPECT_EQ(drawn(two_valued, 0.995), nanoseconds(50000000));
  EXPECT_EQ(drawn(exponential, 0.5), nanoseconds(1386294));
  EXPECT_EQ(drawn(log_normal, 0.9), nanoseconds(3795905));
}

TEST(Law, NeverMakesARequestWaitLongerThanADay) {
  EXPECT_EQ(drawn(LogNormal{std::chrono::hours(1), 5}, 0.9999999), std::chrono::hours(24));
}

// The largest distance between the law and what is drawn (Kolmogorov and Smirnov), on either side
// of each step. For 100,000 draws 0.0051 is passed by one seed in a hundred.
double distance(const Law& law, int draws) {
  std::vector<nanoseconds> times;
  for (std::uint64_t request = 0; request < static_cast<std::uint64_t>(draws); ++request) {
    times.push_back(drawn(law, draw(11, Purpose::service_time, request)));
  }
  std::sort(times.begin(), times.end());
  double largest = 0;
  for (auto time = times.begin(); time != times.end();) {
    const auto next = std::upper_bound(time, times.end(), *time);
    const double below = static_cast<double>(time - times.begin()) / draws;
    const double up_to = static_cast<double>(next - times.begin()) / draws;
    largest = std::max(largest, std::abs(up_to - cdf(law, *time)));
    largest = std::max(largest, std::abs(below - cdf(law, *time - nanoseconds(1))));
    time = next;
  }
  return largest;
}

TEST(Law, IsWhatIsDrawnFromIt) {
  for (const Law& law : {constant, two_valued, exponential, log_normal}) {
    EXPECT_LT(distance(law, 100000), 0.0051) << name(law);
  }
}

}  // namespace
}  // namespace assay::truth
