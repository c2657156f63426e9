// What must hold for a member or an argument, each rule a value: `at_least(1)`, `max_length(64)`.
//
// A rule is a literal type with public members alone, so that it may be a template argument too. It
// has `fits<T>`, and of these what it is about: `holds(value)` with `problem(value)` for a check,
// `append_words(out)` for JSON Schema (`,"minimum":1`), `set(out)` for an absent member. Rules of
// an optional hold for its value. Compile-time, and pure where it runs; any thread.
#pragma once
#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "server/model/fixed_string.h"
#include "server/model/json_write.h"
#include "server/model/problem.h"
#include "server/model/utf8.h"
#include "server/model/value_kinds.h"

namespace assay::model {

template <class T>
concept Number = Integer<T> || std::floating_point<T>;

// Three widths for all literals, so that at_least(1) and at_least(1L) are one type.
template <Number T>
using Widest =
    std::conditional_t<std::floating_point<T>, double,
                       std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>>;

struct Check {
  static constexpr bool is_default = false;
};

// Less-than of numbers of any two types; std::cmp_less where both are integers.
template <Number A, Number B>
constexpr bool is_less(A a, B b) {
  if constexpr (Integer<A> && Integer<B>) {
    return std::cmp_less(a, b);
  } else {
    return static_cast<double>(a) < static_cast<double>(b);
  }
}

struct NotLess {
  static constexpr std::string_view kind = "greater_than_equal", word = "ge", schema = "minimum";
  static constexpr std::string_view words = "greater than or equal to";
  static constexpr bool holds(auto value, auto bound) {
    return !is_less(value, bound) && value == value;
  }
};
struct NotGreater {
  static constexpr std::string_view kind = "less_than_equal", word = "le", schema = "maximum";
  static constexpr std::string_view words = "less than or equal to";
  static constexpr bool holds(auto value, auto bound) {
    return !is_less(bound, value) && value == value;
  }
};
struct Greater {
  static constexpr std::string_view kind = "greater_than", word = "gt", schema = "exclusiveMinimum";
  static constexpr std::string_view words = "greater than";
  static constexpr bool holds(auto value, auto bound) { return is_less(bound, value); }
};
struct Less {
  static constexpr std::string_view kind = "less_than", word = "lt", schema = "exclusiveMaximum";
  static constexpr std::string_view words = "less than";
  static constexpr bool holds(auto value, auto bound) { return is_less(value, bound); }
};

void append_word(std::string& out, std::string_view word, std::string_view json);

template <class Relation, class Value>
struct Bound : Check {
  template <class T>
  static constexpr bool fits = Number<T>;
  Value bound;

  template <Number T>
  constexpr bool holds(T value) const {
    return Relation::holds(value, bound);
  }
  Problem problem(auto) const {
    return bound_problem(Relation::kind, Relation::words, Relation::word, to_json(bound));
  }
  void append_words(std::string& out) const { append_word(out, Relation::schema, to_json(bound)); }
};

template <Number T>
constexpr Bound<NotLess, Widest<T>> at_least(T bound) {
  return {{}, bound};
}
template <Number T>
constexpr Bound<NotGreater, Widest<T>> at_most(T bound) {
  return {{}, bound};
}
template <Number T>
constexpr Bound<Greater, Widest<T>> above(T bound) {
  return {{}, bound};
}
template <Number T>
constexpr Bound<Less, Widest<T>> below(T bound) {
  return {{}, bound};
}

// Of doubles as pydantic takes it: a rest of a rounding error is none.
bool is_multiple(double value, double step);

template <class Value>
struct MultipleOf : Check {
  template <class T>
  static constexpr bool fits = Number<T>;
  Value step;

  template <Number T>
  constexpr bool holds(T value) const {
    if constexpr (Integer<T> && Integer<Value>) {
      // By magnitudes, as signed and unsigned would else not mix.
      const auto magnitude = [](auto number) {
        const auto bits = static_cast<std::uint64_t>(number);
        return std::cmp_less(number, 0) ? 0 - bits : bits;
      };
      return magnitude(value) % magnitude(step) == 0;
    } else {
      return is_multiple(static_cast<double>(value), static_cast<double>(step));
    }
  }
  Problem problem(auto) const {
    return bound_problem("multiple_of", "a multiple of", "multiple_of", to_json(step));
  }
  void append_words(std::string& out) const { append_word(out, "multipleOf", to_json(step)); }
};
// REQUIRES: step is above zero.
template <Number T>
constexpr MultipleOf<Widest<T>> multiple_of(T step) {
  return {{}, step};
}

// Lengths are counted in characters (code points), as JSON Schema does.
struct MinLength : Check {
  template <class T>
  static constexpr bool fits = std::same_as<T, std::string>;
  std::size_t least;

  // A character takes 4 bytes at most, and mostly the count is not needed.
  bool holds(std::string_view text) const {
    return text.size() / 4 >= least || (text.size() >= least && utf8_count(text) >= least);
  }
  Problem problem(std::string_view) const { return too_few_characters(least); }
  void append_words(std::string& out) const { append_word(out, "minLength", to_json(least)); }
};
struct MaxLength : Check {
  template <class T>
  static constexpr bool fits = std::same_as<T, std::string>;
  std::size_t most;

  bool holds(std::string_view text) const {
    return text.size() <= most || (text.size() / 4 <= most && utf8_count(text) <= most);
  }
  Problem problem(std::string_view) const { return too_many_characters(most); }
  void append_words(std::string& out) const { append_word(out, "maxLength", to_json(most)); }
};
constexpr MinLength min_length(std::size_t least) { return {{}, least}; }
constexpr MaxLength max_length(std::size_t most) { return {{}, most}; }

struct MinItems : Check {
  template <class T>
  static constexpr bool fits = is_list<T> || is_map<T>;
  std::size_t least;

  constexpr bool holds(const auto& items) const { return items.size() >= least; }
  template <class T>
  Problem problem(const T& items) const {
    return too_few_items(is_map<T> ? "Dictionary" : "List", least, items.size());
  }
  template <class T>
  void append_words(std::string& out, std::type_identity<T>) const {
    append_word(out, is_map<T> ? "minProperties" : "minItems", to_json(least));
  }
};
struct MaxItems : Check {
  template <class T>
  static constexpr bool fits = is_list<T> || is_map<T>;
  std::size_t most;

  constexpr bool holds(const auto& items) const { return items.size() <= most; }
  template <class T>
  Problem problem(const T& items) const {
    return too_many_items(is_map<T> ? "Dictionary" : "List", most, items.size());
  }
  template <class T>
  void append_words(std::string& out, std::type_identity<T>) const {
    append_word(out, is_map<T> ? "maxProperties" : "maxItems", to_json(most));
  }
};
constexpr MinItems min_items(std::size_t least) { return {{}, least}; }
constexpr MaxItems max_items(std::size_t most) { return {{}, most}; }

// In time linear in the text. Throws std::invalid_argument for what is no expression.
bool matches(std::string_view expression, std::string_view text);

template <std::size_t Size>
struct Pattern : Check {
  template <class T>
  static constexpr bool fits = std::same_as<T, std::string>;
  FixedString<Size> expression;

  bool holds(std::string_view text) const { return matches(expression.view(), text); }
  Problem problem(std::string_view) const { return pattern_mismatch(expression.view()); }
  void append_words(std::string& out) const {
    append_word(out, "pattern", to_json(expression.view()));
  }
};
// Somewhere in the text, as JSON Schema has it: `^` and `$` hold it to the ends. RE2's syntax.
template <std::size_t Size>
constexpr Pattern<Size> pattern(const char (&expression)[Size]) {
  return {{}, expression};
}
void append_choices(std::string& out, const std::vector<std::string>& json);

template <std::size_t Count, std::size_t Longest>
struct OneOfTexts : Check {
  template <class T>
  static constexpr bool fits = std::same_as<T, std::string>;
  std::array<std::array<char, Longest>, Count> choices;
  std::array<std::size_t, Count> sizes;

  constexpr std::string_view choice(std::size_t i) const { return {choices[i].data(), sizes[i]}; }
  constexpr bool holds(std::string_view text) const {
    for (std::size_t i = 0; i < Count; ++i) {
      if (choice(i) == text) return true;
    }
    return false;
  }
  Problem problem(std::string_view) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < Count; ++i) names.push_back("'" + std::string(choice(i)) + "'");
    return not_one_of("literal_error", names);
  }
  void append_words(std::string& out) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < Count; ++i) names.push_back(to_json(choice(i)));
    append_choices(out, names);
  }
};
template <std::size_t... Sizes>
constexpr auto one_of(const char (&... choices)[Sizes]) {
  constexpr std::size_t longest = std::max({Sizes...});
  const auto wide = [](std::string_view text) {
    std::array<char, longest> characters{};
    std::copy(text.begin(), text.end(), characters.begin());
    return characters;
  };
  return OneOfTexts<sizeof...(Sizes), longest>{
      {}, {wide(std::string_view(choices, Sizes - 1))...}, {(Sizes - 1)...}};
}

template <std::size_t Count>
struct OneOfIntegers : Check {
  template <class T>
  static constexpr bool fits = Integer<T>;
  std::array<std::int64_t, Count> choices;

  constexpr bool holds(auto value) const {
    for (const std::int64_t choice : choices) {
      if (std::cmp_equal(choice, value)) return true;
    }
    return false;
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> made;
    for (const std::int64_t choice : choices) made.push_back(to_json(choice));
    return made;
  }
  Problem problem(auto) const { return not_one_of("literal_error", texts()); }
  void append_words(std::string& out) const { append_choices(out, texts()); }
};
template <Integer... Values>
constexpr OneOfIntegers<sizeof...(Values)> one_of(Values... choices) {
  return {{}, {static_cast<std::int64_t>(choices)...}};
}

// A check of one's own: true for what is right. Says nothing in the schema.
template <std::size_t Size, class Predicate>
struct Satisfies : Check {
  template <class T>
  static constexpr bool fits = std::predicate<const Predicate&, const T&>;
  FixedString<Size> message;
  Predicate predicate;

  template <class T>
  constexpr bool holds(const T& value) const {
    return std::invoke(predicate, value);
  }
  Problem problem(const auto&) const { return failed_check(message.view()); }
};
template <std::size_t Size, class Predicate>
constexpr Satisfies<Size, Predicate> satisfies(const char (&message)[Size], Predicate predicate) {
  return {{}, message, predicate};
}

}  // namespace assay::model
