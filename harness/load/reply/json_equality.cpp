#include "harness/load/reply/json_equality.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "harness/load/text/decimal.h"
#include "server/model/number_text.h"

namespace assay::load {
namespace {

constexpr std::size_t few_members = 16;  // so few are searched, not sorted

using Member = std::pair<std::string_view, const JsonNode*>;

bool is_same_number(std::string_view left, std::string_view right) {
  if (left == right) return true;
  const Decimal one = decimal_of(left);
  const Decimal other = decimal_of(right);
  if (one == other) return true;
  if (one.is_whole() || other.is_whole()) return false;
  return model::double_of(left) == model::double_of(right);
}

bool are_same_elements(const JsonNode& left, const JsonNode& right) {
  const JsonNode* one = left.inside();
  const JsonNode* other = right.inside();
  for (std::uint32_t i = 0; i < left.count; ++i, one = one->next(), other = other->next()) {
    if (!is_same(*one, *other)) return false;
  }
  return true;
}

std::vector<Member> sorted_members(const JsonNode& object) {
  std::vector<Member> members;
  members.reserve(object.count);
  const JsonNode* name = object.inside();
  for (std::uint32_t i = 0; i < object.count; ++i, name = name->next()->next()) {
    members.emplace_back(name->text, name->next());
  }
  std::sort(members.begin(), members.end());
  return members;
}

bool are_same_sorted_members(const JsonNode& left, const JsonNode& right) {
  const std::vector<Member> ones = sorted_members(left);
  const std::vector<Member> others = sorted_members(right);
  return std::equal(ones.begin(), ones.end(), others.begin(), others.end(),
                    [](const Member& one, const Member& other) {
                      return one.first == other.first && is_same(*one.second, *other.second);
                    });
}

// No name stands twice in either, so that as many of which each has its like are all.
bool are_same_members(const JsonNode& left, const JsonNode& right) {
  const JsonNode* name = left.inside();
  const JsonNode* other = right.inside();
  for (std::uint32_t i = 0; i < left.count; ++i) {
    const bool is_in_order = name->text == other->text;
    if (!is_in_order && left.count > few_members) return are_same_sorted_members(left, right);
    const JsonNode* const match = is_in_order ? other->next() : right.member(name->text);
    if (match == nullptr || !is_same(*name->next(), *match)) return false;
    name = name->next()->next();
    other = other->next()->next();
  }
  return true;
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t more) {
  return (hash ^ (more + 0x9e3779b97f4a7c15U + (hash << 6U) + (hash >> 2U))) * 0xff51afd7ed558ccdU;
}

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>()(text); }

std::uint64_t hash_of_number(std::string_view text) {
  const Decimal value = decimal_of(text);
  if (!value.is_whole()) return std::hash<double>()(model::double_of(text));
  return mixed(hash_of(value.digits) + (value.negative ? 1 : 0),
               static_cast<std::uint64_t>(value.exponent));
}

// The same for values that are the same.
std::uint64_t hash_of(const JsonNode& node) {
  const auto kind = static_cast<std::uint64_t>(node.kind) * 2 + (node.truth ? 1 : 0);
  if (node.kind == JsonKind::number) return mixed(kind, hash_of_number(node.text));
  if (node.kind == JsonKind::text) return mixed(kind, hash_of(node.text));
  const bool is_object = node.kind == JsonKind::object;
  std::uint64_t hash = mixed(kind, node.count);
  const JsonNode* at = node.inside();
  for (std::uint32_t i = 0; i < node.count; ++i) {
    if (is_object) {  // whatever their order is
      hash += mixed(hash_of(at->text), hash_of(*at->next()));
      at = at->next();
    } else {
      hash = mixed(hash, hash_of(*at));
    }
    at = at->next();
  }
  return hash;
}

}  // namespace

bool is_same(const JsonNode& left, const JsonNode& right) {
  if (left.kind != right.kind || left.count != right.count) return false;
  switch (left.kind) {
    case JsonKind::null: return true;
    case JsonKind::boolean: return left.truth == right.truth;
    case JsonKind::number: return is_same_number(left.text, right.text);
    case JsonKind::text: return left.text == right.text;
    case JsonKind::array: return are_same_elements(left, right);
    case JsonKind::object: return are_same_members(left, right);
  }
  return false;
}

bool has_equals(const JsonNode& array) {
  std::vector<std::pair<std::uint64_t, const JsonNode*>> elements;
  elements.reserve(array.count);
  const JsonNode* at = array.inside();
  for (std::uint32_t i = 0; i < array.count; ++i, at = at->next()) {
    elements.emplace_back(hash_of(*at), at);
  }
  std::sort(elements.begin(), elements.end());
  for (auto one = elements.begin(); one != elements.end(); ++one) {
    for (auto other = one + 1; other != elements.end() && other->first == one->first; ++other) {
      if (is_same(*one->second, *other->second)) return true;
    }
  }
  return false;
}

}  // namespace assay::load
