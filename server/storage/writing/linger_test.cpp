#include "server/storage/writing/linger.h"

#include <gtest/gtest.h>

namespace assay::storage {
namespace {

using namespace std::chrono_literals;

TEST(Linger, WaitsForNobodyAtFirstAndBehindASingleClient) {
  Linger linger(1ms);
  EXPECT_EQ(linger.expected(), 1);
  linger.learn(1, 0, 200us);
  EXPECT_EQ(linger.expected(), 1);
}

TEST(Linger, ExpectsThoseAgainThatWereToldOrHaveCome) {
  Linger linger(1ms);
  linger.learn(1, 63, 200us);
  EXPECT_EQ(linger.expected(), 63);
  linger.learn(64, 0, 200us);
  EXPECT_EQ(linger.expected(), 64);
  linger.learn(5, 0, 200us);
  EXPECT_EQ(linger.expected(), 5);
}

TEST(Linger, WaitsHalfOfWhatTheLastTransactionTookAtMost) {
  Linger linger(1ms);
  linger.learn(64, 0, 300us);
  EXPECT_EQ(linger.limit(), 150us);
  linger.learn(64, 0, 10ms);
  EXPECT_EQ(linger.limit(), 1ms);
}

}  // namespace
}  // namespace assay::storage
