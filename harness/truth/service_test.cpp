#include "harness/truth/service.h"

#include <gtest/gtest.h>

#include "harness/truth/draw.h"
#include "harness/truth/queue_law.h"

namespace assay::truth {
namespace {

using std::chrono::milliseconds;

constexpr TimePoint began{std::chrono::seconds(100)};

TimePoint at(int since) { return began + milliseconds(since); }

ServiceSettings every_ten_ms(std::size_t servers) {
  ServiceSettings settings;
  settings.law = Constant{milliseconds(10)};
  settings.servers = servers;
  return settings;
}

TEST(Service, AnswersEachOnItsOwnWithoutAQueue) {
  Service service(every_ten_ms(0), began);
  for (const int arrival : {0, 1, 1, 25}) {
    const Visit visit = service.admit(at(arrival));
    EXPECT_EQ(visit.start, at(arrival));
    EXPECT_EQ(visit.due, at(arrival + 10));
  }
}

TEST(Service, OfOneServerTakesThemInTurn) {
  Service service(every_ten_ms(1), began);
  EXPECT_EQ(service.admit(at(0)).due, at(10));
  const Visit second = service.admit(at(1));
  EXPECT_EQ(second.start, at(10));
  EXPECT_EQ(second.due, at(20));
  EXPECT_EQ(service.admit(at(1)).due, at(30));
  const Visit after_a_gap = service.admit(at(50));
  EXPECT_EQ(after_a_gap.start, at(50));
  EXPECT_EQ(after_a_gap.due, at(60));
  EXPECT_EQ(after_a_gap.request, 3U);
}

TEST(Service, OfTwoServersTakesTheNextThatIsFree) {
  Service service(every_ten_ms(2), began);
  EXPECT_EQ(service.admit(at(0)).due, at(10));
  EXPECT_EQ(service.admit(at(4)).due, at(14));
  EXPECT_EQ(service.admit(at(5)).due, at(20));
  EXPECT_EQ(service.admit(at(5)).due, at(24));
  EXPECT_EQ(service.admit(at(22)).due, at(32));
}

TEST(Service, RefusesWhoFindsTheQueueFull) {
  ServiceSettings settings = every_ten_ms(1);
  settings.waiting_limit = 2;
  Service service(settings, began);
  EXPECT_EQ(service.admit(at(0)).fate, Fate::right);  // in service until 10
  EXPECT_EQ(service.admit(at(1)).fate, Fate::right);  // waits
  EXPECT_EQ(service.admit(at(1)).fate, Fate::right);  // waits
  const Visit refused = service.admit(at(2));
  EXPECT_EQ(refused.fate, Fate::refused);
  EXPECT_EQ(refused.due, at(2));
  EXPECT_EQ(refused.service, nanoseconds(0));
  EXPECT_EQ(service.admit(at(10)).due, at(40));  // one place has become free
  EXPECT_EQ(service.admit(at(11)).fate, Fate::refused);
  EXPECT_EQ(service.fates()[Fate::refused], 2U);
  EXPECT_EQ(service.fates()[Fate::right], 4U);
  EXPECT_EQ(service.service_time(), milliseconds(40));
}

TEST(Service, WithoutRoomToWaitServesOnlyWhoFindsAServerFree) {
  ServiceSettings settings = every_ten_ms(1);
  settings.waiting_limit = 0;
  Service service(settings, began);
  EXPECT_EQ(service.admit(at(0)).fate, Fate::right);
  EXPECT_EQ(service.admit(at(9)).fate, Fate::refused);
  EXPECT_EQ(service.admit(at(10)).fate, Fate::right);
}

// It stalls from 70 to 100, in the midst of the first request's service.
TEST(Service, AnswersWhatAStallHasHeldUpInOrderAndAtItsRate) {
  ServiceSettings settings = every_ten_ms(1);
  settings.stall_every = milliseconds(100);
  settings.stall_lasts = milliseconds(30);
  Service service(settings, began);
  EXPECT_EQ(service.admit(at(65)).due, at(105));
  EXPECT_EQ(service.admit(at(75)).due, at(115));
  EXPECT_EQ(service.admit(at(80)).due, at(125));
  EXPECT_EQ(service.admit(at(126)).due, at(136));
}

TEST(Service, WithoutAQueueAnswersAtTheEndOfAStallWhatFellDueInIt) {
  ServiceSettings settings = every_ten_ms(0);
  settings.stall_every = milliseconds(100);
  settings.stall_lasts = milliseconds(30);
  Service service(settings, began);
  EXPECT_EQ(service.admit(at(55)).due, at(65));
  EXPECT_EQ(service.admit(at(65)).due, at(100));
  EXPECT_EQ(service.admit(at(85)).due, at(100));
  EXPECT_EQ(service.admit(at(95)).due, at(105));
}

TEST(Service, LetsASlowReplyKeepNobodyWaiting) {
  ServiceSettings settings = every_ten_ms(1);
  settings.faults.slow = 1;
  settings.slow_by = milliseconds(500);
  Service service(settings, began);
  EXPECT_EQ(service.admit(at(0)).due, at(510));
  EXPECT_EQ(service.admit(at(0)).start, at(10));
}

TEST(Service, DrawsTheTimeOfARequestFromItsNumber) {
  ServiceSettings settings;
  settings.law = Exponential{milliseconds(10)};
  settings.seed = 42;
  Service service(settings, began);
  for (std::uint64_t request = 0; request < 100; ++request) {
    EXPECT_EQ(service.admit(at(0)).service,
              drawn(settings.law, draw(42, Purpose::service_time, request)));
  }
}

TEST(Service, IsBusyWhileAtLeastOneIsServed) {
  Service service(every_ten_ms(0), began);
  EXPECT_EQ(service.busy_until(at(5)), milliseconds(0));
  service.admit(at(10));  // until 20
  service.admit(at(15));  // until 25
  EXPECT_EQ(service.busy_until(at(18)), milliseconds(8));
  EXPECT_EQ(service.busy_until(at(40)), milliseconds(15));
  service.admit(at(40));  // until 50
  EXPECT_EQ(service.busy_until(at(45)), milliseconds(20));
  EXPECT_EQ(service.busy_until(at(99)), milliseconds(25));
}

// A simulated hour of 700 Poisson arrivals a second against 1,000 services a second.
TEST(Service, OfOneExponentialServerIsTheMarkovQueue) {
  ServiceSettings settings;
  settings.law = Exponential{milliseconds(1)};
  settings.servers = 1;
  Service service(settings, began);
  const Law gaps = Exponential{Seconds(1.0 / 700)};
  const MarkovQueue truth{700, 1000, 1};
  const Seconds p99 = truth.response_quantile(0.99);
  TimePoint now = began;
  Seconds sum{0};
  int beyond = 0;
  constexpr int requests = 2'500'000;
  for (std::uint64_t request = 0; request < requests; ++request) {
    now += drawn(gaps, draw(99, Purpose::fate, request));
    const Visit visit = service.admit(now);
    sum += visit.due - visit.arrival;
    beyond += visit.due - visit.arrival > p99 ? 1 : 0;
  }
  EXPECT_NEAR(sum / requests / truth.mean_response(), 1, 0.02);
  EXPECT_NEAR(static_cast<double>(beyond) / requests, 0.01, 0.001);
  EXPECT_NEAR(service.busy_until(now) / Seconds(now - began), 0.7, 0.005);
}

}  // namespace
}  // namespace assay::truth
