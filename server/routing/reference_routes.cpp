#include "server/routing/reference_routes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

namespace assay::routing {
namespace {

using Segments = std::vector<RoutePattern::Segment>;

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  path.remove_prefix(1);
  for (std::size_t slash = path.find('/'); slash != path.npos; slash = path.find('/')) {
    parts.push_back(path.substr(0, slash));
    path.remove_prefix(slash + 1);
  }
  parts.push_back(path);
  return parts;
}

bool takes_rest(const RoutePattern::Segment& segment) {
  return segment.is_parameter && segment.kind == ParameterKind::path;
}

bool admits(const RoutePattern::Segment& segment, std::string_view part, bool with_types) {
  if (!segment.is_parameter) return segment.text == part;
  return !part.empty() && (!with_types || fits(segment.kind, part));
}

bool matches(const Segments& segments, std::string_view path, bool with_types) {
  const auto parts = parts_of(path);
  for (std::size_t at = 0; at < segments.size(); ++at) {
    if (at >= parts.size()) return false;
    if (takes_rest(segments[at])) return true;
    if (!admits(segments[at], parts[at], with_types)) return false;
  }
  return segments.size() == parts.size();
}

std::vector<std::string_view> values_of(const Segments& segments, std::string_view path) {
  const auto parts = parts_of(path);
  std::vector<std::string_view> values;
  for (std::size_t at = 0; at < segments.size(); ++at) {
    if (takes_rest(segments[at])) {
      values.push_back(path.substr(static_cast<std::size_t>(parts[at].data() - path.data())));
    } else if (segments[at].is_parameter) {
      values.push_back(parts[at]);
    }
  }
  return values;
}

// 0 for a static segment; the smaller, the more specific.
std::vector<int> ranks_of(const Segments& segments) {
  std::vector<int> ranks;
  for (const RoutePattern::Segment& segment : segments) {
    const auto* const rank =
        std::find(most_specific_first.begin(), most_specific_first.end(), segment.kind);
    ranks.push_back(segment.is_parameter ? static_cast<int>(rank - most_specific_first.begin()) + 1
                                         : 0);
  }
  return ranks;
}

bool answer_the_same(const Segments& one, const Segments& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](const auto& left, const auto& right) {
                      return left.is_parameter == right.is_parameter && left.text == right.text &&
                             left.kind == right.kind;
                    });
}

void append_values(std::string& text, const std::vector<std::string_view>& values) {
  for (const std::string_view value : values) text.append(" [").append(value).append("]");
}

}  // namespace

bool ReferenceRoutes::add(std::string_view method, std::string_view pattern) {
  Route route{std::string(method), RoutePattern(pattern)};
  for (const Route& known : routes_) {
    if (known.method == method &&
        answer_the_same(known.pattern.segments(), route.pattern.segments()))
      return false;
  }
  routes_.push_back(std::move(route));
  return true;
}

// The routes that match, in the order of what they rank and then of adding.
struct ReferenceRoutes::Candidates {
  struct Candidate {
    std::vector<int> ranks;
    std::size_t route;
    std::string method;
  };
  std::vector<Candidate> ranked;

  // Those of one pattern stand together: HEAD is taken from the first that has HEAD or GET.
  std::optional<std::size_t> route_of(std::string_view method) const {
    for (const Candidate& candidate : ranked) {
      if (candidate.method == method) return candidate.route;
      if (method != "HEAD" || candidate.method != "GET") continue;
      for (const Candidate& other : ranked) {
        if (other.ranks == candidate.ranks && other.method == "HEAD") return other.route;
      }
      return candidate.route;
    }
    return std::nullopt;
  }

  std::string allowed() const {
    std::set<std::string> methods;
    for (const Candidate& candidate : ranked) methods.insert(candidate.method);
    if (methods.count("GET") != 0) methods.insert("HEAD");
    std::vector<std::pair<std::size_t, std::string>> in_order;
    for (const std::string& method : methods) in_order.emplace_back(*route_of(method), method);
    std::sort(in_order.begin(), in_order.end());  // and "GET" before "HEAD"
    std::string text;
    for (const auto& [route, method] : in_order) text += method + ", ";
    if (methods.count("OPTIONS") == 0) return text + "OPTIONS";
    return text.substr(0, text.size() - 2);
  }
};

ReferenceRoutes::Candidates ReferenceRoutes::candidates(std::string_view path,
                                                        bool with_types) const {
  Candidates found;
  for (std::size_t route = 0; route < routes_.size(); ++route) {
    const Segments& segments = routes_[route].pattern.segments();
    if (!matches(segments, path, with_types)) continue;
    found.ranked.push_back({ranks_of(segments), route, routes_[route].method});
  }
  std::stable_sort(found.ranked.begin(), found.ranked.end(),
                   [](const auto& one, const auto& other) { return one.ranks < other.ranks; });
  return found;
}

std::string ReferenceRoutes::answered(std::string_view outcome, std::size_t route,
                                      std::string_view path) const {
  std::string text = std::string(outcome).append(" ").append(std::to_string(route));
  append_values(text, values_of(routes_[route].pattern.segments(), path));
  return text;
}

std::string ReferenceRoutes::find(std::string_view method, std::string_view path) const {
  if (path.empty() || path.front() != '/') return "unknown";
  const Candidates typed = candidates(path, true);
  if (const auto route = typed.route_of(method))
    return answered("found", *route, path) + " " + typed.allowed();
  if (!typed.ranked.empty()) return "wrong method " + typed.allowed();

  const Candidates untyped = candidates(path, false);
  if (const auto route = untyped.route_of(method)) return answered("wrong value", *route, path);
  if (!untyped.ranked.empty()) return "wrong method " + untyped.allowed();

  const bool ends_in_slash = path.size() > 1 && path.back() == '/';
  const std::string other =
      ends_in_slash ? std::string(path.substr(0, path.size() - 1)) : std::string(path).append("/");
  return candidates(other, true).route_of(method) ? "other slash" : "unknown";
}

std::string text_of(const RouteTree::Match& match) {
  constexpr std::array<std::string_view, 5> names = {"found", "wrong method", "wrong value",
                                                     "other slash", "unknown"};
  using Outcome = RouteTree::Outcome;
  std::string text(names[static_cast<std::size_t>(match.outcome)]);
  if (match.outcome == Outcome::found || match.outcome == Outcome::wrong_value)
    text.append(" ").append(std::to_string(match.route));
  append_values(text, {match.values().begin(), match.values().end()});
  if (!match.allowed.empty()) text.append(" ").append(match.allowed);
  return text;
}

}  // namespace assay::routing
