#include "server/routing/route_table.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace assay::routing {
namespace {

RouteTable<int> table() {
  RouteTable<int> routes;
  routes.add("GET", "/items", 1);
  routes.add("POST", "/items", 2);
  routes.add("DELETE", "/all", 3);
  return routes;
}

TEST(RouteTable, FindsByPathAndMethod) {
  const RouteTable<int> routes = table();
  EXPECT_EQ(*routes.find("GET", "/items").target, 1);
  EXPECT_EQ(*routes.find("POST", "/items").target, 2);
}

TEST(RouteTable, AnswersHeadByGet) {
  EXPECT_EQ(*table().find("HEAD", "/items").target, 1);
  EXPECT_EQ(table().find("HEAD", "/all").target, nullptr);
}

TEST(RouteTable, NamesTheMethodsThatAPathHas) {
  const auto match = table().find("PUT", "/items");
  EXPECT_EQ(match.target, nullptr);
  EXPECT_EQ(match.allowed, "GET, HEAD, POST");
}

TEST(RouteTable, NamesAHeadOfItsOwnOnce) {
  RouteTable<int> routes = table();
  routes.add("HEAD", "/items", 4);
  EXPECT_EQ(*routes.find("HEAD", "/items").target, 4);
  EXPECT_EQ(routes.find("PUT", "/items").allowed, "GET, POST, HEAD");
}

TEST(RouteTable, KnowsNoPathButItsOwn) {
  for (const std::string_view path : {"/", "", "/items/", "/item", "/ITEMS"}) {
    const auto match = table().find("GET", path);
    EXPECT_EQ(match.target, nullptr) << path;
    EXPECT_EQ(match.allowed, "") << path;
  }
}

TEST(RouteTable, RefusesARouteGivenTwice) {
  RouteTable<int> routes = table();
  EXPECT_THROW(routes.add("GET", "/items", 4), std::logic_error);
}

}  // namespace
}  // namespace assay::routing
