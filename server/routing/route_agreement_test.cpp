// The tree against trying every route on its own, on small sets of routes at random.
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "server/routing/reference_routes.h"
#include "server/routing/route_tree.h"

namespace assay::routing {
namespace {

// Small alphabets, so that sets of a few routes overlap and paths meet them.
class RandomRoutes {
 public:
  explicit RandomRoutes(unsigned seed) : random_(seed) {}

  std::string_view method() {
    return one_of({"GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "PURGE"});
  }
  std::string_view segment() {
    return one_of({"a", "a", "b", "1", "1", "-2.5", "true", "2026-11-30", "ab", ""});
  }
  std::string pattern() {
    std::string text;
    const std::size_t segments = 1 + below(5);
    for (std::size_t at = 0; at < segments; ++at) {
      const std::size_t choice = below(10);
      if (choice == 9 && at + 1 == segments) return text + "/{rest:path}";
      text += "/";
      if (choice < 4) {
        text += segment();
      } else {
        text.append("{p").append(std::to_string(at)).append(type()).append("}");
      }
    }
    return text;
  }
  std::string path() {
    std::string text;
    const std::size_t segments = 1 + below(5);
    for (std::size_t at = 0; at < segments; ++at) text.append("/").append(segment());
    return text;
  }
  std::size_t below(std::size_t limit) { return random_() % limit; }

 private:
  std::string_view type() { return one_of({"", "", ":int", ":float", ":bool", ":date", ":uuid"}); }
  std::string_view one_of(std::initializer_list<std::string_view> texts) {
    return texts.begin()[below(texts.size())];
  }

  std::mt19937 random_;
};

// A few routes, added to both; their text.
std::string add_routes(RandomRoutes& random, RouteTree& tree, ReferenceRoutes& reference) {
  std::string routes;
  for (std::size_t left = 1 + random.below(12); left > 0; --left) {
    const std::string_view method = random.method();
    const std::string pattern = random.pattern();
    routes.append(method).append(" ").append(pattern).append("\n");
    if (reference.add(method, pattern)) {
      tree.add(method, pattern);
    } else {
      EXPECT_THROW(tree.add(method, pattern), RouteConflict) << routes;
    }
  }
  return routes;
}

TEST(RouteAgreement, IsWithTryingEveryRouteOnItsOwn) {
  RandomRoutes random(20261121);
  for (int set = 0; set < 4000; ++set) {
    RouteTree tree;
    ReferenceRoutes reference;
    const std::string routes = add_routes(random, tree, reference);
    tree.seal();
    for (int request = 0; request < 30; ++request) {
      const std::string_view method = random.method();
      const std::string path = random.path();
      ASSERT_EQ(text_of(tree.find(method, path)), reference.find(method, path))
          << method << " " << path << " among\n"
          << routes;
    }
  }
}

}  // namespace
}  // namespace assay::routing
