#include "harness/lab/host/core_shares.h"

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

using Cores = std::vector<unsigned>;

TEST(CoreShares, LeavesAHostOfFewCoresUndivided) {
  EXPECT_EQ(shares_of({}).server, Cores{});
  EXPECT_EQ(shares_of({{0}, {1}, {2}}).server, Cores{});
  EXPECT_EQ(shares_of({{0}, {1}, {2}}).client, Cores{});
}

TEST(CoreShares, GivesAThirdToTheClientAndTheRestToTheServer) {
  EXPECT_EQ(shares_of({{0}, {1}, {2}, {3}}).server, (Cores{0, 1, 2}));
  EXPECT_EQ(shares_of({{0}, {1}, {2}, {3}}).client, (Cores{3}));
  EXPECT_EQ(shares_of({{0}, {1}, {2}, {3}, {4}, {5}}).client, (Cores{4, 5}));
}

TEST(CoreShares, NeverPartsTheThreadsOfOneCore) {
  const auto shares = shares_of({{0, 4}, {1, 5}, {2, 6}, {3, 7}});
  EXPECT_EQ(shares.server, (Cores{0, 4, 1, 5, 2, 6}));
  EXPECT_EQ(shares.client, (Cores{3, 7}));
}

TEST(CoreShares, GiveServersAThreadOfEachCoreBeforeASecondOne) {
  EXPECT_EQ(cores_of_servers({}, {{0, 4}, {1, 5}}), (Cores{0, 1, 4, 5}));
  EXPECT_EQ(cores_of_servers({{0, 4}, {1, 5}}, {{0, 4}, {1, 5}}), (Cores{0, 4}));
  EXPECT_EQ(cores_of_servers({}, {{0}, {1, 2}}), (Cores{0, 1, 2}));
}

}  // namespace
}  // namespace assay::lab
