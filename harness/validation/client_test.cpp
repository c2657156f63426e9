#include "harness/validation/client.h"

#include <gtest/gtest.h>

namespace assay::validation {
namespace {

TEST(ClientTime, IsReadWithItsUnit) {
  EXPECT_DOUBLE_EQ(time_of("76.00us").value_or(-1), 76e-6);
  EXPECT_DOUBLE_EQ(time_of("1.5ms").value_or(-1), 1.5e-3);
  EXPECT_DOUBLE_EQ(time_of("2.01s").value_or(-1), 2.01);
  EXPECT_DOUBLE_EQ(time_of("1.10m").value_or(-1), 66);
  for (const char* text : {"", "ms", "12", "12%", "-nanus", "-1ms", "1 ms"}) {
    EXPECT_FALSE(time_of(text).has_value()) << text;
  }
}

// What wrk 4.1.0 printed of a server whose p90 is 2.1 ms.
TEST(Wrk, IsRead) {
  const Reading reading = read_wrk(R"(Running 2s test @ http://127.0.0.1:18199/
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     7.64ms   12.08ms  56.01ms   85.99%
    Req/Sec     4.91k   508.44     5.88k    60.00%
  Latency Distribution
     50%    2.16ms
     75%    4.11ms
     90%   27.20ms
     99%   50.06ms
  9810 requests in 2.01s, 5.94MB read
Requests/sec:   4874.84
)");
  EXPECT_DOUBLE_EQ(reading.mean.value_or(0), 7.64e-3);
  EXPECT_DOUBLE_EQ(reading.p50.value_or(0), 2.16e-3);
  EXPECT_DOUBLE_EQ(reading.p90.value_or(0), 27.20e-3);
  EXPECT_DOUBLE_EQ(reading.p99.value_or(0), 50.06e-3);
}

TEST(Wrk2, IsRead) {
  const Reading reading = read_wrk(R"(  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   754.00us  366.12us   2.11ms   62.93%
  Latency Distribution (HdrHistogram - Recorded Latency)
 50.000%  750.00us
 75.000%    1.02ms
 90.000%    1.26ms
 99.000%    1.76ms
 99.900%    1.96ms
)");
  EXPECT_DOUBLE_EQ(reading.mean.value_or(0), 754e-6);
  EXPECT_DOUBLE_EQ(reading.p50.value_or(0), 750e-6);
  EXPECT_DOUBLE_EQ(reading.p90.value_or(0), 1.26e-3);
  EXPECT_DOUBLE_EQ(reading.p99.value_or(0), 1.76e-3);
}

// h2load of nghttp2 1.52.0, which has no percentiles.
TEST(H2load, IsRead) {
  const Reading reading = read_h2load(R"(finished in 2.01s, 4580.50 req/s, 2.77MB/s
                     min         max         mean         sd        +/- sd
time for request:     2.02ms     57.23ms      3.49ms      6.64ms    97.89%
time for connect:        7us       109us        69us        28us    68.75%
)");
  EXPECT_DOUBLE_EQ(reading.mean.value_or(0), 3.49e-3);
  EXPECT_FALSE(reading.p50.has_value());
  EXPECT_FALSE(reading.p99.has_value());
}

// ab 2.3.
TEST(Ab, IsRead) {
  const Reading reading = read_ab(R"(Requests per second:    4294.43 [#/sec] (mean)
Time per request:       3.726 [ms] (mean)
Time per request:       0.233 [ms] (mean, across all concurrent requests)
Percentage of the requests served within a certain time (ms)
  50%      2
  66%      2
  90%      5
  99%     50
 100%     57 (longest request)
)");
  EXPECT_DOUBLE_EQ(reading.mean.value_or(0), 3.726e-3);
  EXPECT_DOUBLE_EQ(reading.p50.value_or(0), 2e-3);
  EXPECT_DOUBLE_EQ(reading.p90.value_or(0), 5e-3);
  EXPECT_DOUBLE_EQ(reading.p99.value_or(0), 50e-3);
}

TEST(Oha, IsRead) {
  const Reading reading = read_oha(
      R"({"summary":{"successRate":1.0,"total":2.0,"slowest":0.05,"fastest":0.002,)"
      R"("average":0.0034,"requestsPerSec":4600.1},"latencyPercentiles":{"p10":0.0021,)"
      R"("p50":0.0022,"p90":0.003,"p99":0.0501,"p99.9":0.0512},"statusCodeDistribution":{}})");
  EXPECT_DOUBLE_EQ(reading.mean.value_or(0), 0.0034);
  EXPECT_DOUBLE_EQ(reading.p50.value_or(0), 0.0022);
  EXPECT_DOUBLE_EQ(reading.p90.value_or(0), 0.003);
  EXPECT_DOUBLE_EQ(reading.p99.value_or(0), 0.0501);
}

TEST(Clients, ThatSayNothingReadableSaidNothing) {
  for (const auto& client : other_clients()) {
    for (const char* said : {"", "wrk: command not found", "{", "50%", "Latency"}) {
      const Reading reading = client.read(said);
      EXPECT_FALSE(reading.mean || reading.p50 || reading.p90 || reading.p99)
          << client.name << ": " << said;
    }
  }
}

}  // namespace
}  // namespace assay::validation
