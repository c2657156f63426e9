// What one schema says of a value; the schemas inside it are named by their index. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/load/reply/json_document.h"
#include "harness/load/text/decimal.h"

namespace assay::load {

struct Between {
  std::size_t least = 0;
  std::size_t most = SIZE_MAX;

  bool holds(std::size_t size) const { return least <= size && size <= most; }
};

struct SchemaRules {
  bool accepts_nothing = false;  // the schema `false`

  std::vector<JsonKind> kinds;         // any of these, where there are some
  bool accepts_whole_numbers = false;  // besides `kinds`: "integer"
  const JsonNode* choices = nullptr;   // an array
  const JsonNode* constant = nullptr;

  std::vector<std::pair<std::string_view, std::size_t>> properties;
  std::optional<std::size_t> additional;
  std::vector<std::string_view> required;
  Between members;

  std::optional<std::size_t> items;
  Between elements;
  bool is_unique = false;

  Between characters;
  std::string pattern;  // RE2's, as json_pattern.h writes it; empty: any

  std::optional<Decimal> minimum;
  std::optional<Decimal> maximum;
  std::optional<Decimal> above;
  std::optional<Decimal> below;
  std::optional<Decimal> step;

  std::vector<std::size_t> all_of;  // and what it refers to
  std::vector<std::size_t> any_of;
  std::vector<std::size_t> one_of;
  std::optional<std::size_t> negated;
};

}  // namespace assay::load
