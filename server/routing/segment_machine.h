// What `RouteTree::seal` makes of the routes: a machine that reads a path once, segment by segment.
//
// A node stands for all routes that the segments read so far admit (a LiveSet of the trie), so
// there is never a second way to try: where a tree would go back from /a to /{x}, the node reached
// by "a" knows the routes below both. One step costs one look-up of the segment among the node's
// literals, whose number does not matter, and at most one look at its form for each typed kind;
// hence a path costs what its bytes cost, whatever the routes. The price is paid at start, and in
// memory, where routes overlap (state_graph.h).
//
// Compressed: literals that nothing branches off are one edge ("api/v1/users"), and nodes that
// stand for the same routes are one node. Read only; any thread; allocates nothing.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/routing/pattern_trie.h"

namespace assay::routing {

// Where the segments of a path begin and end that may be values. Not initialised: `walk` fills it.
struct SegmentBounds {
  std::array<std::size_t, most_segments + 1> begin;
  std::array<std::size_t, most_segments + 1> end;
};

class SegmentMachine {
 public:
  static constexpr std::uint32_t nowhere = 0;  // the node without routes

  static constexpr std::uint8_t no_slot = 0;
  static constexpr std::uint8_t only_slot = 1;  // there is one, and no place to look for

  // Two of them share a cache line.
  struct Node {
    std::uint32_t first_slot = 0;  // of its literals
    std::uint32_t on_kind = 0;   // the first of typed_kinds edges, as most_specific_first has them
    std::uint32_t on_other = 0;  // what no literal is, and no kind of `kinds` admits
    std::uint32_t on_empty = 0;  // a segment of no characters
    std::uint32_t first_answer = 0;  // to a path that ends here
    std::uint32_t allowed = 0;       // in `allowed`
    std::uint16_t answers = 0;
    std::uint8_t slot_bits = 0;  // two to that power are the slots, or `no_slot`, or `only_slot`
    std::uint8_t depth = 0;      // segments read; of no meaning where it is settled
    Kinds kinds = 0;             // the typed ones to try
    bool is_settled = false;     // no further segment changes anything
  };
  // One place of a node's table of literals, found by the hash of the literal's first segment.
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t text = 0;    // where it begins in `texts`
    std::uint32_t length = 0;  // of all its segments
    std::uint32_t target = nowhere;
  };
  struct Answer {
    std::uint64_t positions = 0;  // of the route's parameters among the segments: a bit each
    std::uint32_t route = 0;
    std::uint16_t method = 0;  // in `methods`
    bool takes_rest = false;   // its last parameter is of kind path
  };
  struct Tables {
    std::vector<Node> nodes{{.is_settled = true}};  // nowhere
    std::vector<Slot> slots;
    std::vector<std::uint32_t> kind_edges;
    std::vector<Answer> answers;
    std::vector<std::string> methods;
    std::vector<std::string> allowed;  // "GET, HEAD, OPTIONS"
    std::string texts;
    std::uint32_t start = nowhere;
    std::uint32_t untyped_start = nowhere;  // where every kind admits every segment that has bytes
  };

  SegmentMachine() = default;  // of no routes
  explicit SegmentMachine(Tables tables) : tables_(std::move(tables)) {}

  std::uint32_t start() const noexcept { return tables_.start; }
  std::uint32_t untyped_start() const noexcept { return tables_.untyped_start; }

  // The node that all segments of the path lead to.
  std::uint32_t walk(std::uint32_t from, std::string_view path,
                     SegmentBounds& bounds) const noexcept;
  // The node that the path would have led to with one more slash at its end.
  std::uint32_t after_slash(std::uint32_t node) const noexcept;

  bool is_end(std::uint32_t node) const noexcept { return tables_.nodes[node].answers != 0; }
  const Answer* answer(std::uint32_t node, std::string_view method) const noexcept;
  // REQUIRES: is_end(node).
  std::string_view allowed(std::uint32_t node) const noexcept {
    return tables_.allowed[tables_.nodes[node].allowed];
  }

  std::size_t bytes() const;  // of memory that the tables take

 private:
  // Where the segment from `begin` to `end` leads; moves `end` where an edge takes several.
  std::uint32_t next(const Node& node, std::string_view path, std::size_t begin,
                     std::size_t& end) const noexcept;
  bool begins_with(std::string_view rest, const Slot& slot) const noexcept;
  const Slot* literal(const Node& node, std::string_view path, std::size_t begin,
                      std::size_t end) const noexcept;

  Tables tables_;
};

// Of a literal's first segment; spread over all 32 bits.
std::uint32_t segment_hash(std::string_view segment) noexcept;

}  // namespace assay::routing
