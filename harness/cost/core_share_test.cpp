#include "harness/cost/core_share.h"

#include <gtest/gtest.h>

namespace assay::cost {
namespace {

using Cores = std::vector<int>;

TEST(CoreShare, GivesTheServerTheLastAndTheClientTheOthers) {
  const Cores usable = {0, 2, 4, 6};
  EXPECT_EQ(core_share(usable, 1).server, (Cores{6}));
  EXPECT_EQ(core_share(usable, 1).client, (Cores{0, 2, 4}));
  EXPECT_EQ(core_share(usable, 2).server, (Cores{4, 6}));
  EXPECT_EQ(core_share(usable, 2).client, (Cores{0, 2}));
}

TEST(CoreShare, KeepsNobodyApartWhenNothingWouldBeLeft) {
  EXPECT_FALSE(core_share(Cores{0}, 1).is_apart());
  EXPECT_FALSE(core_share(Cores{0, 1}, 2).is_apart());
  EXPECT_TRUE(core_share(Cores{0, 1}, 2).client.empty());
}

}  // namespace
}  // namespace assay::cost
