#include "server/routing/state_graph.h"

#include <algorithm>
#include <optional>
#include <set>

namespace assay::routing {
namespace {

constexpr Kinds all_typed =
    static_cast<Kinds>(~(bit(ParameterKind::text) | bit(ParameterKind::path)));

Kinds kinds_of(const PatternTrie::Node& node) {
  Kinds kinds = 0;
  for (const ParameterKind kind : most_specific_first) {
    if (node.child(kind) != PatternTrie::none) kinds |= bit(kind);
  }
  return kinds;
}

Kinds kinds_of(const PatternTrie& trie, const LiveSet& live) {
  Kinds kinds = 0;
  for (const std::uint32_t node : live) kinds |= kinds_of(trie[node]);
  return kinds;
}

// Whether a typed parameter stands anywhere below, by trie node. A child's number is above its
// parent's.
std::vector<bool> types_below(const PatternTrie& trie) {
  std::vector<bool> found(trie.size());
  for (auto node = static_cast<std::uint32_t>(trie.size()); node-- > 0;) {
    bool has_types = (kinds_of(trie[node]) & all_typed) != 0;
    for (const std::uint32_t child : trie[node].parameters)
      has_types = has_types || (child != PatternTrie::none && found[child]);
    for (const auto& [text, child] : trie[node].literals) has_types = has_types || found[child];
    found[node] = has_types;
  }
  return found;
}

// The kinds that admit what this one admits, when it is the most specific of those that do.
Kinds admitting_with(ParameterKind kind) {
  Kinds kinds = bit(kind) | untyped_kinds;
  if (kind == ParameterKind::integer) kinds |= bit(ParameterKind::number);
  return kinds;
}

// Any of the routes at or below a node: each leaf of the trie has one.
std::uint32_t route_below(const PatternTrie& trie, std::uint32_t node) {
  while (trie[node].answers.empty()) {
    if (!trie[node].literals.empty()) {
      node = trie[node].literals.begin()->second;
    } else {
      node = *std::max_element(trie[node].parameters.begin(), trie[node].parameters.end());
    }
  }
  return trie[node].answers.front().route;
}

}  // namespace

StateGraph::StateGraph(const PatternTrie& trie, std::size_t most)
    : trie_(trie), most_(most), has_types_below_(types_below(trie)) {
  start_ = state_of({PatternTrie::root}, true, 0);
  untyped_start_ = state_of({PatternTrie::root}, false, 0);
  for (std::uint32_t state = 1; state < states_.size(); ++state) expand(state);
}

std::uint32_t StateGraph::state_of(LiveSet live, bool is_typed, std::size_t depth) {
  if (live.empty()) return nowhere;
  // Without types below, both ways of reading are the same.
  is_typed = is_typed || std::none_of(live.begin(), live.end(),
                                      [this](auto node) { return has_types_below_[node]; });
  const auto next = static_cast<std::uint32_t>(states_.size());
  const auto [known, is_new] = known_.try_emplace({is_typed, live}, next);
  if (is_new) {
    State state;
    state.is_typed = is_typed;
    state.is_settled =
        std::all_of(live.begin(), live.end(), [this](auto node) { return trie_[node].is_rest; });
    state.depth = static_cast<std::uint8_t>(depth);
    state.live = std::move(live);
    states_.push_back(std::move(state));
  }
  return known->second;
}

Kinds StateGraph::admitting(const State& state, std::string_view segment) const {
  if (!state.is_typed) return all_kinds;
  Kinds kinds = untyped_kinds;
  for (const ParameterKind kind : most_specific_first) {
    if ((state.kinds & bit(kind)) != 0 && fits(kind, segment)) kinds |= bit(kind);
  }
  return kinds;
}

// Fills in where the state's segments lead. On a copy: states_ grows meanwhile.
void StateGraph::expand(std::uint32_t index) {
  State state = states_[index];
  if (state.is_settled) return;
  const std::size_t depth = state.depth + std::size_t{1};
  const auto target = [&](std::optional<std::string_view> literal, Kinds kinds) {
    return state_of(advanced(trie_, state.live, literal, kinds), state.is_typed, depth);
  };
  std::set<std::string_view> literals;
  for (const std::uint32_t node : state.live) {
    for (const auto& [text, child] : trie_[node].literals) literals.insert(text);
  }
  literals.erase("");
  count_transitions(literals.size() + 1, state.live);

  if (state.is_typed) state.kinds = kinds_of(trie_, state.live) & all_typed;
  for (const std::string_view literal : literals)
    state.literals.emplace_back(literal, target(literal, admitting(state, literal)));
  for (std::size_t kind = 0; kind < typed_kinds; ++kind) {
    if ((state.kinds & bit(most_specific_first[kind])) != 0)
      state.on_kind[kind] = target(std::nullopt, admitting_with(most_specific_first[kind]));
  }
  state.on_other = target(std::nullopt, state.is_typed ? untyped_kinds : all_kinds);
  state.on_empty = target("", bit(ParameterKind::path));
  states_[index] = std::move(state);
}

void StateGraph::count_transitions(std::size_t more, const LiveSet& live) {
  transitions_ += more;
  if (live.size() > widest_.size()) widest_ = live;
  if (transitions_ <= most_) return;
  throw TooManyOverlaps{route_below(trie_, widest_.front()), route_below(trie_, widest_.back())};
}

}  // namespace assay::routing
