#include "server/routing/route_tree.h"

#include <bit>
#include <cassert>
#include <memory>
#include <utility>

#include "server/routing/machine_builder.h"

namespace assay::routing {
namespace {

// As RFC 9110, 5.6.2, has it: what can stand in Allow, and in a request's first line.
bool is_token(std::string_view text) {
  constexpr std::string_view characters =
      "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  return !text.empty() && text.find_first_not_of(characters) == text.npos;
}

}  // namespace

std::size_t RouteTree::add(std::string_view method, std::string_view pattern) {
  if (!is_token(method)) {
    throw PatternError("route \"" + std::string(pattern) +
                       "\": its method is no word: write GET, or another one of letters");
  }
  Route route{std::string(method), RoutePattern(pattern)};
  const std::size_t index = routes_.size();
  const auto same = trie_.add(method, route.pattern, static_cast<std::uint32_t>(index));
  if (same) {
    throw RouteConflict(named(*same) + " and " + route.method + " " + route.pattern.text() +
                        " answer the same requests: leave one out");
  }
  routes_.push_back(std::move(route));
  is_sealed_ = false;
  return index;
}

void RouteTree::seal(std::size_t transitions) {
  try {
    machine_ = machine_of(trie_, transitions);
  } catch (const TooManyOverlaps& overlap) {
    throw RouteConflict(named(overlap.one) + ", " + named(overlap.other) +
                        " and others overlap in too many ways to be told apart quickly: begin "
                        "their paths with different static segments");
  }
  is_sealed_ = true;
}

std::string RouteTree::named(std::size_t route) const {
  return routes_[route].method + " " + routes_[route].pattern.text();
}

RouteTree::Match RouteTree::find(std::string_view method, std::string_view path) const noexcept {
  assert(is_sealed_ || routes_.empty());
  Match match;
  SegmentBounds bounds;
  const std::uint32_t node = machine_.walk(machine_.start(), path, bounds);
  const bool is_typed = machine_.is_end(node);
  const std::uint32_t end = is_typed ? node : machine_.walk(machine_.untyped_start(), path, bounds);
  if (!machine_.is_end(end)) {
    if (has_other_slash(method, path, node)) match.outcome = Outcome::other_slash;
    return match;
  }
  const SegmentMachine::Answer* answer = machine_.answer(end, method);
  if (answer == nullptr) {
    match.outcome = Outcome::wrong_method;
  } else {
    match.outcome = is_typed ? Outcome::found : Outcome::wrong_value;
    match.take(*answer, bounds, path);
  }
  if (match.outcome != Outcome::wrong_value) match.allowed = machine_.allowed(end);
  return match;
}

void RouteTree::Match::take(const SegmentMachine::Answer& answer, const SegmentBounds& bounds,
                            std::string_view path) noexcept {
  route = answer.route;
  for (std::uint64_t left = answer.positions; left != 0; left &= left - 1) {
    const auto position = static_cast<std::size_t>(std::countr_zero(left));
    const std::size_t begin = bounds.begin[position];
    const bool is_rest = answer.takes_rest && (left & (left - 1)) == 0;
    const std::size_t end = is_rest ? path.size() : bounds.end[position];
    std::construct_at(places() + count_++, path.data() + begin, end - begin);
  }
}

// `node` is where the path as it stands has led.
bool RouteTree::has_other_slash(std::string_view method, std::string_view path,
                                std::uint32_t node) const noexcept {
  std::uint32_t other = machine_.after_slash(node);
  if (path.size() > 1 && path.back() == '/') {
    SegmentBounds bounds;
    other = machine_.walk(machine_.start(), path.substr(0, path.size() - 1), bounds);
  }
  return machine_.answer(other, method) != nullptr;
}

}  // namespace assay::routing
