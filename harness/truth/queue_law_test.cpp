#include "harness/truth/queue_law.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <vector>

#include <gtest/gtest.h>

#include "harness/statistics/random_stream.h"

namespace assay::truth {
namespace {

constexpr double tiny = 1e-12;

// Small simulations in seconds, written without the code that they judge.
using Times = std::vector<double>;
using Next = std::function<double()>;

Next exponential(double mean, std::uint64_t seed) {
  return [mean, random = statistics::RandomStream(seed)]() mutable {
    return -mean * std::log(1 - static_cast<double>(random.next() >> 11U) * 0x1p-53);
  };
}
Next constant(double value) {
  return [value] { return value; };
}

struct Stall {
  double every = 1;
  double lasts = 0;
};

// When work begun at `start` is done by a server that stalls at the end of every period.
double worked(double start, double work, const Stall& stall) {
  const auto [every, lasts] = stall;
  double now = start;
  while (work > 0) {
    const double into_period = now - every * std::floor(now / every);
    const double left = std::max(0.0, every - lasts - into_period);
    if (work <= left) return now + work;
    work -= left;
    now = every * (std::floor(now / every) + 1);
  }
  return now;
}

// Of all that arrive after the first stall has begun, so that each stall comes with its aftermath.
Times responses(int requests, std::size_t servers, const Next& gap, const Next& service,
                const Stall& stall = {}) {
  std::priority_queue<double, Times, std::greater<>> free;
  for (std::size_t server = 0; server < servers; ++server) free.push(0);
  Times times;
  double now = 0;
  for (int request = 0; request < requests; ++request) {
    now += gap();
    const double done = worked(std::max(now, free.top()), service(), stall);
    free.pop();
    free.push(done);
    if (stall.lasts == 0 || now > stall.every - stall.lasts) times.push_back(done - now);
  }
  std::sort(times.begin(), times.end());
  return times;
}

double mean_of(const Times& times) {
  double sum = 0;
  for (const double time : times) sum += time;
  return sum / static_cast<double>(times.size());
}
double at_share(const Times& times, double share) {
  return times.at(static_cast<std::size_t>(share * static_cast<double>(times.size())));
}

// 1 / (1000 - 700) and ln(100) / 300.
TEST(MarkovQueue, OfOneServerRespondsExponentially) {
  const MarkovQueue queue{700, 1000, 1};
  EXPECT_NEAR(queue.utilisation(), 0.7, tiny);
  EXPECT_NEAR(queue.share_that_waits(), 0.7, tiny);
  EXPECT_NEAR(queue.mean_response().count(), 1.0 / 300, tiny);
  EXPECT_NEAR(queue.mean_wait().count(), 0.7 / 300, tiny);
  EXPECT_NEAR(queue.response_quantile(0.99).count(), 0.015350567286626974, tiny);
  EXPECT_NEAR(queue.response_cdf(queue.response_quantile(0.99)), 0.99, tiny);
  EXPECT_EQ(queue.response_cdf(Seconds(0)), 0);
}

// Erlang C of three servers and two Erlang is 4/9, of two and one 1/3; the others were integrated
// numerically with scipy.
TEST(MarkovQueue, OfSeveralServersIsErlangs) {
  EXPECT_NEAR((MarkovQueue{2, 1, 3}.share_that_waits()), 4.0 / 9, tiny);
  EXPECT_NEAR((MarkovQueue{1, 1, 2}.share_that_waits()), 1.0 / 3, tiny);
  EXPECT_NEAR((MarkovQueue{2, 1, 3}.mean_wait().count()), 4.0 / 9, tiny);
  EXPECT_NEAR((MarkovQueue{2, 1, 3}.response_cdf(Seconds(2))), 0.7443666872197316, 1e-9);
  EXPECT_NEAR((MarkovQueue{4, 2, 3}.response_cdf(Seconds(2))), 0.9491232253090717, 1e-9);
  EXPECT_NEAR((MarkovQueue{1.2, 1, 2}.response_cdf(Seconds(1.5))), 0.6012257233830826, 1e-9);
  EXPECT_NEAR((MarkovQueue{1.2, 1, 2}.response_quantile(0.99).count()), 6.567911790494848, 1e-9);
}

TEST(MarkovQueue, IsWhatASimulationGives) {
  const std::vector<std::pair<double, std::size_t>> loads = {
      {0.3, 1}, {0.5, 1}, {0.7, 1}, {0.8, 1}, {0.7, 3}};
  for (const auto& [utilisation, servers] : loads) {
    const double arrivals = utilisation * static_cast<double>(servers);
    const MarkovQueue queue{arrivals, 1, servers};
    const Times times =
        responses(1'000'000, servers, exponential(1 / arrivals, 1), exponential(1, 2));
    EXPECT_NEAR(mean_of(times) / queue.mean_response().count(), 1, 0.02) << utilisation;
    for (const double share : {0.5, 0.9, 0.99}) {
      EXPECT_NEAR(at_share(times, share) / queue.response_quantile(share).count(), 1, 0.03)
          << utilisation << " " << servers << " " << share;
    }
  }
}

// rho / (2 mu (1 - rho)) = 0.5 / (2 * 100 * 0.5) s; exponential service doubles it, as in M/M/1.
TEST(MeanWait, IsThatOfPollaczekAndKhinchine) {
  EXPECT_NEAR(mean_wait(50, Constant{Seconds(0.01)}).count(), 0.005, tiny);
  EXPECT_NEAR(mean_wait(50, Exponential{Seconds(0.01)}).count(), 0.01, tiny);
  // 100 * 28.96e-6 / (2 (1 - 0.248)).
  EXPECT_NEAR(mean_wait(100, TwoValued{Seconds(0.002), Seconds(0.05), 0.01}).count(),
              0.0019255319148936, tiny);
}

TEST(MeanWait, IsWhatASimulationGives) {
  for (const double utilisation : {0.3, 0.5, 0.7, 0.8}) {
    const Times times = responses(1'000'000, 1, exponential(1 / utilisation, 3), constant(1));
    const double wait = mean_of(times) - 1;
    EXPECT_NEAR(wait / mean_wait(utilisation, Constant{Seconds(1)}).count(), 1, 0.03);
  }
}

TEST(EvenQueue, MakesNobodyWaitUntilItIsFull) {
  const EvenQueue half{50, 100};
  EXPECT_EQ(half.backlog_after(Seconds(60)), 0);
  EXPECT_NEAR(half.response_of_arrival_at(Seconds(60)).count(), 0.01, tiny);
  EXPECT_EQ(half.rate_ratio(), 1);
}

// 110 % of 100 a second: ten more are left each second.
TEST(EvenQueue, FallsBehindWhatItCannotDo) {
  const EvenQueue over{110, 100};
  EXPECT_NEAR(over.backlog_after(Seconds(60)), 600, 1e-9);
  EXPECT_NEAR(over.response_of_arrival_at(Seconds(60)).count(), 6.01, 1e-9);
  EXPECT_NEAR(over.rate_ratio(), 0.9090909090909091, tiny);
  const Times times = responses(6600, 1, constant(1.0 / 110), constant(0.01));
  EXPECT_NEAR(times.back(), over.response_of_arrival_at(Seconds(60)).count(), 0.011);
}

// S = 0.5 s every 5 s, hardly used: p99 0.5 - 0.01 * 0.98 * 5 = 0.451 s, p90 0.01, p99.9 0.4951.
TEST(StalledQueue, HasTheQuantilesOfATriangle) {
  const StalledQueue queue{Seconds(5), Seconds(0.5), Seconds(0), 0.02};
  EXPECT_NEAR(queue.response_quantile(0.99).count(), 0.451, tiny);
  EXPECT_NEAR(queue.response_quantile(0.9).count(), 0.01, tiny);
  EXPECT_NEAR(queue.response_quantile(0.999).count(), 0.4951, tiny);
  EXPECT_EQ(queue.response_quantile(0.5).count(), 0);
  EXPECT_EQ(queue.response_quantile(1).count(), 0.5);
  EXPECT_NEAR(queue.response_cdf(Seconds(0.451)), 0.99, tiny);
  EXPECT_NEAR(queue.response_cdf(Seconds(0)), 1 - 0.5 / 4.9, tiny);
  EXPECT_NEAR(queue.mean_response().count(), 0.5 * 0.5 / 5 / 2 / 0.98, tiny);
  EXPECT_TRUE(queue.holds());
  const StalledQueue serving{Seconds(5), Seconds(0.5), Seconds(0.001), 0.02};
  EXPECT_NEAR(serving.response_quantile(0.99).count(), 0.452, tiny);
  EXPECT_EQ(serving.response_quantile(0.5).count(), 0.001);
}

// Even arrivals and service agree to the place of one request or two, for every utilisation up to
// the one at which the queue is empty just when the next stall begins.
TEST(StalledQueue, IsWhatASimulationGives) {
  constexpr double service = 0.0005;
  for (const double utilisation : {0.02, 0.1, 0.3, 0.5, 0.7, 0.9}) {
    const double gap = service / utilisation;
    const StalledQueue queue{Seconds(5), Seconds(0.5), Seconds(service), utilisation};
    EXPECT_TRUE(queue.holds());
    const int requests = static_cast<int>(std::lround((4.5 + 20 * 5) / gap));
    const Times times = responses(requests, 1, constant(gap), constant(service), {5, 0.5});
    for (const double share : {0.2, 0.5, 0.9, 0.95, 0.99, 0.999}) {
      EXPECT_NEAR(at_share(times, share), queue.response_quantile(share).count(), 2 * gap)
          << utilisation << " " << share;
    }
    EXPECT_NEAR(mean_of(times), queue.mean_response().count(), 2 * gap);
  }
}

TEST(StalledQueue, IsCloseForRandomArrivalsAndService) {
  const StalledQueue queue{Seconds(5), Seconds(0.5), Seconds(0.0005), 0.3};
  const Times times =
      responses(1'000'000, 1, exponential(0.0005 / 0.3, 4), exponential(0.0005, 5), {5, 0.5});
  for (const double share : {0.9, 0.95, 0.99, 0.999}) {
    EXPECT_NEAR(at_share(times, share) / queue.response_quantile(share).count(), 1, 0.02) << share;
  }
}

TEST(StalledQueue, HoldsOnlyWhileItIsEmptyAgainBeforeTheNextStall) {
  const StalledQueue queue{Seconds(5), Seconds(0.5), Seconds(0.0005), 0.92};
  EXPECT_FALSE(queue.holds());
  const Times times = responses(100'000, 1, constant(0.0005 / 0.92), constant(0.0005), {5, 0.5});
  EXPECT_GT(at_share(times, 0.5), 1.5 * queue.response_quantile(0.5).count());
}

// 32 / 2.48 ms, and half of that where 16 servers share the work.
TEST(ClosedLoop, IsLittlesLaw) {
  const ClosedLoop alone{32, 0, Seconds(0.00248), Seconds(0)};
  EXPECT_NEAR(alone.rate(), 12903.225806451614, 1e-6);
  EXPECT_NEAR(alone.mean_response().count(), 0.00248, tiny);
  const ClosedLoop shared{32, 16, Seconds(0.00248), Seconds(0)};
  EXPECT_NEAR(shared.rate(), 6451.612903225807, 1e-6);
  EXPECT_NEAR(shared.mean_response().count(), 0.00496, tiny);
  const ClosedLoop spare{4, 16, Seconds(0.002), Seconds(0.0005)};
  EXPECT_NEAR(spare.rate(), 1600, 1e-9);
}

// Each client asks again when it is answered: the rate of any law is that of its mean.
TEST(ClosedLoop, IsWhatASimulationGivesForAnyLaw) {
  const Next service = exponential(0.002, 6);
  std::priority_queue<double, Times, std::greater<>> asking;
  std::priority_queue<double, Times, std::greater<>> free;
  for (int client = 0; client < 8; ++client) asking.push(0);
  for (int server = 0; server < 3; ++server) free.push(0);
  constexpr int requests = 1'000'000;
  double sum = 0;
  for (int request = 0; request < requests; ++request) {
    const double asked = asking.top();
    const double done = std::max(asked, free.top()) + service();
    asking.pop();
    free.pop();
    asking.push(done);
    free.push(done);
    sum += done - asked;
  }
  const ClosedLoop loop{8, 3, Seconds(0.002), Seconds(0)};
  EXPECT_NEAR(sum / requests / loop.mean_response().count(), 1, 0.01);
}

}  // namespace
}  // namespace assay::truth
