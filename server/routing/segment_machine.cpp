#include "server/routing/segment_machine.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace assay::routing {
namespace {

static_assert(std::endian::native == std::endian::little, "a word's first byte is its lowest");

std::uint64_t word_at(const char* bytes) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// The word at a place of a text of a word at least; what would lie beyond its end is zero.
std::uint64_t word_within(std::string_view text, std::size_t at) noexcept {
  constexpr std::size_t size = sizeof(std::uint64_t);
  if (at + size <= text.size()) return word_at(text.data() + at);
  if (at >= text.size()) return 0;
  return word_at(text.data() + text.size() - size) >> (8 * (at + size - text.size()));
}

// Eight bytes at a time, in place of a call to memchr: segments are short.
std::size_t end_of_segment(std::string_view path, std::size_t begin) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t slashes = ones * '/';
  if (path.size() < sizeof ones) return std::min(path.find('/', begin), path.size());
  for (std::size_t at = begin; at < path.size(); at += sizeof ones) {
    const std::uint64_t zero_at_slash = word_within(path, at) ^ slashes;
    const std::uint64_t found = (zero_at_slash - ones) & ~zero_at_slash & (ones << 7U);
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
  }
  return path.size();
}

// All bytes of a text of fewer than eight: some of them twice.
std::uint64_t short_word(std::string_view bytes) noexcept {
  if (bytes.size() >= 4) {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::memcpy(&first, bytes.data(), sizeof first);
    std::memcpy(&last, bytes.data() + bytes.size() - sizeof last, sizeof last);
    return std::uint64_t{first} << 32U | last;
  }
  std::uint64_t word = 0;
  for (const char c : bytes) word = word << 8U | static_cast<unsigned char>(c);
  return word;
}

// In place of a call to memcmp, as the texts are short.
bool are_equal(const char* one, const char* other, std::size_t size) noexcept {
  constexpr std::size_t word = sizeof(std::uint64_t);
  if (size < word) return short_word({one, size}) == short_word({other, size});
  for (std::size_t at = 0; at + word < size; at += word) {
    if (word_at(one + at) != word_at(other + at)) return false;
  }
  return word_at(one + size - word) == word_at(other + size - word);
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) noexcept {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
  return hash ^ hash >> 32U;
}

// The index of the typed kind that admits the segment, or typed_kinds.
std::size_t kind_of(std::string_view segment, Kinds kinds) noexcept {
  std::size_t index = 0;
  while (index < typed_kinds) {
    const ParameterKind kind = most_specific_first[index];
    if ((kinds & bit(kind)) != 0 && fits(kind, segment)) break;
    ++index;
  }
  return index;
}

}  // namespace

std::uint32_t segment_hash(std::string_view segment) noexcept {
  std::uint64_t hash = segment.size();
  if (segment.size() < sizeof hash) {
    hash = mixed(hash, short_word(segment));
  } else {
    for (std::size_t at = 0; at + sizeof hash < segment.size(); at += sizeof hash)
      hash = mixed(hash, word_at(segment.data() + at));
    hash = mixed(hash, word_at(segment.data() + segment.size() - sizeof hash));
  }
  return static_cast<std::uint32_t>(mixed(hash, 0));
}

std::uint32_t SegmentMachine::walk(std::uint32_t from, std::string_view path,
                                   SegmentBounds& bounds) const noexcept {
  if (path.empty() || path.front() != '/') return nowhere;
  std::uint32_t at = from;
  std::size_t begin = 1;
  while (true) {
    const Node& node = tables_.nodes[at];
    if (node.is_settled) {
      return at;
    }
    std::size_t end = end_of_segment(path, begin);
    bounds.begin[node.depth] = begin;
    bounds.end[node.depth] = end;
    at = next(node, path, begin, end);
    if (end == path.size()) return at;
    begin = end + 1;
  }
}

std::uint32_t SegmentMachine::next(const Node& node, std::string_view path, std::size_t begin,
                                   std::size_t& end) const noexcept {
  if (begin == end) return node.on_empty;
  if (node.slot_bits != no_slot) {
    if (const Slot* slot = literal(node, path, begin, end)) {
      end = begin + slot->length;
      return slot->target;
    }
  }
  if (node.kinds == 0) return node.on_other;
  const std::size_t kind = kind_of(path.substr(begin, end - begin), node.kinds);
  return kind == typed_kinds ? node.on_other : tables_.kind_edges[node.on_kind + kind];
}

const SegmentMachine::Slot* SegmentMachine::literal(const Node& node, std::string_view path,
                                                    std::size_t begin,
                                                    std::size_t end) const noexcept {
  const Slot* slots = tables_.slots.data() + node.first_slot;
  const std::string_view rest = path.substr(begin);
  if (node.slot_bits == only_slot) return begins_with(rest, *slots) ? slots : nullptr;
  const std::uint32_t hash = segment_hash(rest.substr(0, end - begin));
  const std::uint32_t mask = (std::uint32_t{1} << node.slot_bits) - 1;
  for (std::uint32_t place = hash & mask; slots[place].target != nowhere;
       place = (place + 1) & mask) {
    if (slots[place].hash == hash && begins_with(rest, slots[place])) return slots + place;
  }
  return nullptr;
}

bool SegmentMachine::begins_with(std::string_view rest, const Slot& slot) const noexcept {
  if (slot.length > rest.size()) return false;
  if (slot.length < rest.size() && rest[slot.length] != '/') return false;
  return are_equal(tables_.texts.data() + slot.text, rest.data(), slot.length);
}

std::uint32_t SegmentMachine::after_slash(std::uint32_t node) const noexcept {
  return tables_.nodes[node].is_settled ? node : tables_.nodes[node].on_empty;
}

const SegmentMachine::Answer* SegmentMachine::answer(std::uint32_t node,
                                                     std::string_view method) const noexcept {
  const Answer* answers = tables_.answers.data() + tables_.nodes[node].first_answer;
  for (std::size_t index = 0; index < tables_.nodes[node].answers; ++index) {
    if (tables_.methods[answers[index].method] == method) return answers + index;
  }
  return nullptr;
}

std::size_t SegmentMachine::bytes() const {
  return tables_.nodes.size() * sizeof(Node) + tables_.slots.size() * sizeof(Slot) +
         tables_.kind_edges.size() * sizeof(std::uint32_t) +
         tables_.answers.size() * sizeof(Answer) + tables_.texts.size();
}

}  // namespace assay::routing
