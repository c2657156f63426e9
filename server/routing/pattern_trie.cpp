#include "server/routing/pattern_trie.h"

#include <utility>

namespace assay::routing {

std::uint32_t PatternTrie::Node::child(std::string_view literal) const {
  const auto found = literals.find(literal);
  return found == literals.end() ? none : found->second;
}

const PatternTrie::Answer* PatternTrie::Node::answer(std::string_view method) const {
  for (const Answer& answer : answers) {
    if (answer.method == method) return &answer;
  }
  return nullptr;
}

std::optional<std::uint32_t> PatternTrie::add(std::string_view method, const RoutePattern& pattern,
                                              std::uint32_t route) {
  std::uint32_t node = root;
  std::uint64_t position = 1;
  for (const RoutePattern::Segment& segment : pattern.segments()) {
    if (child_of(node, segment) == none) add_child(node, segment, position);
    node = child_of(node, segment);
    position <<= 1U;
  }
  if (const Answer* answer = nodes_[node].answer(method)) return answer->route;
  nodes_[node].answers.push_back({std::string(method), route});
  return std::nullopt;
}

void PatternTrie::add_child(std::uint32_t parent, const RoutePattern::Segment& segment,
                            std::uint64_t position) {
  Node child;
  child.positions = nodes_[parent].positions | (segment.is_parameter ? position : 0);
  child.is_rest = segment.is_parameter && segment.kind == ParameterKind::path;
  child_of(parent, segment) = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back(std::move(child));
}

std::uint32_t& PatternTrie::child_of(std::uint32_t node, const RoutePattern::Segment& segment) {
  if (segment.is_parameter) return nodes_[node].parameters[static_cast<std::size_t>(segment.kind)];
  return nodes_[node].literals.try_emplace(segment.text, none).first->second;
}

LiveSet advanced(const PatternTrie& trie, const LiveSet& live,
                 std::optional<std::string_view> literal, Kinds admitting) {
  LiveSet next;
  const auto keep = [&next](std::uint32_t node) {
    if (node != PatternTrie::none) next.push_back(node);
  };
  for (const std::uint32_t node : live) {
    if (trie[node].is_rest) keep(node);
    if (literal) keep(trie[node].child(*literal));
    for (const ParameterKind kind : most_specific_first) {
      if ((admitting & bit(kind)) != 0) keep(trie[node].child(kind));
    }
  }
  return next;
}

}  // namespace assay::routing
