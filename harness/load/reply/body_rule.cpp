#include "harness/load/reply/body_rule.h"

#include <utility>

#include "harness/load/reply/json_document.h"
#include "harness/load/reply/json_equality.h"
#include "harness/load/reply/json_schema.h"

namespace assay::load {

struct BodyRule::Value {
  std::string text;
  JsonDocument document;  // looks into it
};

Result<BodyRule> BodyRule::json(std::string_view expected) {
  const auto value = std::make_shared<Value>();
  value->text = expected;
  const std::string fault = value->document.read(value->text);
  if (!fault.empty()) return LoadError::not_json("--expect-json", fault);
  return BodyRule(expected, std::shared_ptr<const Value>(value));
}

Result<BodyRule> BodyRule::contains(std::string_view part) {
  if (part.empty()) return LoadError::empty_part();
  return BodyRule(part, std::string(part));
}

Result<BodyRule> BodyRule::schema(std::string_view schema) {
  Result<std::shared_ptr<const JsonSchema>> read = JsonSchema::of(schema);
  if (!read) return read.error();
  return BodyRule(schema, std::move(*read));
}

Result<BodyRule> BodyRule::pattern(std::string_view pattern) {
  Result<DigitPattern> read = DigitPattern::of(pattern);
  if (!read) return read.error();
  return BodyRule(pattern, std::move(*read));
}

bool BodyRule::accepts(std::string_view body) const {
  if (const auto* const part = std::get_if<std::string>(&meaning_)) {
    return body.find(*part) != std::string_view::npos;
  }
  if (const auto* const pattern = std::get_if<DigitPattern>(&meaning_)) {
    return pattern->accepts(body);
  }
  JsonDocument document;
  if (!document.read(body).empty()) return false;
  if (const auto* const value = std::get_if<std::shared_ptr<const Value>>(&meaning_)) {
    return is_same((*value)->document.root(), document.root());
  }
  return std::get<std::shared_ptr<const JsonSchema>>(meaning_)->accepts(document.root());
}

}  // namespace assay::load
