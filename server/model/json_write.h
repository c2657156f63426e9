// Values and typed models as compact JSON: `to_json(item)`, or appended to a reused buffer.
// Pure; any thread. Keys come as literals made at compile time; an absent optional is null.
#pragma once
#include <array>
#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/field.h"
#include "server/model/json_text.h"

namespace assay::model {

inline void append_json(std::string& out, bool value) { out += value ? "true" : "false"; }
inline void append_json(std::string& out, std::string_view text) { append_json_string(out, text); }
inline void append_json(std::string& out, const std::string& text) {
  append_json_string(out, text);
}
inline void append_json(std::string& out, const char* text) { append_json_string(out, text); }

template <std::signed_integral T>
void append_json(std::string& out, T value) {
  append_json_number(out, static_cast<std::int64_t>(value));
}
template <std::unsigned_integral T>
void append_json(std::string& out, T value) {
  append_json_number(out, static_cast<std::uint64_t>(value));
}
inline void append_json(std::string& out, double value) { append_json_number(out, value); }

// Declared before any is defined, so that each may hold the others.
template <class T>
void append_json(std::string& out, const std::optional<T>& value);
template <class T>
void append_json(std::string& out, const std::vector<T>& values);
template <class T>
void append_json(std::string& out, const std::map<std::string, T>& entries);
template <Model T>
void append_json(std::string& out, const T& value);

template <class T>
void append_json(std::string& out, const std::optional<T>& value) {
  if (value) {
    append_json(out, *value);
  } else {
    out += "null";
  }
}

template <class T>
void append_json(std::string& out, const std::vector<T>& values) {
  out += '[';
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out += ',';
    append_json(out, static_cast<const T&>(values[i]));
  }
  out += ']';
}

template <class T>
void append_json(std::string& out, const std::map<std::string, T>& entries) {
  char before = '{';
  for (const auto& [key, value] : entries) {
    out += before;
    append_json_string(out, key);
    out += ':';
    append_json(out, value);
    before = ',';
  }
  out += entries.empty() ? "{}" : "}";
}

// `"name":` with the comma before it, made once at compile time. Member names are identifiers of
// ours and need no escape.
template <class F, bool First>
struct KeyLiteral {
  static constexpr std::size_t size = F::name.size() + 4;
  static constexpr std::array<char, size> characters = [] {
    std::array<char, size> text{};
    text[0] = First ? '{' : ',';
    text[1] = '"';
    std::copy(F::name.begin(), F::name.end(), text.begin() + 2);
    text[size - 2] = '"';
    text[size - 1] = ':';
    return text;
  }();
};

template <Model T>
void append_json(std::string& out, const T& value) {
  if constexpr (field_count<T> == 0) out += '{';  // elsewhere the first key brings it
  for_each_field<T>([&](const auto& field, std::size_t index) {
    using F = std::remove_cvref_t<decltype(field)>;
    const auto& key =
        index == 0 ? KeyLiteral<F, true>::characters : KeyLiteral<F, false>::characters;
    out.append(key.data(), key.size());
    append_json(out, value.*(field.member));
  });
  out += '}';
}

template <class T>
std::string to_json(const T& value) {
  std::string out;
  append_json(out, value);
  return out;
}

}  // namespace assay::model
