// A JSON Schema that replies are held against, as drafts 2019-09 and 2020-12 have it.
//
// Known are: type, enum, const; properties, required, additionalProperties, minProperties,
// maxProperties; items, minItems, maxItems, uniqueItems; minimum, maximum, exclusiveMinimum,
// exclusiveMaximum, multipleOf; minLength, maxLength (characters), pattern; allOf, anyOf, oneOf,
// not; $ref to a place in the schema ("#/$defs/Item"), $defs and definitions. Titles and the like
// say nothing of the value. All else is refused, `format` too: what is passed over accepts what it
// should not. Numbers are compared to their last digit. Immutable; any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/load/load_error.h"
#include "harness/load/reply/json_document.h"
#include "harness/load/reply/schema_rules.h"

namespace assay::load {

class JsonSchema {
 public:
  static Result<std::shared_ptr<const JsonSchema>> of(std::string_view text);

  bool accepts(const JsonNode& value) const;

 private:
  std::string text_;
  JsonDocument document_;  // the rules look into it
  std::vector<SchemaRules> rules_;
};

}  // namespace assay::load
