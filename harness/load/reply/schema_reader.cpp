#include "harness/load/reply/schema_reader.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "harness/load/reply/json_pattern.h"

namespace assay::load {
namespace {

// A name as a step of a JSON Pointer (RFC 6901).
std::string pointer_step(std::string_view name) {
  std::string step = "/";
  for (const char c : name) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

// Of a list of texts, or empty where it is none.
std::vector<std::string_view> texts_of(const JsonNode& list) {
  std::vector<std::string_view> texts;
  if (list.kind != JsonKind::array) return texts;
  const JsonNode* at = list.inside();
  for (std::uint32_t i = 0; i < list.count; ++i, at = at->next()) {
    if (at->kind != JsonKind::text) return {};
    texts.push_back(at->text);
  }
  return texts;
}

class SchemaReader {
 public:
  Result<std::vector<SchemaRules>> run(const JsonNode& root) {
    read(root);
    resolve_references();
    std::vector<State> states(all_.size(), State::unseen);
    for (std::size_t i = 0; i < all_.size() && !error_; ++i) {
      if (is_endless(i, states)) refuse("it refers to itself without end");
    }
    if (error_) return *error_;
    return std::move(all_);
  }

  // Remembers the first fault alone; what is read after it does not matter.
  void refuse(std::string_view reason) {
    if (!error_) error_ = LoadError::bad_schema(place_, reason);
  }

  // Each reads a keyword's value and refuses one that it cannot have.
  std::size_t schema(const JsonNode& value) { return read(value); }
  std::vector<std::size_t> schemas(const JsonNode& value);
  std::vector<std::pair<std::string_view, std::size_t>> named_schemas(const JsonNode& value);
  std::size_t count(const JsonNode& value);
  std::optional<Decimal> number(const JsonNode& value);
  std::optional<Decimal> step(const JsonNode& value);
  std::string pattern(const JsonNode& value);
  void types(const JsonNode& value, SchemaRules& rules);
  const JsonNode* choices(const JsonNode& value);
  std::vector<std::string_view> names(const JsonNode& value);
  bool truth(const JsonNode& value);
  void refer(const JsonNode& value);
  void only_at_root() {
    if (current_ != 0) refuse("it may stand in the outermost schema alone");
  }

 private:
  enum class State : char { unseen, entered, left };
  struct Reference {
    std::size_t from = 0;
    std::string to;
    std::string place;
  };

  std::size_t read(const JsonNode& value);
  std::size_t read_at(const JsonNode& value, const std::string& step);
  void read_keywords(const JsonNode& object, SchemaRules& rules);
  void resolve_references();
  bool is_endless(std::size_t index, std::vector<State>& states) const;

  std::vector<SchemaRules> all_;
  std::string place_ = "#";
  std::map<std::string, std::size_t, std::less<>> places_;  // of each schema
  std::vector<Reference> references_;
  std::size_t current_ = 0;  // the schema whose keywords are read
  std::optional<LoadError> error_;
};

using Read = void (*)(SchemaReader& reader, const JsonNode& value, SchemaRules& rules);

void pass_over(SchemaReader&, const JsonNode&, SchemaRules&) {}

// Members that say something of a value, and those that say something of the schema.
Read keyword(std::string_view name) {
  using R = SchemaReader;
  using N = const JsonNode;
  using S = SchemaRules;
  static const std::map<std::string_view, Read> known = {
      {"type", [](R& r, N& n, S& s) { r.types(n, s); }},
      {"enum", [](R& r, N& n, S& s) { s.choices = r.choices(n); }},
      {"const", [](R&, N& n, S& s) { s.constant = &n; }},
      {"properties", [](R& r, N& n, S& s) { s.properties = r.named_schemas(n); }},
      {"required", [](R& r, N& n, S& s) { s.required = r.names(n); }},
      {"additionalProperties", [](R& r, N& n, S& s) { s.additional = r.schema(n); }},
      {"minProperties", [](R& r, N& n, S& s) { s.members.least = r.count(n); }},
      {"maxProperties", [](R& r, N& n, S& s) { s.members.most = r.count(n); }},
      {"items", [](R& r, N& n, S& s) { s.items = r.schema(n); }},
      {"minItems", [](R& r, N& n, S& s) { s.elements.least = r.count(n); }},
      {"maxItems", [](R& r, N& n, S& s) { s.elements.most = r.count(n); }},
      {"uniqueItems", [](R& r, N& n, S& s) { s.is_unique = r.truth(n); }},
      {"minimum", [](R& r, N& n, S& s) { s.minimum = r.number(n); }},
      {"maximum", [](R& r, N& n, S& s) { s.maximum = r.number(n); }},
      {"exclusiveMinimum", [](R& r, N& n, S& s) { s.above = r.number(n); }},
      {"exclusiveMaximum", [](R& r, N& n, S& s) { s.below = r.number(n); }},
      {"multipleOf", [](R& r, N& n, S& s) { s.step = r.step(n); }},
      {"minLength", [](R& r, N& n, S& s) { s.characters.least = r.count(n); }},
      {"maxLength", [](R& r, N& n, S& s) { s.characters.most = r.count(n); }},
      {"pattern", [](R& r, N& n, S& s) { s.pattern = r.pattern(n); }},
      {"allOf", [](R& r, N& n, S& s) { s.all_of = r.schemas(n); }},
      {"anyOf", [](R& r, N& n, S& s) { s.any_of = r.schemas(n); }},
      {"oneOf", [](R& r, N& n, S& s) { s.one_of = r.schemas(n); }},
      {"not", [](R& r, N& n, S& s) { s.negated = r.schema(n); }},
      {"$ref", [](R& r, N& n, S&) { r.refer(n); }},
      {"$defs", [](R& r, N& n, S&) { r.named_schemas(n); }},
      {"definitions", [](R& r, N& n, S&) { r.named_schemas(n); }},
      // Elsewhere it would change what a reference refers to.
      {"$id", [](R& r, N&, S&) { r.only_at_root(); }},
      {"$schema", [](R& r, N&, S&) { r.only_at_root(); }},
      {"$comment", pass_over},
      {"title", pass_over},
      {"description", pass_over},
      {"default", pass_over},
      {"examples", pass_over},
      {"deprecated", pass_over},
      {"readOnly", pass_over},
      {"writeOnly", pass_over}};
  const auto found = known.find(name);
  return found != known.end() ? found->second : nullptr;
}

std::size_t SchemaReader::read(const JsonNode& value) {
  const std::size_t index = all_.size();
  all_.emplace_back();
  places_.emplace(place_, index);
  SchemaRules rules;
  if (value.kind == JsonKind::boolean) {
    rules.accepts_nothing = !value.truth;
  } else if (value.kind == JsonKind::object) {
    const std::size_t outer = std::exchange(current_, index);
    read_keywords(value, rules);
    current_ = outer;
  } else {
    refuse("a schema is an object, true or false");
  }
  all_[index] = std::move(rules);
  return index;
}

void SchemaReader::read_keywords(const JsonNode& object, SchemaRules& rules) {
  const JsonNode* name = object.inside();
  for (std::uint32_t i = 0; i < object.count; ++i, name = name->next()->next()) {
    const std::size_t length = place_.size();
    place_ += pointer_step(name->text);
    const Read read_value = keyword(name->text);
    if (read_value != nullptr) {
      read_value(*this, *name->next(), rules);
    } else {
      refuse("this keyword is not known");
    }
    place_.resize(length);
  }
}

std::size_t SchemaReader::read_at(const JsonNode& value, const std::string& step) {
  const std::size_t length = place_.size();
  place_ += step;
  const std::size_t index = read(value);
  place_.resize(length);
  return index;
}

std::vector<std::size_t> SchemaReader::schemas(const JsonNode& value) {
  std::vector<std::size_t> indexes;
  if (value.kind != JsonKind::array || value.count == 0) refuse("a list of schemas is expected");
  if (value.kind != JsonKind::array) return indexes;
  const JsonNode* at = value.inside();
  for (std::uint32_t i = 0; i < value.count; ++i, at = at->next()) {
    indexes.push_back(read_at(*at, fmt::format("/{}", i)));
  }
  return indexes;
}

std::vector<std::pair<std::string_view, std::size_t>> SchemaReader::named_schemas(
    const JsonNode& value) {
  std::vector<std::pair<std::string_view, std::size_t>> named;
  if (value.kind != JsonKind::object) {
    refuse("an object of schemas is expected");
    return named;
  }
  const JsonNode* name = value.inside();
  for (std::uint32_t i = 0; i < value.count; ++i, name = name->next()->next()) {
    named.emplace_back(name->text, read_at(*name->next(), pointer_step(name->text)));
  }
  return named;
}

std::optional<Decimal> SchemaReader::number(const JsonNode& value) {
  if (value.kind == JsonKind::number) return decimal_of(value.text);
  refuse("a number is expected");
  return std::nullopt;
}

std::size_t SchemaReader::count(const JsonNode& value) {
  constexpr std::int64_t most_digits = 15;
  const auto given = value.kind == JsonKind::number ? decimal_of(value.text) : decimal_of("-1");
  if (given.negative || !given.is_whole() || given.exponent > most_digits) {
    refuse("a whole number from 0 on is expected");
    return 0;
  }
  std::size_t size = 0;
  for (std::int64_t i = 0; i < given.exponent; ++i) {
    const auto digit = static_cast<std::size_t>(i);
    size = size * 10;
    if (digit < given.digits.size()) size += static_cast<std::size_t>(given.digits[digit] - '0');
  }
  return size;
}

std::optional<Decimal> SchemaReader::step(const JsonNode& value) {
  std::optional<Decimal> given = number(value);
  if (given && (given->negative || given->is_zero())) refuse("a number above 0 is expected");
  if (given && given->digits.size() > longest_step) refuse("it has more than 18 digits");
  return given;
}

std::string SchemaReader::pattern(const JsonNode& value) {
  const auto expression =
      value.kind == JsonKind::text ? re2_expression(value.text) : std::optional<std::string>();
  if (!expression) refuse("no pattern that means the same here as in JavaScript");
  return expression.value_or("");
}

void SchemaReader::types(const JsonNode& value, SchemaRules& rules) {
  static const std::map<std::string_view, JsonKind> kinds = {
      {"null", JsonKind::null},   {"boolean", JsonKind::boolean}, {"number", JsonKind::number},
      {"string", JsonKind::text}, {"array", JsonKind::array},     {"object", JsonKind::object}};
  const auto given = value.kind == JsonKind::text ? std::vector{value.text} : texts_of(value);
  if (given.empty()) refuse("the name of a type, or a list of them, is expected");
  for (const std::string_view name : given) {
    const auto kind = kinds.find(name);
    if (kind != kinds.end()) {
      rules.kinds.push_back(kind->second);
    } else if (name == "integer") {
      rules.accepts_whole_numbers = true;
    } else {
      refuse("this is no type of JSON Schema");
    }
  }
}

const JsonNode* SchemaReader::choices(const JsonNode& value) {
  if (value.kind == JsonKind::array && value.count != 0) return &value;
  refuse("a list of values is expected");
  return nullptr;
}

std::vector<std::string_view> SchemaReader::names(const JsonNode& value) {
  std::vector<std::string_view> given = texts_of(value);
  if (value.kind != JsonKind::array || given.size() != value.count) {
    refuse("a list of names is expected");
  }
  return given;
}

bool SchemaReader::truth(const JsonNode& value) {
  if (value.kind != JsonKind::boolean) refuse("true or false is expected");
  return value.truth;
}

void SchemaReader::refer(const JsonNode& value) {
  if (value.kind != JsonKind::text || value.text.substr(0, 1) != "#") {
    refuse("a place in this schema is expected, such as #/$defs/Item");
    return;
  }
  references_.push_back({current_, std::string(value.text), place_});
}

void SchemaReader::resolve_references() {
  for (const Reference& reference : references_) {
    const auto found = places_.find(reference.to);
    place_ = reference.place;
    if (found == places_.end()) {
      refuse("there is no schema at " + reference.to);
    } else {
      all_[reference.from].all_of.push_back(found->second);
    }
  }
}

// Whether a value would be held against this schema again before any part of it is.
bool SchemaReader::is_endless(std::size_t index, std::vector<State>& states) const {
  if (states[index] != State::unseen) return states[index] == State::entered;
  states[index] = State::entered;
  const SchemaRules& rules = all_[index];
  const auto is_any_endless = [&](const std::vector<std::size_t>& indexes) {
    return std::any_of(indexes.begin(), indexes.end(),
                       [&](std::size_t inner) { return is_endless(inner, states); });
  };
  if (is_any_endless(rules.all_of) || is_any_endless(rules.any_of) ||
      is_any_endless(rules.one_of) || (rules.negated && is_endless(*rules.negated, states))) {
    return true;
  }
  states[index] = State::left;
  return false;
}

}  // namespace

Result<std::vector<SchemaRules>> read_schema(const JsonNode& schema) {
  return SchemaReader().run(schema);
}

}  // namespace assay::load
