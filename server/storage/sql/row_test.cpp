// Arguments and rows: what goes in, what comes out, and what is refused on the way.
#include "server/storage/sql/row.h"

#include <cstdint>
#include <limits>
#include <tuple>

#include <gtest/gtest.h>

#include "server/storage/sql/connection.h"
#include "server/storage/sql/scratch_file.h"
#include "server/storage/sql/thrown.h"

namespace assay::storage {
namespace {

using model::field;
using Kind = StorageError::Kind;

class Row : public testing::Test {
 private:
  ScratchFile file_;

 protected:
  Connection connection_{file_.path(), {}};
};

constexpr Query<"SELECT typeof(?1)", std::string> type_of;
constexpr Query<"SELECT ?1", std::string> text;
constexpr Query<"SELECT ?1", std::int64_t> integer;
constexpr Query<"SELECT ?1", double> number;
constexpr Query<"SELECT ?1", bool> truth;
constexpr Query<"SELECT ?1", Blob> blob;
constexpr Query<"SELECT ?1", std::optional<std::string>> text_or_null;

TEST_F(Row, BindsEachTypeAsItsOwn) {
  EXPECT_EQ(connection_.one(type_of, 1), "integer");
  EXPECT_EQ(connection_.one(type_of, std::uint8_t{1}), "integer");
  EXPECT_EQ(connection_.one(type_of, true), "integer");
  EXPECT_EQ(connection_.one(type_of, 1.5), "real");
  EXPECT_EQ(connection_.one(type_of, 1.5F), "real");
  EXPECT_EQ(connection_.one(type_of, "text"), "text");
  EXPECT_EQ(connection_.one(type_of, std::string("text")), "text");
  EXPECT_EQ(connection_.one(type_of, std::string_view("text")), "text");
  EXPECT_EQ(connection_.one(type_of, Blob{"bytes"}), "blob");
  EXPECT_EQ(connection_.one(type_of, BlobView("bytes")), "blob");
  EXPECT_EQ(connection_.one(type_of, nullptr), "null");
  EXPECT_EQ(connection_.one(type_of, std::nullopt), "null");
  EXPECT_EQ(connection_.one(type_of, std::optional<int>()), "null");
  EXPECT_EQ(connection_.one(type_of, std::optional<int>(1)), "integer");
}

TEST_F(Row, TakesNothingForATextOfNoLengthAndNotForNull) {
  EXPECT_EQ(connection_.one(type_of, std::string_view()), "text");
  EXPECT_EQ(connection_.one(type_of, BlobView(std::string_view())), "blob");
  EXPECT_EQ(connection_.one(text, std::string_view()), "");
  EXPECT_EQ(connection_.one(blob, Blob{}), Blob{});
}

TEST_F(Row, GivesBackEachByteOfATextWhateverItIs) {
  const std::string bytes("a\0b\xFF\xC3", 5);
  EXPECT_EQ(connection_.one(text, bytes), bytes);
  EXPECT_EQ(connection_.one(blob, Blob{bytes}), Blob{bytes});
}

TEST_F(Row, GivesBackTheSmallestAndTheLargestInteger) {
  EXPECT_EQ(connection_.one(integer, INT64_MIN), INT64_MIN);
  EXPECT_EQ(connection_.one(integer, std::uint64_t{INT64_MAX}), INT64_MAX);
}

TEST_F(Row, RefusesAnArgumentThatSqliteCannotHold) {
  const StorageError large = thrown([&] { connection_.one(integer, std::uint64_t{1} << 63U); });
  EXPECT_EQ(large.kind(), Kind::misuse);
  EXPECT_STREQ(large.what(), "argument 1 is larger than SQLite's integers are: 2^63 - 1 at most");
  const double no_number = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(thrown([&] { connection_.one(number, no_number); }).kind(), Kind::misuse);
  EXPECT_EQ(connection_.one(integer, 1), 1) << "after a refusal";
}

TEST_F(Row, RefusesAColumnOfAnotherType) {
  const StorageError error = thrown([&] { connection_.one(integer, "seven"); });
  EXPECT_EQ(error.kind(), Kind::misuse);
  EXPECT_STREQ(error.what(), "column \"?1\" is a text, and is read as an integer (in: SELECT ?1)");
  EXPECT_EQ(thrown([&] { connection_.one(integer, 7.0); }).kind(), Kind::misuse);
  EXPECT_EQ(thrown([&] { connection_.one(text, 7); }).kind(), Kind::misuse);
  EXPECT_EQ(thrown([&] { connection_.one(text, Blob{"a"}); }).kind(), Kind::misuse);
  EXPECT_EQ(thrown([&] { connection_.one(blob, "a"); }).kind(), Kind::misuse);
  EXPECT_EQ(thrown([&] { connection_.one(number, "1.5"); }).kind(), Kind::misuse);
}

TEST_F(Row, TakesAnIntegerForADoubleAndOnlyZeroAndOneForABool) {
  EXPECT_EQ(connection_.one(number, 7), 7.0);
  EXPECT_EQ(connection_.one(truth, 0), false);
  EXPECT_EQ(connection_.one(truth, 1), true);
  EXPECT_EQ(thrown([&] { connection_.one(truth, 2); }).kind(), Kind::misuse);
  EXPECT_EQ(thrown([&] { connection_.one(truth, -1); }).kind(), Kind::misuse);
  EXPECT_EQ(thrown([&] { connection_.one(truth, "1"); }).kind(), Kind::misuse);
}

TEST_F(Row, TakesNullOnlyForAnOptional) {
  EXPECT_EQ(connection_.one(text_or_null, nullptr).value(), std::nullopt);
  EXPECT_EQ(connection_.one(text_or_null, "a"), "a");
  for (const auto& read : {thrown([&] { connection_.one(text, nullptr); }),
                           thrown([&] { connection_.one(integer, nullptr); }),
                           thrown([&] { connection_.one(number, nullptr); }),
                           thrown([&] { connection_.one(truth, nullptr); }),
                           thrown([&] { connection_.one(blob, nullptr); })}) {
    EXPECT_EQ(read.kind(), Kind::misuse);
    EXPECT_NE(std::string(read.what()).find("\"?1\" is NULL"), std::string::npos) << read.what();
  }
}

TEST_F(Row, RefusesANumberThatDoesNotFitItsMember) {
  constexpr Query<"SELECT ?1", std::uint8_t> small;
  EXPECT_EQ(connection_.one(small, 255), 255);
  EXPECT_EQ(thrown([&] { connection_.one(small, 256); }).kind(), Kind::misuse);
  EXPECT_EQ(thrown([&] { connection_.one(small, -1); }).kind(), Kind::misuse);
}

struct Everything {
  std::int32_t number = 0;
  bool truth = false;
  double size = 0;
  std::string name;
  Blob bytes;
  std::optional<std::int64_t> note;
  static constexpr auto model() {
    return std::tuple{field<"number">(&Everything::number), field<"truth">(&Everything::truth),
                      field<"size">(&Everything::size),     field<"name">(&Everything::name),
                      field<"bytes">(&Everything::bytes),   field<"note">(&Everything::note)};
  }
};
constexpr Query<
    "SELECT 7 AS number, 1 AS truth, 1.5 AS size, 'ann' AS name, x'00FF' AS bytes, NULL AS note",
    Everything>
    everything;

TEST_F(Row, ReadsAModelMemberByMember) {
  const std::optional<Everything> row = connection_.one(everything);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->number, 7);
  EXPECT_EQ(row->truth, true);
  EXPECT_EQ(row->size, 1.5);
  EXPECT_EQ(row->name, "ann");
  EXPECT_EQ(row->bytes, (Blob{std::string("\0\xFF", 2)}));
  EXPECT_EQ(row->note, std::nullopt);
}

struct User {
  std::int64_t id = 0;
  std::string name;
  static constexpr auto model() {
    return std::tuple{field<"id">(&User::id), field<"name">(&User::name)};
  }
};

TEST_F(Row, RefusesColumnsThatAreNotCalledAsTheMembersAre) {
  constexpr Query<"SELECT 1 AS id, 'ann' AS nam", User> other_name;
  constexpr Query<"SELECT 'ann' AS name, 1 AS id", User> other_order;
  constexpr Query<"SELECT 1 AS id", User> too_few;
  constexpr Query<"SELECT 1 AS id, 'ann' AS name, 2 AS age", User> too_many;
  constexpr Query<"SELECT 1, 2", std::int64_t> two_values;
  EXPECT_STREQ(thrown([&] { connection_.one(other_name); }).what(),
               "column 2 is called \"nam\", and the model's member \"name\": name it by AS "
               "(in: SELECT 1 AS id, 'ann' AS nam)");
  EXPECT_EQ(thrown([&] { connection_.one(other_order); }).kind(), Kind::misuse);
  EXPECT_STREQ(thrown([&] { connection_.one(too_few); }).what(),
               "the statement has 1 columns, and its rows are read as 2 (in: SELECT 1 AS id)");
  EXPECT_EQ(thrown([&] { connection_.one(too_many); }).kind(), Kind::misuse);
  EXPECT_EQ(thrown([&] { connection_.one(two_values); }).kind(), Kind::misuse);
}

TEST_F(Row, NoticesColumnsThatChangedWithTheSchema) {
  constexpr Query<"SELECT * FROM users", User> users;
  connection_.execute(
      "CREATE TABLE users(id INTEGER, name TEXT); INSERT INTO users VALUES (1, 'a')");
  EXPECT_EQ(connection_.one(users)->name, "a");
  connection_.execute("ALTER TABLE users RENAME COLUMN name TO called");
  EXPECT_EQ(thrown([&] { connection_.one(users); }).kind(), Kind::misuse);
  connection_.execute("ALTER TABLE users RENAME COLUMN called TO name");
  EXPECT_EQ(connection_.one(users)->name, "a");
}

TEST_F(Row, GivesViewsThatLastUntilTheNext) {
  constexpr Query<"SELECT column1 FROM (VALUES ('a'), ('bc'))", std::string_view> texts;
  constexpr Query<"SELECT column1 FROM (VALUES (x'01'), (NULL))", std::optional<BlobView>> blobs;
  std::string seen;
  connection_.each(texts, [&](std::string_view value) { seen.append(value) += ';'; });
  EXPECT_EQ(seen, "a;bc;");
  int empty = 0;
  connection_.each(blobs, [&](std::optional<BlobView> value) { empty += value ? 0 : 1; });
  EXPECT_EQ(empty, 1);
}

}  // namespace
}  // namespace assay::storage
