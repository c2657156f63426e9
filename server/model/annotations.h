// What a member or argument is when it is absent, and what the schema says of it to its reader.
// Rules like those of rules.h, without a check. Compile-time; any thread.
#pragma once
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

#include "server/model/fixed_string.h"
#include "server/model/rules.h"

namespace assay::model {

template <class Value>
struct DefaultValue {
  static constexpr bool is_default = true;
  template <class T>
  static constexpr bool fits = std::convertible_to<Value, T>;
  Value value;

  template <class T>
  void set(T& out) const {
    out = static_cast<T>(value);
  }
  template <class T>
  void append_words(std::string& out, std::type_identity<T>) const {
    append_word(out, "default", to_json(static_cast<T>(value)));
  }
};
template <std::size_t Size>
struct DefaultText {
  static constexpr bool is_default = true;
  template <class T>
  static constexpr bool fits = std::same_as<T, std::string>;
  FixedString<Size> value;

  template <class T>
  void set(T& out) const {
    out = std::string(value.view());
  }
  void append_words(std::string& out) const { append_word(out, "default", to_json(value.view())); }
};
// The member's own initialiser: `std::vector<std::string> tags;` is empty when absent.
struct DefaultMember {
  static constexpr bool is_default = true;
  template <class T>
  static constexpr bool fits = true;
};

template <class Value>
constexpr DefaultValue<Value> default_value(Value value) {
  return {value};
}
template <std::size_t Size>
constexpr DefaultText<Size> default_value(const char (&value)[Size]) {
  return {value};
}
constexpr DefaultMember default_value() { return {}; }

template <FixedString Word, std::size_t Size>
struct Words : Check {
  template <class T>
  static constexpr bool fits = true;
  FixedString<Size> text;
  void append_words(std::string& out) const { append_word(out, Word.view(), to_json(text.view())); }
};
template <std::size_t Size>
constexpr Words<"title", Size> title(const char (&text)[Size]) {
  return {{}, text};
}
template <std::size_t Size>
constexpr Words<"description", Size> description(const char (&text)[Size]) {
  return {{}, text};
}

template <class Value>
struct Example : Check {
  template <class T>
  static constexpr bool fits = std::convertible_to<Value, T>;
  Value value;
  template <class T>
  void append_words(std::string& out, std::type_identity<T>) const {
    append_word(out, "examples", "[" + to_json(static_cast<T>(value)) + "]");
  }
};
template <std::size_t Size>
struct ExampleText : Check {
  // Of a date as well, which JSON has as a string.
  template <class T>
  static constexpr bool fits = std::same_as<T, std::string> || TextForm<T>;
  FixedString<Size> value;
  void append_words(std::string& out) const {
    append_word(out, "examples", "[" + to_json(value.view()) + "]");
  }
};
template <class Value>
constexpr Example<Value> example(Value value) {
  return {{}, value};
}
template <std::size_t Size>
constexpr ExampleText<Size> example(const char (&value)[Size]) {
  return {{}, value};
}

}  // namespace assay::model
