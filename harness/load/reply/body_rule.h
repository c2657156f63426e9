// What a body must be where its bytes may differ: the same JSON value, a text that contains
// another, JSON that a schema accepts, a text with numbers in it. Immutable; any thread.
//
// The same value: members in any order, 1 as 1.0, more in json_equality.h. A body with a name twice
// in one object, nested deeper than 128, or with bytes that are no UTF-8 is no JSON here.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "harness/load/load_error.h"
#include "harness/load/text/digit_pattern.h"

namespace assay::load {

class JsonSchema;

class BodyRule {
 public:
  enum class Kind { json, contains, schema, pattern };

  // Each refuses, with the place, what is no JSON; `schema` also a keyword that it does not know,
  // as a rule that is passed over accepts what it should not; `contains` an empty text.
  static Result<BodyRule> json(std::string_view expected);
  static Result<BodyRule> contains(std::string_view part);
  static Result<BodyRule> schema(std::string_view schema);
  // "counter={digits}": see digit_pattern.h
  static Result<BodyRule> pattern(std::string_view pattern);

  bool accepts(std::string_view body) const;
  // Of what it was made, so that another machine can make the same.
  Kind kind() const { return static_cast<Kind>(meaning_.index()); }
  const std::string& words() const { return words_; }

 private:
  struct Value;
  using Meaning = std::variant<std::shared_ptr<const Value>, std::string,
                               std::shared_ptr<const JsonSchema>, DigitPattern>;

  BodyRule(std::string_view words, Meaning meaning) : words_(words), meaning_(std::move(meaning)) {}

  std::string words_;
  Meaning meaning_;  // in the order of Kind
};

}  // namespace assay::load
