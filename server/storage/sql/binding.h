// An argument of a statement, from C++ to SQLite: integers, bool, double, texts, blobs, optional of
// these, and nullptr.
//
// Texts and blobs are not copied: they have to live until the statement has run. Texts are bound
// as they are: SQLite keeps their bytes, whatever they are, and NUL among them. That they are UTF-8
// is seen to where they come in (the model's readers) and go out (its writers), once each.
#pragma once
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

struct sqlite3_stmt;

namespace assay::storage {

// Bytes that are no text.
struct Blob {
  std::string bytes;
  friend bool operator==(const Blob&, const Blob&) = default;
};
struct BlobView {
  BlobView(std::string_view of) : bytes(of) {}   // NOLINT(google-explicit-constructor)
  BlobView(const Blob& of) : bytes(of.bytes) {}  // NOLINT(google-explicit-constructor)
  std::string_view bytes;
};

// A number, and neither a character nor a truth.
template <class T>
concept Integer = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
                  !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> &&
                  !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;

// All return SQLite's code; `place` counts from 1.
int bind_null(sqlite3_stmt* statement, int place);
int bind_integer(sqlite3_stmt* statement, int place, std::int64_t value);
int bind_double(sqlite3_stmt* statement, int place, double value);
int bind_text(sqlite3_stmt* statement, int place, std::string_view value);
int bind_blob(sqlite3_stmt* statement, int place, std::string_view value);

[[noreturn]] void refuse_large_argument(int place);
[[noreturn]] void refuse_no_number(int place);

template <class T>
inline constexpr bool is_optional_argument = false;
template <class T>
inline constexpr bool is_optional_argument<std::optional<T>> = true;

template <class T>
inline constexpr bool is_argument =
    std::same_as<T, bool> || Integer<T> || std::floating_point<T> || std::same_as<T, Blob> ||
    std::same_as<T, BlobView> || std::same_as<T, std::nullptr_t> ||
    std::same_as<T, std::nullopt_t> || std::convertible_to<const T&, std::string_view>;
template <class T>
inline constexpr bool is_argument<std::optional<T>> = is_argument<T>;

template <class T>
int bind_number(sqlite3_stmt* statement, int place, T value) {
  if constexpr (std::floating_point<T>) {
    if (std::isnan(value)) refuse_no_number(place);  // SQLite would make NULL of it
    return bind_double(statement, place, static_cast<double>(value));
  } else {
    if (!std::in_range<std::int64_t>(value)) refuse_large_argument(place);
    return bind_integer(statement, place, static_cast<std::int64_t>(value));
  }
}

template <class T>
int bind_argument(sqlite3_stmt* statement, int place, const T& value) {
  static_assert(is_argument<T>,
                "an argument of a query is an integer, bool, double, text, Blob, an optional of "
                "these, or nullptr");
  if constexpr (is_optional_argument<T>) {
    return value ? bind_argument(statement, place, *value) : bind_null(statement, place);
  } else if constexpr (std::same_as<T, std::nullptr_t> || std::same_as<T, std::nullopt_t>) {
    return bind_null(statement, place);
  } else if constexpr (std::same_as<T, bool>) {
    return bind_integer(statement, place, value ? 1 : 0);
  } else if constexpr (Integer<T> || std::floating_point<T>) {
    return bind_number(statement, place, value);
  } else if constexpr (std::same_as<T, Blob> || std::same_as<T, BlobView>) {
    return bind_blob(statement, place, value.bytes);
  } else if constexpr (is_argument<T>) {
    return bind_text(statement, place, value);
  } else {
    return 0;
  }
}

}  // namespace assay::storage
