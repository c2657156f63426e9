#include "server/routing/route_rivals.h"

#include <algorithm>

#include "server/routing/route_pattern.h"

namespace assay::routing {

std::size_t HashedPaths::find(std::string_view path) const {
  const auto found = paths_.find(path);
  return found == paths_.end() ? no_route : found->second;
}

void RegexList::add(std::string_view pattern) {
  const RoutePattern route(pattern);
  std::string expression;
  for (const RoutePattern::Segment& segment : route.segments()) {
    expression += '/';
    if (!segment.is_parameter) {
      expression += segment.text;
    } else {
      expression += segment.kind == ParameterKind::integer ? "(-?[0-9]+)" : "([^/]+)";
    }
  }
  routes_.emplace_back(expression, std::regex::optimize);
}

std::size_t RegexList::find(std::string_view path) const {
  std::match_results<std::string_view::const_iterator> values;
  for (std::size_t route = 0; route < routes_.size(); ++route) {
    if (std::regex_match(path.begin(), path.end(), values, routes_[route])) return route;
  }
  return no_route;
}

void MapTrie::add(std::string_view pattern) {
  const RoutePattern route(pattern);
  Node* node = &root_;
  for (const RoutePattern::Segment& segment : route.segments()) {
    std::unique_ptr<Node>& next = !segment.is_parameter ? node->literals[segment.text]
                                  : segment.kind == ParameterKind::integer ? node->typed
                                                                           : node->text;
    if (next == nullptr) next = std::make_unique<Node>();
    node = next.get();
  }
  node->route = routes_++;
}

std::size_t MapTrie::find(std::string_view path) {
  values_.clear();
  return find_below(root_, path);
}

std::size_t MapTrie::find_below(const Node& node, std::string_view rest) {
  if (rest.empty()) return node.route;
  rest.remove_prefix(1);
  const std::string_view segment = rest.substr(0, rest.find('/'));
  rest.remove_prefix(segment.size());
  const auto literal = node.literals.find(segment);
  if (literal != node.literals.end()) {
    const std::size_t route = find_below(*literal->second, rest);
    if (route != no_route) return route;
  }
  for (const Node* next : {node.typed.get(), node.text.get()}) {
    if (next == nullptr || segment.empty()) continue;
    if (next == node.typed.get() && !fits(ParameterKind::integer, segment)) continue;
    values_.push_back(segment);
    const std::size_t route = find_below(*next, rest);
    if (route != no_route) return route;
    values_.pop_back();
  }
  return no_route;
}

}  // namespace assay::routing
