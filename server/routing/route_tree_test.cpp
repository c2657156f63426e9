#include "server/routing/route_tree.h"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/routing/reference_routes.h"

namespace assay::routing {
namespace {

using Outcome = RouteTree::Outcome;

// Routes as "GET /items/{id}".
RouteTree tree_of(std::initializer_list<std::string_view> routes) {
  RouteTree tree;
  for (const std::string_view route : routes) {
    const std::size_t space = route.find(' ');
    tree.add(route.substr(0, space), route.substr(space + 1));
  }
  tree.seal();
  return tree;
}

// The route's pattern and its values, or the outcome: "/items/{id} [7]".
std::string found(const RouteTree& tree, std::string_view method, std::string_view path) {
  const RouteTree::Match match = tree.find(method, path);
  if (match.outcome != Outcome::found) return text_of(match);
  std::string text(tree.pattern(match.route));
  for (const std::string_view value : match.values()) text.append(" [").append(value).append("]");
  return text;
}

std::string conflict_of(std::initializer_list<std::string_view> routes) {
  try {
    tree_of(routes);
  } catch (const RouteConflict& conflict) {
    return conflict.what();
  }
  return "";
}

TEST(RouteTree, CountsRoutesInTheOrderOfAdding) {
  RouteTree tree;
  EXPECT_EQ(tree.add("GET", "/b"), 0);
  EXPECT_EQ(tree.add("GET", "/a"), 1);
  tree.seal();
  EXPECT_EQ(tree.find("GET", "/a").route, 1);
  EXPECT_EQ(tree.find("GET", "/b").route, 0);
  EXPECT_EQ(tree.size(), 2);
}

TEST(RouteTree, OfNoRoutesKnowsNoPath) {
  RouteTree tree;
  tree.seal();
  for (const std::string_view path : {"/", "", "*", "/a"})
    EXPECT_EQ(text_of(tree.find("GET", path)), "unknown") << path;
}

TEST(RouteTree, ComparesStaticTextByteByByte) {
  const RouteTree tree = tree_of({"GET /items", "GET /items/all", "GET /item", "GET /caf\xc3\xa9"});
  EXPECT_EQ(found(tree, "GET", "/items"), "/items");
  EXPECT_EQ(found(tree, "GET", "/item"), "/item");
  EXPECT_EQ(found(tree, "GET", "/caf\xc3\xa9"), "/caf\xc3\xa9");
  for (const std::string_view path : {"/ITEMS", "/itemss", "/ite", "/items/al", "/items/alll", "x"})
    EXPECT_EQ(found(tree, "GET", path), "unknown") << path;
}

TEST(RouteTree, GivesValuesAsTheyStandInThePath) {
  const RouteTree tree = tree_of({"GET /shops/{shop}/items/{item:int}"});
  EXPECT_EQ(found(tree, "GET", "/shops/a%2Fb c/items/-07"),
            "/shops/{shop}/items/{item:int} [a%2Fb c] [-07]");
}

TEST(RouteTree, PrefersStaticToTypedToTextToPath) {
  const RouteTree tree =
      tree_of({"GET /{p:path}", "GET /{s}", "GET /{b:bool}", "GET /{n:float}", "GET /{t:datetime}",
               "GET /{d:date}", "GET /{u:uuid}", "GET /{i:int}", "GET /7", "GET /true"});
  EXPECT_EQ(found(tree, "GET", "/7"), "/7");
  EXPECT_EQ(found(tree, "GET", "/true"), "/true");
  EXPECT_EQ(found(tree, "GET", "/8"), "/{i:int} [8]");
  EXPECT_EQ(found(tree, "GET", "/8.5"), "/{n:float} [8.5]");
  EXPECT_EQ(found(tree, "GET", "/false"), "/{b:bool} [false]");
  EXPECT_EQ(found(tree, "GET", "/2026-11-30"), "/{d:date} [2026-11-30]");
  EXPECT_EQ(found(tree, "GET", "/2026-11-30T08:00:00Z"), "/{t:datetime} [2026-11-30T08:00:00Z]");
  EXPECT_EQ(found(tree, "GET", "/01234567-89ab-cdef-0123-456789abcdef"),
            "/{u:uuid} [01234567-89ab-cdef-0123-456789abcdef]");
  EXPECT_EQ(found(tree, "GET", "/new"), "/{s} [new]");
  EXPECT_EQ(found(tree, "GET", "/new/old"), "/{p:path} [new/old]");
}

TEST(RouteTree, LetsTheLeftmostSegmentDecide) {
  const RouteTree tree = tree_of({"GET /{x}/b/c", "GET /a/{y}/{z}", "GET /a/{y:int}/{z:path}"});
  EXPECT_EQ(found(tree, "GET", "/a/b/c"), "/a/{y}/{z} [b] [c]");
  EXPECT_EQ(found(tree, "GET", "/a/1/c"), "/a/{y:int}/{z:path} [1] [c]");
  EXPECT_EQ(found(tree, "GET", "/d/b/c"), "/{x}/b/c [d]");
}

TEST(RouteTree, TakesTheNextBestWhereTheBestLeadsNowhere) {
  const RouteTree tree =
      tree_of({"GET /a/{x}/c", "GET /a/b/d", "GET /{p:path}", "GET /a/{x:int}/e"});
  EXPECT_EQ(found(tree, "GET", "/a/b/c"), "/a/{x}/c [b]");
  EXPECT_EQ(found(tree, "GET", "/a/b/d"), "/a/b/d");
  EXPECT_EQ(found(tree, "GET", "/a/1/c"), "/a/{x}/c [1]");
  EXPECT_EQ(found(tree, "GET", "/a/1/e"), "/a/{x:int}/e [1]");
  EXPECT_EQ(found(tree, "GET", "/a/b/e"), "/{p:path} [a/b/e]");
}

// "/{p0:int}/{p1:int}/a/end10": segments of one way, the last one of another.
std::string two_ways(std::size_t segments, std::size_t way, std::size_t last_way) {
  std::string pattern;
  for (std::size_t at = 0; at < segments; ++at) {
    const std::string name = "/{p" + std::to_string(at);
    const std::string ways[] = {"/a", name + ":int}", name + "}"};
    pattern += ways[at + 1 == segments ? last_way : way];
  }
  return pattern + "/end" + std::to_string(way) + std::to_string(last_way);
}

TEST(RouteTree, TakesAnIntegerForANumberWhereTheIntegersRouteLeadsNowhere) {
  const RouteTree tree = tree_of({"GET /{i:int}/x", "GET /{n:float}/y", "GET /{s}/z"});
  EXPECT_EQ(found(tree, "GET", "/1/x"), "/{i:int}/x [1]");
  EXPECT_EQ(found(tree, "GET", "/1/y"), "/{n:float}/y [1]");
  EXPECT_EQ(found(tree, "GET", "/1/z"), "/{s}/z [1]");
  EXPECT_EQ(found(tree, "GET", "/1.5/x"), "wrong value 0 [1.5]");
}

TEST(RouteTree, FindsTheOneWayThroughSixteenOverlappingSegments) {
  RouteTree tree;
  for (std::size_t route = 0; route < std::size_t{16} * 9; ++route)
    tree.add("GET", two_ways(1 + route / 9, route / 3 % 3, route % 3));
  tree.seal();
  const std::string ones = "/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1";
  const auto match = tree.find("GET", ones + "/end12");
  EXPECT_EQ(tree.pattern(match.route), two_ways(16, 1, 2));
  EXPECT_EQ(match.values().size(), 16);
  EXPECT_EQ(text_of(tree.find("GET", ones + "/end")), "unknown");
}

TEST(RouteTree, KeepsEachRoutesOwnParameterNames) {
  const RouteTree tree =
      tree_of({"GET /items/{id}", "POST /items/{name}", "GET /items/{key}/tags"});
  const auto name_in = [&](std::string_view method, std::string_view path) {
    return tree.parameters(tree.find(method, path).route)[0].name;
  };
  EXPECT_EQ(name_in("GET", "/items/7"), "id");
  EXPECT_EQ(name_in("POST", "/items/7"), "name");
  EXPECT_EQ(name_in("GET", "/items/7/tags"), "key");
}

TEST(RouteTree, GivesAParameterNoEmptySegment) {
  const RouteTree tree = tree_of({"GET /items/{id}/tags", "GET /{a}/{b}"});
  EXPECT_EQ(found(tree, "GET", "/items//tags"), "unknown");
  EXPECT_EQ(found(tree, "GET", "//b"), "unknown");
}

TEST(RouteTree, LetsAPathTakeAllThatFollowsEvenNothing) {
  const RouteTree tree = tree_of({"GET /files/{rest:path}"});
  EXPECT_EQ(found(tree, "GET", "/files/a/b.txt"), "/files/{rest:path} [a/b.txt]");
  EXPECT_EQ(found(tree, "GET", "/files//a/"), "/files/{rest:path} [/a/]");
  EXPECT_EQ(found(tree, "GET", "/files/"), "/files/{rest:path} []");
  EXPECT_EQ(found(tree, "GET", "/files"), "other slash");
  EXPECT_EQ(found(tree, "GET", "/file/a"), "unknown");
}

TEST(RouteTree, TakesNoTwoSlashesForOne) {
  const RouteTree tree = tree_of({"GET /a/b", "GET /c//d"});
  EXPECT_EQ(found(tree, "GET", "/a//b"), "unknown");
  EXPECT_EQ(found(tree, "GET", "//a/b"), "unknown");
  EXPECT_EQ(found(tree, "GET", "/c//d"), "/c//d");
  EXPECT_EQ(found(tree, "GET", "/c/d"), "unknown");
}

TEST(RouteTree, TellsOfTheOtherSlash) {
  const RouteTree tree = tree_of({"GET /items", "GET /shops/", "GET /{id:int}/x"});
  EXPECT_EQ(found(tree, "GET", "/items/"), "other slash");
  EXPECT_EQ(found(tree, "HEAD", "/items/"), "other slash");
  EXPECT_EQ(found(tree, "GET", "/shops"), "other slash");
  EXPECT_EQ(found(tree, "GET", "/7/x/"), "other slash");
  EXPECT_EQ(found(tree, "GET", "/items//"), "unknown");
  EXPECT_EQ(found(tree, "POST", "/items/"), "unknown");
  EXPECT_EQ(found(tree, "GET", "/a/x/"), "unknown");
  EXPECT_EQ(found(tree, "GET", "/"), "unknown");
}

TEST(RouteTree, KeepsTheTwoSlashesApartWhereBothHaveRoutes) {
  const RouteTree tree = tree_of({"GET /items", "GET /items/", "GET /"});
  EXPECT_EQ(found(tree, "GET", "/items"), "/items");
  EXPECT_EQ(found(tree, "GET", "/items/"), "/items/");
  EXPECT_EQ(found(tree, "GET", "/"), "/");
}

TEST(RouteTree, NamesTheMethodsThatAPathHas) {
  const RouteTree tree = tree_of({"POST /items", "GET /items", "PURGE /items", "DELETE /all"});
  EXPECT_EQ(found(tree, "PUT", "/items"), "wrong method POST, GET, HEAD, PURGE, OPTIONS");
  EXPECT_EQ(found(tree, "OPTIONS", "/items"), "wrong method POST, GET, HEAD, PURGE, OPTIONS");
  EXPECT_EQ(found(tree, "get", "/items"), "wrong method POST, GET, HEAD, PURGE, OPTIONS");
  EXPECT_EQ(found(tree, "HEAD", "/all"), "wrong method DELETE, OPTIONS");
  EXPECT_EQ(found(tree, "PURGE", "/items"), "/items");
  EXPECT_EQ(tree.find("GET", "/items").allowed, "POST, GET, HEAD, PURGE, OPTIONS");
}

TEST(RouteTree, AnswersHeadByGetUnlessItHasItsOwn) {
  const RouteTree tree = tree_of({"GET /a", "GET /b", "POST /b", "HEAD /b"});
  EXPECT_EQ(tree.find("HEAD", "/a").route, 0);
  EXPECT_EQ(tree.find("HEAD", "/b").route, 3);
  EXPECT_EQ(tree.find("PUT", "/b").allowed, "GET, POST, HEAD, OPTIONS");
}

TEST(RouteTree, AnswersHeadByTheMostSpecificPatternThatHasHeadOrGet) {
  const RouteTree tree = tree_of({"GET /items/new", "HEAD /items/{id}", "POST /items/old"});
  EXPECT_EQ(found(tree, "HEAD", "/items/new"), "/items/new");
  EXPECT_EQ(found(tree, "HEAD", "/items/old"), "/items/{id} [old]");
}

TEST(RouteTree, AnswersOptionsWhereItHasARoute) {
  const RouteTree tree = tree_of({"OPTIONS /a", "GET /a"});
  EXPECT_EQ(found(tree, "OPTIONS", "/a"), "/a");
  EXPECT_EQ(found(tree, "PUT", "/a"), "wrong method OPTIONS, GET, HEAD");
}

TEST(RouteTree, TakesALessSpecificPatternForAMethodThatTheBestLacks) {
  const RouteTree tree =
      tree_of({"GET /items/new", "POST /items/{id}", "PUT /items/{id:int}", "DELETE /{all:path}"});
  EXPECT_EQ(found(tree, "POST", "/items/new"), "/items/{id} [new]");
  EXPECT_EQ(found(tree, "GET", "/items/new"), "/items/new");
  EXPECT_EQ(found(tree, "POST", "/items/7"), "/items/{id} [7]");
  EXPECT_EQ(found(tree, "DELETE", "/items/new"), "/{all:path} [items/new]");
  EXPECT_EQ(found(tree, "PATCH", "/items/new"), "wrong method GET, HEAD, POST, DELETE, OPTIONS");
  EXPECT_EQ(found(tree, "PATCH", "/items/7"), "wrong method POST, PUT, DELETE, OPTIONS");
}

TEST(RouteTree, TellsOfAValueThatItsTypeDoesNotAdmit) {
  const RouteTree tree =
      tree_of({"GET /items/{id:int}", "GET /items/{id:int}/tags/{day:date}", "PUT /{u:uuid}"});
  EXPECT_EQ(found(tree, "GET", "/items/abc"), "wrong value 0 [abc]");
  EXPECT_EQ(found(tree, "HEAD", "/items/abc"), "wrong value 0 [abc]");
  EXPECT_EQ(found(tree, "GET", "/items/7/tags/today"), "wrong value 1 [7] [today]");
  EXPECT_EQ(found(tree, "GET", "/items/x/tags/today"), "wrong value 1 [x] [today]");
  EXPECT_EQ(found(tree, "GET", "/items/7/tag/today"), "unknown");
  EXPECT_EQ(found(tree, "GET", "/items/"), "unknown");
  EXPECT_EQ(found(tree, "POST", "/items/abc"), "wrong method GET, HEAD, OPTIONS");
  EXPECT_EQ(found(tree, "GET", "/abc"), "wrong method PUT, OPTIONS");
}

TEST(RouteTree, TakesTheMostSpecificOfTheTypesThatDoNotAdmitAValue) {
  const RouteTree tree = tree_of({"GET /{a:date}", "GET /{a:int}", "GET /{a:int}/x", "GET /{p}/y"});
  EXPECT_EQ(found(tree, "GET", "/abc"), "wrong value 1 [abc]");
  EXPECT_EQ(found(tree, "GET", "/abc/x"), "wrong value 2 [abc]");
  EXPECT_EQ(found(tree, "GET", "/abc/y"), "/{p}/y [abc]");
}

TEST(RouteTree, PrefersAWrongMethodOfThePathAsItStandsToAWrongValue) {
  const RouteTree tree = tree_of({"GET /items/{id:int}", "POST /items/{name}"});
  EXPECT_EQ(found(tree, "GET", "/items/abc"), "wrong method POST, OPTIONS");
}

TEST(RouteTree, RefusesTwoRoutesForTheSameRequestsAndNamesBoth) {
  EXPECT_EQ(conflict_of({"GET /a/{x}", "POST /a/{x}", "GET /a/{y}"}),
            "GET /a/{x} and GET /a/{y} answer the same requests: leave one out");
  EXPECT_EQ(conflict_of({"GET /{x:int}/{a:path}", "GET /{y:int}/{b:path}"}),
            "GET /{x:int}/{a:path} and GET /{y:int}/{b:path} answer the same requests: leave one "
            "out");
  EXPECT_EQ(conflict_of({"PURGE /a", "PURGE /a"}),
            "PURGE /a and PURGE /a answer the same requests: leave one out");
}

TEST(RouteTree, TakesOverlapsForNoConflict) {
  EXPECT_EQ(conflict_of({"GET /a/{x}", "GET /a/{x:int}", "GET /a/b", "GET /a/{x:path}",
                         "GET /{y}/b", "GET /a/{y}/", "HEAD /a/{x}", "GET /a/{z}/c"}),
            "");
}

TEST(RouteTree, IsAsItWasAfterARouteThatItRefused) {
  RouteTree tree;
  tree.add("GET", "/a/{x}");
  EXPECT_THROW(tree.add("GET", "/a/{y}"), RouteConflict);
  EXPECT_THROW(tree.add("GET", "/a/{"), PatternError);
  EXPECT_EQ(tree.add("GET", "/b"), 1);
  tree.seal();
  EXPECT_EQ(found(tree, "GET", "/a/7"), "/a/{x} [7]");
  EXPECT_EQ(found(tree, "GET", "/b"), "/b");
}

TEST(RouteTree, RefusesAMethodThatNoRequestCanHave) {
  RouteTree tree;
  for (const std::string_view method : {"", "GE T", "GET,", "GET\r\n", "G\xc3\x89T"})
    EXPECT_THROW(tree.add(method, "/a"), PatternError) << method;
  EXPECT_EQ(tree.add("M-SEARCH", "/a"), 0);
}

TEST(RouteTree, MayBeSealedAgainAfterMoreRoutes) {
  RouteTree tree = tree_of({"GET /a"});
  tree.add("GET", "/b");
  tree.seal();
  EXPECT_EQ(found(tree, "GET", "/a"), "/a");
  EXPECT_EQ(found(tree, "GET", "/b"), "/b");
}

TEST(RouteTree, RefusesOverlapsThatNoTableOfItsSizeTellsApart) {
  RouteTree tree;
  tree.add("GET", "/a/{y}/{z}/1");
  tree.add("GET", "/{x}/a/{z}/2");
  tree.add("GET", "/{x}/{y}/a/3");
  try {
    tree.seal(12);
    FAIL() << "sealed";
  } catch (const RouteConflict& conflict) {
    EXPECT_STREQ(
        conflict.what(),
        "GET /a/{y}/{z}/1, GET /{x}/{y}/a/3 and others overlap in too many ways to be told "
        "apart quickly: begin their paths with different static segments");
  }
  tree.seal();
  EXPECT_EQ(found(tree, "GET", "/a/a/a/2"), "/{x}/a/{z}/2 [a] [a]");
}

TEST(RouteTree, ReadsSegmentsOfAnyLengthByAllTheirBytes) {
  RouteTree tree;
  std::vector<std::string> paths;
  for (std::size_t length = 1; length <= 40; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      std::string path = "/" + std::string(length, 'x');
      path[at + 1] = 'y';
      tree.add("GET", path);
      paths.push_back(path);
    }
  }
  tree.seal();
  for (std::size_t index = 0; index < paths.size(); ++index) {
    EXPECT_EQ(tree.find("GET", paths[index]).route, index);
    EXPECT_EQ(text_of(tree.find("GET", paths[index] + "y")), "unknown");
  }
}

TEST(RouteTree, GivesAMatchThatMayBeCopied) {
  const RouteTree tree = tree_of({"GET /{a}/{b}"});
  const std::string path = "/1/2";
  std::vector<RouteTree::Match> kept;
  kept.push_back(tree.find("GET", path));
  kept.reserve(100);
  EXPECT_EQ(kept[0].values()[1], "2");
}

TEST(RouteTree, ReadsPathsOfAnyLengthAndShape) {
  const RouteTree tree = tree_of({"GET /a/{b}/c", "GET /{x:int}/{y}"});
  const std::string slashes(100'000, '/');
  const std::string letters = "/1/" + std::string(100'000, 'x');
  std::string numbers;
  for (int at = 0; at < 1000; ++at) numbers += "/1";
  EXPECT_EQ(tree.find("GET", slashes).outcome, Outcome::unknown);
  EXPECT_EQ(tree.find("GET", numbers).outcome, Outcome::unknown);
  EXPECT_EQ(tree.find("GET", letters).values()[1].size(), 100'000);
}

}  // namespace
}  // namespace assay::routing
