// The patterns of all routes, one node for each segment: what the routing machine is made of.
//
// Names of parameters are no part of it, so that patterns which answer the same paths end at the
// same node. Filled by one thread before serving; no request walks here, because where patterns
// overlap a path may be at many nodes at once (`LiveSet`).
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/routing/route_pattern.h"

namespace assay::routing {

class PatternTrie {
 public:
  static constexpr std::uint32_t none = 0;  // as a child: the root is nobody's
  static constexpr std::uint32_t root = 0;

  struct Answer {
    std::string method;
    std::uint32_t route = 0;
  };

  struct Node {
    std::map<std::string, std::uint32_t, std::less<>> literals;
    std::array<std::uint32_t, parameter_kinds> parameters{};  // by kind
    std::vector<Answer> answers;                              // of the patterns that end here
    std::uint64_t positions = 0;  // of the parameters among the segments so far: a bit each
    bool is_rest = false;         // below a parameter of kind path

    std::uint32_t child(std::string_view literal) const;
    std::uint32_t child(ParameterKind kind) const {
      return parameters[static_cast<std::size_t>(kind)];
    }
    const Answer* answer(std::string_view method) const;
  };

  // Gives back the route that answers the same requests, and changes nothing, if there is one.
  std::optional<std::uint32_t> add(std::string_view method, const RoutePattern& pattern,
                                   std::uint32_t route);

  const Node& operator[](std::uint32_t node) const { return nodes_[node]; }
  std::size_t size() const { return nodes_.size(); }

 private:
  void add_child(std::uint32_t parent, const RoutePattern::Segment& segment,
                 std::uint64_t position);
  std::uint32_t& child_of(std::uint32_t node, const RoutePattern::Segment& segment);

  std::vector<Node> nodes_{1};
};

// The kinds of parameters, as bits.
using Kinds = std::uint8_t;
constexpr Kinds bit(ParameterKind kind) {
  return static_cast<Kinds>(1U << static_cast<unsigned>(kind));
}
inline constexpr Kinds all_kinds = 0xFF;
inline constexpr Kinds untyped_kinds = bit(ParameterKind::text) | bit(ParameterKind::path);

// All nodes that a path's segments lead to, the best first: what decides is the leftmost segment
// that they took differently.
using LiveSet = std::vector<std::uint32_t>;

// Where one more segment leads: by its literal, if that is one, and by the kinds that admit it.
LiveSet advanced(const PatternTrie& trie, const LiveSet& live,
                 std::optional<std::string_view> literal, Kinds admitting);

}  // namespace assay::routing
