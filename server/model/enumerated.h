// Enumerations by name: the owner of an `enum class` lists it once, beside it.
//
//   enum class Color { red, light_blue };
//   constexpr auto enumerators(Color*) { return names_of<Color::red, Color::light_blue>; }
//
// gives "red" and "light_blue"; other spellings are written out, all of them:
//   constexpr auto enumerators(Color*) {
//     return std::array{Enumerator{Color::red, "red"}, Enumerator{Color::light_blue,
//     "light-blue"}};
//   }
// Found by argument-dependent look-up. Compile-time but for the search; any thread.
#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace assay::model {

template <class E>
struct Enumerator {
  E value;
  std::string_view name;
};
template <class E, std::size_t Size>
Enumerator(E, const char (&)[Size]) -> Enumerator<E>;

// "red" of Color::red, as the compiler spells it in the name of this function.
template <auto Value>
constexpr std::string_view enumerator_name() {
  std::string_view text = __PRETTY_FUNCTION__;
  text.remove_suffix(text.size() - text.find_first_of(";]", text.find("Value = ")));
  const std::size_t start = text.find_last_of(": ");
  return text.substr(start + 1);
}

template <auto First, auto... Others>
inline constexpr std::array names_of{
    Enumerator<decltype(First)>{First, enumerator_name<First>()},
    Enumerator<decltype(First)>{Others, enumerator_name<Others>()}...};

template <class E>
concept Enumerated =
    std::is_enum_v<E> && requires { enumerators(static_cast<E*>(nullptr)).size(); };

template <Enumerated E>
inline constexpr auto enumerators_of = enumerators(static_cast<E*>(nullptr));

template <Enumerated E>
constexpr std::optional<E> enumerator_named(std::string_view name) {
  for (const auto& each : enumerators_of<E>) {
    if (each.name == name) return each.value;
  }
  return std::nullopt;
}

// Empty for a value that is not listed.
template <Enumerated E>
constexpr std::string_view name_of(E value) {
  for (const auto& each : enumerators_of<E>) {
    if (each.value == value) return each.name;
  }
  return {};
}

// As a problem shows them: 'red', 'light_blue'.
template <Enumerated E>
std::vector<std::string> quoted_names() {
  std::vector<std::string> names;
  for (const auto& each : enumerators_of<E>) names.push_back("'" + std::string(each.name) + "'");
  return names;
}

}  // namespace assay::model
