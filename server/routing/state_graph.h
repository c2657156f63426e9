// Every set of trie nodes that a path's segments can lead to, and which segment leads from one to
// the next: the subset construction, before it is laid out for speed.
//
// Routes that do not overlap make a state each; where they do, there may be as many as there are
// ways to mix them, and no small table is known that answers such sets in linear time (this is the
// partial-match problem: Rivest 1976). So there is a limit, and who meets it is told which routes
// to pull apart.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "server/routing/pattern_trie.h"

namespace assay::routing {

inline constexpr std::size_t most_transitions = 1'000'000;

// Thrown where the limit is met, with two of the routes that overlap.
struct TooManyOverlaps {
  std::uint32_t one;
  std::uint32_t other;
};

class StateGraph {
 public:
  static constexpr std::uint32_t nowhere = 0;  // the state of the empty set

  struct State {
    LiveSet live;
    bool is_typed = false;    // false: every kind admits every segment that has characters
    bool is_settled = false;  // no further segment changes anything
    std::uint8_t depth = 0;   // segments read; of no meaning where it is settled
    Kinds kinds = 0;          // the typed ones that a segment is to be tried for
    std::vector<std::pair<std::string_view, std::uint32_t>> literals;  // never the empty one
    std::array<std::uint32_t, typed_kinds> on_kind{};  // as most_specific_first has them
    std::uint32_t on_other = nowhere;                  // what no literal is, and no kind admits
    std::uint32_t on_empty = nowhere;                  // a segment without characters
  };

  StateGraph(const PatternTrie& trie, std::size_t most);  // throws TooManyOverlaps; keeps views

  const State& operator[](std::uint32_t state) const { return states_[state]; }
  std::size_t size() const { return states_.size(); }
  std::uint32_t start() const { return start_; }
  std::uint32_t untyped_start() const { return untyped_start_; }

 private:
  std::uint32_t state_of(LiveSet live, bool is_typed, std::size_t depth);
  void expand(std::uint32_t state);
  Kinds admitting(const State& state, std::string_view segment) const;
  void count_transitions(std::size_t more, const LiveSet& live);

  const PatternTrie& trie_;
  std::size_t most_;                   // transitions
  std::vector<bool> has_types_below_;  // by trie node
  std::vector<State> states_{1};
  std::map<std::pair<bool, LiveSet>, std::uint32_t> known_;
  std::size_t transitions_ = 0;
  LiveSet widest_;  // of those so far
  std::uint32_t start_ = nowhere;
  std::uint32_t untyped_start_ = nowhere;
};

}  // namespace assay::routing
