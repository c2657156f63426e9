// A typed model: a plain struct that says once which members it has, what they are called, and
// which rules hold for them.
//
//   struct Item {
//     std::int64_t id = 0;
//     std::optional<std::string> note;
//     static constexpr auto model() {
//       return std::tuple{field<"id">(&Item::id, at_least(1)), field<"note">(&Item::note)};
//     }
//   };
//
// From that come reader (json_read.h), writer (json_write.h) and schema (schema.h). An `optional`
// member may be absent or null, one with a `default_value` absent; every other one is required.
// More that a model may say of itself:
//   static constexpr bool refuse_unknown = true;              a key that it does not know is
//   refused static constexpr auto tag = tagged<"kind">("cat");        which one of a std::variant
//   it is static constexpr std::string_view model_name = "Item";    its name in the schema
// Compile-time only.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "server/model/fixed_string.h"

namespace assay::model {

// A rule has `static constexpr bool fits<T>`: whether it says something of a T.
template <class Rule, class Member>
inline constexpr bool fits = Rule::template fits<Member>;
template <class Rule, class Member>
inline constexpr bool fits<Rule, std::optional<Member>> =
    Rule::template fits<Member> || Rule::template fits<std::optional<Member>>;

template <class Member, class... Rules>
constexpr void require_rules_that_fit() {
  static_assert((fits<Rules, Member> && ...),
                "a rule does not fit its member: bounds and steps want a number, lengths and "
                "patterns a string, item counts a list or map, one_of what it lists");
}

template <FixedString Name, class Owner, class Member, class... Rules>
struct Field {
  static constexpr std::string_view name = Name.view();
  using Value = Member;
  Member Owner::* member;
  std::tuple<Rules...> rules;
};

template <FixedString Name, class Owner, class Member, class... Rules>
constexpr auto field(Member Owner::* member, Rules... rules) {
  require_rules_that_fit<Member, Rules...>();
  return Field<Name, Owner, Member, Rules...>{member, {rules...}};
}

// What tells a model from the others of a variant: `"kind":"cat"`, first of its members.
template <FixedString Key, std::size_t Size>
struct Tag {
  static constexpr std::string_view key = Key.view();
  FixedString<Size> value;
};
template <FixedString Key, std::size_t Size>
constexpr Tag<Key, Size> tagged(const char (&value)[Size]) {
  return {value};
}

template <class T>
concept Model = requires { std::tuple_size<decltype(T::model())>::value; };
template <class T>
concept Tagged = Model<T> && requires { T::tag.value.view(); };

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_variant = false;
template <class... T>
inline constexpr bool is_variant<std::variant<T...>> = true;

// The description, made once.
template <Model T>
inline constexpr auto fields = T::model();
template <Model T>
inline constexpr std::size_t field_count = std::tuple_size_v<decltype(T::model())>;
template <Model T, std::size_t Index>
using FieldAt = std::tuple_element_t<Index, std::remove_cvref_t<decltype(fields<T>)>>;

template <class T>
concept RefusesUnknown = requires { requires T::refuse_unknown; };

// Calls `use(field, index)` for each field of T, in the order of the description.
template <Model T, class Use>
constexpr void for_each_field([[maybe_unused]] Use&& use) {
  // Not std::apply, which costs the compiler the names of all fields anew.
  [&use]<std::size_t... I>(std::index_sequence<I...>) {
    (use(std::get<I>(fields<T>), I), ...);
  }(std::make_index_sequence<field_count<T>>());
}

// The rule among `Rules` that says what an absent member is, by its index; or their number.
template <class... Rules>
constexpr std::size_t default_index() {
  std::size_t index = 0;
  [[maybe_unused]] const bool found = ((Rules::is_default || (++index, false)) || ...);
  return index;
}
template <class Member, class... Rules>
inline constexpr bool may_be_absent =
    is_optional<Member> || default_index<Rules...>() < sizeof...(Rules);

}  // namespace assay::model
