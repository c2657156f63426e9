#include "server/routing/machine_builder.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/routing/state_graph.h"

namespace assay::routing {
namespace {

using Tables = SegmentMachine::Tables;
struct MethodAnswer {
  std::string_view method;
  std::uint32_t route;
  std::uint32_t end;  // of its pattern, in the trie
};
using Answers = std::vector<MethodAnswer>;

bool has_method(const Answers& answers, std::string_view method) {
  return std::any_of(answers.begin(), answers.end(),
                     [method](const auto& answer) { return answer.method == method; });
}

// Of the patterns that match, the best first: which route answers each method.
Answers answers_of(const PatternTrie& trie, const LiveSet& ends) {
  Answers answers;
  const auto offer = [&answers](MethodAnswer answer) {
    if (!has_method(answers, answer.method)) answers.push_back(answer);
  };
  for (const std::uint32_t end : ends) {
    for (const auto& [method, route] : trie[end].answers) offer({method, route, end});
    if (const PatternTrie::Answer* get = trie[end].answer("GET")) offer({"HEAD", get->route, end});
  }
  return answers;
}

// In the order in which routes were added; HEAD after the GET that answers it.
std::string allowed_of(Answers answers) {
  std::stable_sort(answers.begin(), answers.end(),
                   [](const auto& one, const auto& other) { return one.route < other.route; });
  std::string allowed;
  for (const MethodAnswer& answer : answers)
    allowed.append(allowed.empty() ? "" : ", ").append(answer.method);
  if (!has_method(answers, "OPTIONS")) allowed.append(", OPTIONS");
  return allowed;
}

// Where a text stands in a list that has each once.
class TextNumbers {
 public:
  explicit TextNumbers(std::vector<std::string>& texts) : texts_(texts) {}

  std::uint32_t operator()(std::string_view text) {
    const auto [known, is_new] =
        numbers_.try_emplace(std::string(text), static_cast<std::uint32_t>(texts_.size()));
    if (is_new) texts_.emplace_back(text);
    return known->second;
  }

 private:
  std::vector<std::string>& texts_;
  std::map<std::string, std::uint32_t> numbers_;
};

class MachineBuilder {
 public:
  MachineBuilder(const PatternTrie& trie, std::size_t transitions)
      : trie_(trie), graph_(trie, transitions) {}

  Tables built() {
    tables_.start = node_of(graph_.start());
    if (graph_.untyped_start() != graph_.start()) {
      tables_.untyped_start = node_of(graph_.untyped_start());
    }
    while (!waiting_.empty()) {
      const std::uint32_t state = waiting_.back();
      waiting_.pop_back();
      lay_out(state);
    }
    return std::move(tables_);
  }

 private:
  struct Edge {
    std::string text;
    std::uint32_t hash;
    std::uint32_t target;
  };

  std::uint32_t node_of(std::uint32_t state) {
    if (state == StateGraph::nowhere) return SegmentMachine::nowhere;
    const auto [known, is_new] =
        nodes_.try_emplace(state, static_cast<std::uint32_t>(tables_.nodes.size()));
    if (is_new) {
      tables_.nodes.emplace_back();
      waiting_.push_back(state);
    }
    return known->second;
  }

  void lay_out(std::uint32_t index) {
    const StateGraph::State& state = graph_[index];
    SegmentMachine::Node node;
    node.depth = state.depth;
    node.kinds = state.kinds;
    node.is_settled = state.is_settled;
    lay_out_answers(node, state.live);
    node.on_other = node_of(state.on_other);
    node.on_empty = node_of(state.on_empty);
    if (state.kinds != 0) {
      node.on_kind = static_cast<std::uint32_t>(tables_.kind_edges.size());
      for (const std::uint32_t target : state.on_kind)
        tables_.kind_edges.push_back(node_of(target));
    }
    if (!state.literals.empty()) lay_out_literals(node, edges_of(state));
    tables_.nodes[node_of(index)] = node;
  }

  // One edge for all segments up to where something branches off or a path may end.
  std::vector<Edge> edges_of(const StateGraph::State& state) {
    std::vector<Edge> edges;
    for (const auto& [literal, first] : state.literals) {
      std::string text(literal);
      std::uint32_t target = first;
      while (leads_one_way(graph_[target])) {
        text.append("/").append(graph_[target].literals.front().first);
        target = graph_[target].literals.front().second;
      }
      edges.push_back({std::move(text), segment_hash(literal), node_of(target)});
    }
    return edges;
  }

  bool leads_one_way(const StateGraph::State& state) const {
    const bool has_end = std::any_of(state.live.begin(), state.live.end(),
                                     [this](auto node) { return !trie_[node].answers.empty(); });
    return !has_end && state.literals.size() == 1 && state.kinds == 0 &&
           state.on_other == StateGraph::nowhere && state.on_empty == StateGraph::nowhere;
  }

  void lay_out_literals(SegmentMachine::Node& node, const std::vector<Edge>& edges) {
    std::vector<SegmentMachine::Slot> slots = slots_of(edges);
    node.slot_bits = edges.size() == 1 ? SegmentMachine::only_slot
                                       : static_cast<std::uint8_t>(std::countr_zero(slots.size()));
    node.first_slot = static_cast<std::uint32_t>(tables_.slots.size());
    for (SegmentMachine::Slot& slot : slots) {
      if (slot.target != SegmentMachine::nowhere) slot.text = kept(edges[slot.text].text);
    }
    tables_.slots.insert(tables_.slots.end(), slots.begin(), slots.end());
  }

  // Half of the places at most are taken, and fewer where more than `longest_probe` stand in a row.
  static std::vector<SegmentMachine::Slot> slots_of(const std::vector<Edge>& edges) {
    constexpr std::size_t longest_probe = 8;
    const std::size_t least = edges.size() == 1 ? 1 : std::bit_ceil(edges.size() * 2);
    std::vector<SegmentMachine::Slot> slots;
    for (std::size_t size = least; size <= least * 16; size *= 2) {
      if (fill(slots, size, edges) <= longest_probe) break;
    }
    return slots;
  }

  // Gives back how many places the farthest edge is from its own; a slot's text is its edge's
  // index.
  static std::size_t fill(std::vector<SegmentMachine::Slot>& slots, std::size_t size,
                          const std::vector<Edge>& edges) {
    slots.assign(size, {});
    std::size_t farthest = 0;
    for (std::size_t index = 0; index < edges.size(); ++index) {
      const Edge& edge = edges[index];
      std::size_t place = edge.hash & (size - 1);
      std::size_t probes = 0;
      for (; slots[place].target != SegmentMachine::nowhere; ++probes) {
        place = (place + 1) & (size - 1);
      }
      farthest = std::max(farthest, probes);
      slots[place] = {edge.hash, static_cast<std::uint32_t>(index),
                      static_cast<std::uint32_t>(edge.text.size()), edge.target};
    }
    return farthest;
  }

  // Nodes where the same patterns end share their answers.
  void lay_out_answers(SegmentMachine::Node& node, const LiveSet& live) {
    LiveSet ends;
    std::copy_if(live.begin(), live.end(), std::back_inserter(ends),
                 [this](auto end) { return !trie_[end].answers.empty(); });
    if (ends.empty()) return;
    const auto [known, is_new] = answered_.try_emplace(ends, node);
    SegmentMachine::Node& first = known->second;
    if (is_new) add_answers(first, answers_of(trie_, ends));
    node.first_answer = first.first_answer;
    node.answers = first.answers;
    node.allowed = first.allowed;
  }

  void add_answers(SegmentMachine::Node& node, const Answers& answers) {
    node.first_answer = static_cast<std::uint32_t>(tables_.answers.size());
    node.answers = static_cast<std::uint16_t>(answers.size());
    node.allowed = allowed_number_(allowed_of(answers));
    for (const auto& [method, route, end] : answers) {
      tables_.answers.push_back({trie_[end].positions, route,
                                 static_cast<std::uint16_t>(method_number_(method)),
                                 trie_[end].is_rest});
    }
  }

  // Where the text stands in the tables; the same text stands there once.
  std::uint32_t kept(const std::string& text) {
    const auto [known, is_new] =
        texts_.try_emplace(text, static_cast<std::uint32_t>(tables_.texts.size()));
    if (is_new) tables_.texts.append(text);
    return known->second;
  }

  const PatternTrie& trie_;
  StateGraph graph_;
  Tables tables_;
  std::map<std::uint32_t, std::uint32_t> nodes_;  // by state
  std::vector<std::uint32_t> waiting_;
  std::map<LiveSet, SegmentMachine::Node> answered_;  // the first node of the same answers
  TextNumbers method_number_{tables_.methods};
  TextNumbers allowed_number_{tables_.allowed};
  std::map<std::string, std::uint32_t> texts_;
};

}  // namespace

SegmentMachine machine_of(const PatternTrie& trie, std::size_t transitions) {
  return SegmentMachine(MachineBuilder(trie, transitions).built());
}

}  // namespace assay::routing
