#include "server/model/schema.h"

#include <limits>

namespace assay::model {

std::string Schemas::name_for(const void* mark, std::string_view wanted, bool& is_new) {
  const auto known = names_.find(mark);
  is_new = known == names_.end();
  if (!is_new) return known->second;
  std::string name(wanted);
  for (int number = 2; schemas_.contains(name); ++number) {
    name = std::string(wanted) + "_" + std::to_string(number);
  }
  names_[mark] = name;
  schemas_[name] = {};  // taken, while its own members are looked at
  return name;
}

void append_reference(std::string& out, std::string_view name) {
  out += R"({"$ref":"#/components/schemas/)";
  out += name;
  out += "\"}";
}

void append_integer_schema(std::string& out, IntegerRange range, std::string_view words) {
  out += R"({"type":"integer")";
  out += words;
  const auto has = [words](std::string_view word) { return words.find(word) != words.npos; };
  // Said for 64 bits too: without it the schema would promise what is then refused.
  if (!has("\"minimum\":") && !has("\"exclusiveMinimum\":")) {
    append_word(out, "minimum", to_json(range.least));
  }
  if (!has("\"maximum\":") && !has("\"exclusiveMaximum\":")) {
    append_word(out, "maximum", to_json(range.most));
  }
  out += '}';
}

}  // namespace assay::model
