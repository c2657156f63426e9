// JSON Schema 2020-12 of a type, as OpenAPI 3.1 uses it: from the same description as everything.
//
// A scalar, list or map stands where it is used; a model or an enumeration gets a name among
// `Schemas` and is referred to. Made once at start; a Schemas belongs to one thread.
#pragma once
#include <array>
#include <concepts>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "server/model/annotations.h"
#include "server/model/enumerated.h"
#include "server/model/field.h"
#include "server/model/json_write.h"
#include "server/model/rules.h"
#include "server/model/type_name.h"
#include "server/model/value_kinds.h"

namespace assay::model {

// The schemas that have a name. Two types of one name are "Item" and "Item_2".
class Schemas {
 public:
  // Of each name its schema, a JSON object.
  const std::map<std::string, std::string>& all() const { return schemas_; }

  // The name of the type that `mark` is the address of something of; `is_new` where it must be
  // defined.
  std::string name_for(const void* mark, std::string_view wanted, bool& is_new);
  void define(const std::string& name, std::string schema) { schemas_[name] = std::move(schema); }

 private:
  std::map<const void*, std::string> names_;
  std::map<std::string, std::string> schemas_;
};

void append_reference(std::string& out, std::string_view name);
// {"type":"integer"}, with the bounds of a type that is narrower than 64 bits signed, where `words`
// of its rules have none.
void append_integer_schema(std::string& out, IntegerRange range, std::string_view words);

template <class T>
inline constexpr char mark_of = 0;

template <class T>
void append_schema(std::string& out, Schemas& named);

template <class T, class Rule>
void append_words_of(std::string& out, const Rule& rule) {
  if constexpr (requires { rule.append_words(out, std::type_identity<T>()); }) {
    rule.append_words(out, std::type_identity<T>());
  } else if constexpr (requires { rule.append_words(out); }) {
    rule.append_words(out);
  }
}

// Of an optional, checks are about its value, and all other words about the member.
template <class Rule, class T>
concept ChecksValue = requires(const Rule& rule, const T& value) { rule.problem(value); };

template <class T, class... Rules>
std::string words_of(const std::tuple<Rules...>& rules, bool checks) {
  std::string words;
  const auto append = [&]<class Rule>(const Rule& rule) {
    if (ChecksValue<Rule, T> == checks) append_words_of<T>(words, rule);
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (append(std::get<I>(rules)), ...);
  }(std::index_sequence_for<Rules...>());
  return words;
}

template <class T>
void append_value_schema(std::string& out, Schemas& named, std::string_view words);

// A single value with rules: a parameter, or a member.
template <class T, class... Rules>
void append_schema(std::string& out, Schemas& named, const std::tuple<Rules...>& rules) {
  if constexpr (is_optional<T>) {
    using Value = typename T::value_type;
    out += R"({"anyOf":[)";
    append_value_schema<Value>(out, named, words_of<Value>(rules, true));
    out += R"(,{"type":"null"}])" + words_of<Value>(rules, false) + "}";
  } else {
    append_value_schema<T>(out, named, words_of<T>(rules, true) + words_of<T>(rules, false));
  }
}

template <class T>
void append_schema(std::string& out, Schemas& named) {
  append_schema<T>(out, named, std::tuple<>());
}

template <Model T>
std::string model_schema(Schemas& named) {
  std::string properties;
  std::string required;
  const auto append_name = [](std::string& out, std::string_view name) {
    if (!out.empty()) out += ',';
    append_json(out, name);
  };
  if constexpr (Tagged<T>) {
    append_name(properties, decltype(T::tag)::key);
    properties += R"(:{"type":"string","const":)" + to_json(T::tag.value.view()) + "}";
    append_name(required, decltype(T::tag)::key);
  }
  const auto append_field = [&]<FixedString Name, class Member, class... Rules>(
                                const Field<Name, T, Member, Rules...>& field) {
    append_name(properties, field.name);
    properties += ':';
    append_schema<Member>(properties, named, field.rules);
    if constexpr ((std::same_as<Rules, DefaultMember> || ...)) {
      properties.pop_back();
      append_word(properties, "default", to_json(T{}.*(field.member)));
      properties += '}';
    }
    if (!may_be_absent<Member, Rules...>) append_name(required, field.name);
  };
  for_each_field<T>([&](const auto& field, std::size_t) { append_field(field); });
  std::string out = R"({"type":"object","title":)" + to_json(type_name<T>());
  append_word(out, "properties", "{" + properties + "}");
  if (!required.empty()) append_word(out, "required", "[" + required + "]");
  if (RefusesUnknown<T>) append_word(out, "additionalProperties", "false");
  return out + "}";
}

// A reference to the named schema of T, which `make()` gives when it is first asked for.
template <class T, class Make>
std::string named_schema(Schemas& named, Make&& make) {
  bool is_new = false;
  const std::string name = named.name_for(&mark_of<T>, type_name<T>(), is_new);
  if (is_new) named.define(name, make());
  std::string reference;
  append_reference(reference, name);
  return reference;
}

template <Enumerated E>
std::string enumeration_schema() {
  std::string names;
  for (const auto& each : enumerators_of<E>) {
    names += (names.empty() ? "" : ",") + to_json(each.name);
  }
  return R"({"type":"string","title":)" + to_json(type_name<E>()) + R"(,"enum":[)" + names + "]}";
}

template <class T>
struct VariantSchema;
template <Tagged... Ts>
struct VariantSchema<std::variant<Ts...>> {
  static void append(std::string& out, Schemas& named) {
    std::string choices;
    std::string mapping;
    const auto append_choice = [&]<class T>(std::type_identity<T>) {
      const std::string reference = named_schema<T>(named, [&] { return model_schema<T>(named); });
      choices += (choices.empty() ? "" : ",") + reference;
      // {"$ref":"..."}: the text of the reference alone.
      mapping += (mapping.empty() ? "" : ",") + to_json(T::tag.value.view()) +
                 reference.substr(7, reference.size() - 8);
    };
    (append_choice(std::type_identity<Ts>()), ...);
    using First = std::tuple_element_t<0, std::tuple<Ts...>>;
    out += R"({"oneOf":[)" + choices + R"(],"discriminator":{"propertyName":)" +
           to_json(decltype(First::tag)::key) + R"(,"mapping":{)" + mapping + "}}";
  }
};

// The schema of T up to its closing brace.
template <class T>
void open_schema(std::string& out, Schemas& named) {
  if constexpr (std::same_as<T, bool>) {
    out += R"({"type":"boolean")";
  } else if constexpr (std::floating_point<T>) {
    out += R"({"type":"number")";
  } else if constexpr (std::same_as<T, std::string>) {
    out += R"({"type":"string")";
  } else if constexpr (TextForm<T>) {
    out += R"({"type":"string","format":)" + to_json(T::format);
  } else if constexpr (is_list<T>) {
    out += R"({"type":"array","items":)";
    append_schema<typename T::value_type>(out, named);
    if constexpr (requires { std::tuple_size<T>::value; }) {
      append_word(out, "minItems", to_json(std::tuple_size_v<T>));
      append_word(out, "maxItems", to_json(std::tuple_size_v<T>));
    }
  } else if constexpr (is_map<T>) {
    out += R"({"type":"object","additionalProperties":)";
    append_schema<typename T::mapped_type>(out, named);
  } else if constexpr (is_variant<T>) {
    VariantSchema<T>::append(out, named);
  } else if constexpr (Enumerated<T>) {
    out += named_schema<T>(named, [] { return enumeration_schema<T>(); });
    out.pop_back();
  } else {
    static_assert(Model<T>, "JSON Schema has no words for this type");
    out += named_schema<T>(named, [&] { return model_schema<T>(named); });
    out.pop_back();
  }
}

template <class T>
void append_value_schema(std::string& out, Schemas& named, std::string_view words) {
  if constexpr (Integer<T>) {
    append_integer_schema(out, range_of<T>, words);
  } else if constexpr (is_optional<T>) {  // in a list
    append_schema<T>(out, named);
  } else {
    open_schema<T>(out, named);
    out += words;
    out += '}';
  }
}

}  // namespace assay::model
