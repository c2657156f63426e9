// Reading allocates nothing, once a query is prepared.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include <gtest/gtest.h>

#include "server/storage/sql/allocation_count.h"
#include "server/storage/sql/connection.h"
#include "server/storage/sql/scratch_file.h"

namespace assay::storage {
namespace {

using model::field;

struct Entry {
  std::int64_t id = 0;
  std::string_view name;
  static constexpr auto model() {
    return std::tuple{field<"id">(&Entry::id), field<"name">(&Entry::name)};
  }
};
constexpr Query<"SELECT id FROM entries WHERE id >= ?1", std::int64_t> ids;
constexpr Query<"SELECT id, name FROM entries WHERE name >= ?1", Entry> entries;
constexpr Query<"UPDATE entries SET id = id WHERE id = ?1"> touch;

TEST(SqlAllocation, IsNoneOnceAQueryIsPrepared) {
  const ScratchFile file;
  Connection connection(file.path(), {});
  connection.execute(
      "CREATE TABLE entries(id INTEGER PRIMARY KEY, name TEXT);"
      "INSERT INTO entries VALUES (1, 'a name longer than a short string'), (2, 'b'), (3, 'c')");
  const std::string from_text = "a";
  std::int64_t sum = 0;
  const auto use = [&] {
    connection.hold_snapshot();
    connection.each(ids, [&](std::int64_t id) { sum += id; }, 2);
    connection.each(entries, [&](const Entry& entry) { sum += entry.id * 100; }, from_text);
    sum += connection.one(ids, 3).value() * 10'000;
    connection.end_snapshot();
    sum += connection.run(touch, 1) * 1'000'000;
  };
  use();
  EXPECT_EQ(sum, 1'030'605);
  const std::size_t before = allocation_count();
  EXPECT_GT(before, 0U) << "nothing was counted at all";
  for (int i = 0; i < 100; ++i) use();
  EXPECT_EQ(allocation_count(), before);
}

}  // namespace
}  // namespace assay::storage
