// Any routes and any path: the tree answers what trying every route on its own answers.
//
// The input is lines: "GET /items/{id:int}" is a route, the last line a request. A method left out
// is GET.
#include "server/routing/route_tree.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "server/routing/reference_routes.h"

namespace {

using assay::routing::PatternError;
using assay::routing::ReferenceRoutes;
using assay::routing::RouteConflict;
using assay::routing::RouteTree;

struct Line {
  std::string_view method = "GET";
  std::string_view path;
};

Line line_of(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == text.npos) return {.path = text};
  return {text.substr(0, space), text.substr(space + 1)};
}

// Both refuse a route, or neither does.
void add(const Line& line, RouteTree& tree, ReferenceRoutes& reference) {
  bool is_added = true;
  try {
    tree.add(line.method, line.path);
  } catch (const PatternError&) {
    return;
  } catch (const RouteConflict&) {
    is_added = false;
  }
  if (reference.add(line.method, line.path) != is_added) std::abort();
}

// False where the routes overlap too much for it.
bool seal(RouteTree& tree) {
  try {
    tree.seal(10'000);
  } catch (const RouteConflict&) {
    return false;
  }
  return true;
}

void compare(const Line& line, const RouteTree& tree, const ReferenceRoutes& reference) {
  const std::string answered = text_of(tree.find(line.method, line.path));
  const std::string expected = reference.find(line.method, line.path);
  if (answered == expected) return;
  std::cerr << "answered: " << answered << "\nexpected: " << expected << "\n";
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  constexpr std::size_t most_routes = 64;
  std::string_view rest(reinterpret_cast<const char*>(bytes), size);
  RouteTree tree;
  ReferenceRoutes reference;
  for (std::size_t end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
    if (tree.size() < most_routes) add(line_of(rest.substr(0, end)), tree, reference);
    rest.remove_prefix(end + 1);
  }
  if (seal(tree)) compare(line_of(rest), tree, reference);
  return 0;
}
