#include "harness/load/reply/json_schema.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "harness/load/reply/json_equality.h"
#include "harness/load/reply/schema_reader.h"
#include "server/model/rules.h"
#include "server/model/utf8.h"

namespace assay::load {
namespace {

// More schemas in each other than any honest value needs; each takes its part of the stack.
constexpr int most_steps = 1024;

// Most whole numbers are written as such.
bool is_whole(std::string_view number) {
  return number.find_first_of(".eE") == std::string_view::npos || decimal_of(number).is_whole();
}

// One value held against a schema, with all that is inside.
class Check {
 public:
  explicit Check(const std::vector<SchemaRules>& all) : all_(all) {}

  bool run(const JsonNode& value) { return holds(0, value) && !is_too_deep_; }

 private:
  bool holds(std::size_t index, const JsonNode& value) {
    if (steps_ == most_steps) is_too_deep_ = true;
    if (is_too_deep_) return false;
    ++steps_;
    const SchemaRules& rules = all_[index];
    const bool does = !rules.accepts_nothing && is_of_a_kind(rules, value) &&
                      is_a_choice(rules, value) && holds_inside(rules, value) &&
                      holds_joined(rules, value);
    --steps_;
    return does;
  }

  static bool is_of_a_kind(const SchemaRules& rules, const JsonNode& value) {
    if (rules.kinds.empty() && !rules.accepts_whole_numbers) return true;
    if (std::find(rules.kinds.begin(), rules.kinds.end(), value.kind) != rules.kinds.end()) {
      return true;
    }
    return rules.accepts_whole_numbers && value.kind == JsonKind::number && is_whole(value.text);
  }

  static bool is_a_choice(const SchemaRules& rules, const JsonNode& value) {
    if (rules.constant != nullptr && !is_same(*rules.constant, value)) return false;
    if (rules.choices == nullptr) return true;
    const JsonNode* at = rules.choices->inside();
    for (std::uint32_t i = 0; i < rules.choices->count; ++i, at = at->next()) {
      if (is_same(*at, value)) return true;
    }
    return false;
  }

  bool holds_inside(const SchemaRules& rules, const JsonNode& value) {
    switch (value.kind) {
      case JsonKind::null:
      case JsonKind::boolean: return true;
      case JsonKind::number: return holds_of_number(rules, value.text);
      case JsonKind::text: return holds_of_text(rules, value.text);
      case JsonKind::array: return holds_of_array(rules, value);
      case JsonKind::object: return holds_of_object(rules, value);
    }
    return false;
  }

  static bool holds_of_number(const SchemaRules& rules, std::string_view text) {
    if (!rules.minimum && !rules.maximum && !rules.above && !rules.below && !rules.step) {
      return true;
    }
    const Decimal value = decimal_of(text);
    if (rules.minimum && value < *rules.minimum) return false;
    if (rules.maximum && *rules.maximum < value) return false;
    if (rules.above && !(*rules.above < value)) return false;
    if (rules.below && !(value < *rules.below)) return false;
    return !rules.step || is_multiple(value, *rules.step);
  }

  static bool holds_of_text(const SchemaRules& rules, std::string_view text) {
    const Between& characters = rules.characters;
    const bool is_counted = characters.least != 0 || characters.most != SIZE_MAX;
    if (is_counted && !characters.holds(model::utf8_count(text))) return false;
    return rules.pattern.empty() || model::matches(rules.pattern, text);
  }

  bool holds_of_array(const SchemaRules& rules, const JsonNode& array) {
    if (!rules.elements.holds(array.count)) return false;
    const JsonNode* at = array.inside();
    for (std::uint32_t i = 0; rules.items && i < array.count; ++i, at = at->next()) {
      if (!holds(*rules.items, *at)) return false;
    }
    return !rules.is_unique || !has_equals(array);
  }

  bool holds_of_object(const SchemaRules& rules, const JsonNode& object) {
    if (!rules.members.holds(object.count)) return false;
    for (const std::string_view name : rules.required) {
      if (object.member(name) == nullptr) return false;
    }
    std::size_t expected = 0;  // the property that comes next where they come in order
    const JsonNode* name = object.inside();
    for (std::uint32_t i = 0; i < object.count; ++i, name = name->next()->next()) {
      const std::size_t found = property(rules, name->text, expected);
      expected = found + 1;
      const auto schema = found < rules.properties.size()
                              ? std::optional(rules.properties[found].second)
                              : rules.additional;
      if (schema && !holds(*schema, *name->next())) return false;
    }
    return true;
  }

  // Its place among the properties, or how many there are.
  static std::size_t property(const SchemaRules& rules, std::string_view name,
                              std::size_t expected) {
    const auto& all = rules.properties;
    if (expected < all.size() && all[expected].first == name) return expected;
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const auto& property) { return property.first == name; });
    return static_cast<std::size_t>(found - all.begin());
  }

  bool holds_joined(const SchemaRules& rules, const JsonNode& value) {
    const auto is_held = [&](std::size_t index) { return holds(index, value); };
    const auto& [all, any, one] = std::tie(rules.all_of, rules.any_of, rules.one_of);
    if (!std::all_of(all.begin(), all.end(), is_held)) return false;
    if (!any.empty() && std::none_of(any.begin(), any.end(), is_held)) return false;
    if (!one.empty() && std::count_if(one.begin(), one.end(), is_held) != 1) return false;
    return !rules.negated || !holds(*rules.negated, value);
  }

  const std::vector<SchemaRules>& all_;
  int steps_ = 0;
  bool is_too_deep_ = false;
};

}  // namespace

Result<std::shared_ptr<const JsonSchema>> JsonSchema::of(std::string_view text) {
  const auto made = std::make_shared<JsonSchema>();
  made->text_ = text;
  const std::string fault = made->document_.read(made->text_);
  if (!fault.empty()) return LoadError::not_json("--expect-schema", fault);
  Result<std::vector<SchemaRules>> rules = read_schema(made->document_.root());
  if (!rules) return rules.error();
  made->rules_ = std::move(*rules);
  return std::shared_ptr<const JsonSchema>(made);
}

bool JsonSchema::accepts(const JsonNode& value) const { return Check(rules_).run(value); }

}  // namespace assay::load
