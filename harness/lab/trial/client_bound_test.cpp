#include "harness/lab/trial/client_bound.h"

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

using statistics::Comparison;

TEST(ClientBound, IsAClientThatUsedMoreThan85PercentOfWhatItCouldHave) {
  EXPECT_FALSE(is_client_bound(0.85));
  EXPECT_TRUE(is_client_bound(0.851));
}

TEST(ClientBound, LeavesOpenWhoIsFasterWhereTheOneBehindWasHeldBack) {
  EXPECT_EQ(verdict_of(Comparison::faster, false, true), "client-bound");
  EXPECT_EQ(verdict_of(Comparison::faster, true, false), "faster");
  EXPECT_EQ(verdict_of(Comparison::slower, true, false), "client-bound");
  EXPECT_EQ(verdict_of(Comparison::slower, false, true), "slower");
}

TEST(ClientBound, LeavesATieOpenWhicheverWasHeldBack) {
  EXPECT_EQ(verdict_of(Comparison::tie, true, false), "client-bound");
  EXPECT_EQ(verdict_of(Comparison::tie, false, true), "client-bound");
  EXPECT_EQ(verdict_of(Comparison::tie, false, false), "tie");
  EXPECT_EQ(verdict_of(Comparison::no_interval, true, true), "no interval");
}

}  // namespace
}  // namespace assay::lab
