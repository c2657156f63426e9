// A row of a statement, from SQLite to C++: a model whose members are called as the columns are, in
// their order, or one plain value.
//
// Strict: a column of another type than its member is refused as misuse, naming it. An integer is a
// double where one is wanted, 0 and 1 are bool, and NULL is only an empty optional. Views
// (string_view, BlobView) are SQLite's own memory, until the next row: for `each` alone.
#pragma once
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/model/field.h"
#include "server/storage/sql/binding.h"

struct sqlite3_stmt;

namespace assay::storage {

bool is_null(sqlite3_stmt* statement, int column);
bool read_bool(sqlite3_stmt* statement, int column);
std::int64_t read_integer(sqlite3_stmt* statement, int column);
double read_double(sqlite3_stmt* statement, int column);
std::string_view read_text(sqlite3_stmt* statement, int column);
std::string_view read_blob(sqlite3_stmt* statement, int column);

[[noreturn]] void refuse_large_column(sqlite3_stmt* statement, int column);

// Whether T is read from one column.
template <class T>
inline constexpr bool is_column =
    std::same_as<T, bool> || Integer<T> || std::floating_point<T> || std::same_as<T, std::string> ||
    std::same_as<T, std::string_view> || std::same_as<T, Blob> || std::same_as<T, BlobView>;
template <class T>
inline constexpr bool is_column<std::optional<T>> = is_column<T>;

template <class T>
inline constexpr bool is_view = std::same_as<T, std::string_view> || std::same_as<T, BlobView>;
template <class T>
inline constexpr bool is_view<std::optional<T>> = is_view<T>;

template <class T>
T read_column(sqlite3_stmt* statement, int column) {
  static_assert(is_column<T>,
                "a column is read as an integer, bool, double, std::string, std::string_view, "
                "Blob, BlobView, or an optional of these");
  if constexpr (model::is_optional<T>) {
    if (is_null(statement, column)) return std::nullopt;
    return read_column<typename T::value_type>(statement, column);
  } else if constexpr (std::same_as<T, bool>) {
    return read_bool(statement, column);
  } else if constexpr (Integer<T>) {
    const std::int64_t value = read_integer(statement, column);
    if (!std::in_range<T>(value)) refuse_large_column(statement, column);
    return static_cast<T>(value);
  } else if constexpr (std::floating_point<T>) {
    return static_cast<T>(read_double(statement, column));
  } else if constexpr (std::same_as<T, Blob>) {
    return {std::string(read_blob(statement, column))};
  } else if constexpr (std::same_as<T, BlobView>) {
    return {read_blob(statement, column)};
  } else {
    return T(read_text(statement, column));
  }
}

template <model::Model Row>
void read_into(Row& row, sqlite3_stmt* statement) {
  model::for_each_field<Row>([&](const auto& field, std::size_t index) {
    using Value = typename std::remove_cvref_t<decltype(field)>::Value;
    row.*field.member = read_column<Value>(statement, static_cast<int>(index));
  });
}

template <class Row>
Row read_row(sqlite3_stmt* statement) {
  if constexpr (model::Model<Row>) {
    Row row;
    read_into(row, statement);
    return row;
  } else {
    return read_column<Row>(statement, 0);
  }
}

// Where it stays. With this and one look at each column (row.cpp) ten small rows cost 1.1 of the
// bare calls; without both, 1.3.
template <class Row>
void append_row(std::vector<Row>& rows, sqlite3_stmt* statement) {
  if constexpr (model::Model<Row>) {
    read_into(rows.emplace_back(), statement);
  } else {
    rows.push_back(read_column<Row>(statement, 0));
  }
}

// What a row keeps outlives the next step.
template <class Row>
constexpr bool holds_views() {
  if constexpr (model::Model<Row>) {
    bool found = false;
    model::for_each_field<Row>([&found](const auto& field, std::size_t) {
      found |= is_view<typename std::remove_cvref_t<decltype(field)>::Value>;
    });
    return found;
  } else {
    return is_view<Row>;
  }
}

template <model::Model Row>
constexpr std::array<std::string_view, model::field_count<Row>> column_names() {
  std::array<std::string_view, model::field_count<Row>> names;
  model::for_each_field<Row>([&names](const auto& field, std::size_t index) {
    names[index] = std::remove_cvref_t<decltype(field)>::name;
  });
  return names;
}

// What a statement's columns have to be.
struct Columns {
  const std::string_view* names = nullptr;  // null: one, of any name
  std::size_t count = 0;
  bool any = false;  // rows are not read
};
template <class Row>
struct ColumnsOf {
  static constexpr Columns columns{nullptr, 1, false};
};
template <>
struct ColumnsOf<void> {
  static constexpr Columns columns{nullptr, 0, true};
};
template <model::Model Row>
struct ColumnsOf<Row> {
  static constexpr auto names = column_names<Row>();
  static constexpr Columns columns{names.data(), names.size(), false};
};

// Throws misuse where the statement has others.
void require_columns(sqlite3_stmt* statement, const Columns& columns);

}  // namespace assay::storage
