// A statement of SQL and what its rows become: one constant, prepared once by each connection.
//
//   struct User {
//     std::int64_t id = 0;
//     std::string name;
//     static constexpr auto model() {
//       return std::tuple{field<"id">(&User::id), field<"name">(&User::name)};
//     }
//   };
//   inline constexpr Query<"SELECT id, name FROM users WHERE id = ?1", User> user_by_id;
//   inline constexpr Query<"SELECT count(*) FROM users", std::int64_t> user_count;
//   inline constexpr Query<"INSERT INTO users(name) VALUES (?1)"> add_user;      // has no rows
//
// A row is a model whose members are called as the columns are, in their order, or one plain value.
// Each such type has a slot of its own in every connection, so that none is looked up by its text.
#pragma once
#include <atomic>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "server/model/fixed_string.h"

namespace assay::storage {

inline std::size_t next_statement_slot() {
  static std::atomic<std::size_t> slots = 0;
  return slots++;
}

template <model::FixedString Sql, class Row = void>
struct Query {
  using RowType = Row;
  static constexpr std::string_view sql = Sql.view();
  static inline const std::size_t slot = next_statement_slot();
};

// Other queries are only `run`.
template <class Q>
concept HasRows = !std::is_void_v<typename Q::RowType>;

}  // namespace assay::storage
