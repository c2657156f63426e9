// What a RouteTree must answer, found the slow and obvious way: every route is tried on its own.
//
// For the property test and the fuzzer. Shares with the tree how a pattern is parsed and what a
// kind admits, and nothing else.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/routing/route_pattern.h"
#include "server/routing/route_tree.h"

namespace assay::routing {

class ReferenceRoutes {
 public:
  // False, and nothing is added, where a route answers the same requests.
  bool add(std::string_view method, std::string_view pattern);

  // As `text_of` writes a match: "found 2 [7] [a/b] GET, HEAD, OPTIONS".
  std::string find(std::string_view method, std::string_view path) const;

 private:
  struct Route {
    std::string method;
    RoutePattern pattern;
  };
  struct Candidates;

  Candidates candidates(std::string_view path, bool with_types) const;
  std::string answered(std::string_view outcome, std::size_t route, std::string_view path) const;

  std::vector<Route> routes_;
};

std::string text_of(const RouteTree::Match& match);

}  // namespace assay::routing
