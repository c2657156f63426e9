#include <cstddef>
#include <string_view>

#include <gtest/gtest.h>

#include "server/routing/allocation_count.h"
#include "server/routing/route_tree.h"

namespace assay::routing {
namespace {

TEST(RouteAllocation, IsNoneForALookUpOfAnyOutcome) {
  RouteTree tree;
  tree.add("GET", "/shops/{shop:int}/items/{item}");
  tree.add("POST", "/shops/{shop}/items/new");
  tree.add("GET", "/files/{rest:path}");
  tree.seal();
  const std::size_t before = allocation_count();
  EXPECT_GT(before, 0U) << "nothing was counted at all";
  using Outcome = RouteTree::Outcome;
  const bool are_right = tree.find("GET", "/shops/7/items/new").outcome == Outcome::found &&
                         tree.find("GET", "/files/a/b/c").outcome == Outcome::found &&
                         tree.find("PUT", "/shops/7/items/new").outcome == Outcome::wrong_method &&
                         tree.find("GET", "/shops/a/items/b").outcome == Outcome::wrong_value &&
                         tree.find("GET", "/files").outcome == Outcome::other_slash &&
                         tree.find("GET", "/shop").outcome == Outcome::unknown;
  EXPECT_EQ(allocation_count(), before);
  EXPECT_TRUE(are_right);
}

}  // namespace
}  // namespace assay::routing
