#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "server/model/json_read.h"
#include "server/model/json_write.h"

namespace assay::model {
namespace {

struct Part {
  std::int64_t id = 0;
  std::optional<std::string> note;
  static constexpr auto model() {
    return std::tuple{field<"id">(&Part::id), field<"note">(&Part::note)};
  }
};

struct Order {
  std::string name;
  double price = 0;
  bool paid = false;
  std::vector<Part> parts;
  std::map<std::string, std::uint64_t> counts;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Order::name), field<"price">(&Order::price),
                      field<"paid">(&Order::paid), field<"parts">(&Order::parts),
                      field<"counts">(&Order::counts)};
  }
};

constexpr std::string_view order_text =
    R"({"name":"a \"b\"","price":35.4,"paid":true,)"
    R"("parts":[{"id":-7,"note":null},{"id":8,"note":"x"}],"counts":{"200":3,"500":1}})";

std::vector<std::string> lines_of(std::string_view json) {
  std::vector<std::string> lines;
  for (const Problem& problem : from_json<Order>(json).problems) {
    lines.push_back(text(problem.location) + ": " + problem.kind);
  }
  return lines;
}

TEST(Json, WritesAModelInTheOrderOfItsDescription) {
  const Order order{
      "a \"b\"", 35.4, true, {{-7, std::nullopt}, {8, "x"}}, {{"200", 3}, {"500", 1}}};
  EXPECT_EQ(to_json(order), order_text);
}

TEST(Json, WritesEmptyContainersClosed) {
  EXPECT_EQ(to_json(Order{}), R"({"name":"","price":0.0,"paid":false,"parts":[],"counts":{}})");
}

struct Extremes {
  std::int64_t least = std::numeric_limits<std::int64_t>::min();
  std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  std::optional<double> share = -0.30000000000000004;
  bool known = false;
  static constexpr auto model() {
    return std::tuple{field<"least">(&Extremes::least), field<"most">(&Extremes::most),
                      field<"share">(&Extremes::share), field<"known">(&Extremes::known)};
  }
};

struct Shifted {
  std::string before;
  std::vector<Extremes> rows;
  static constexpr auto model() {
    return std::tuple{field<"before">(&Shifted::before), field<"rows">(&Shifted::rows)};
  }
};

// The writer's own buffer ends somewhere in a row, each time at another byte of it.
TEST(Json, WritesTheLongestNumbersWhereverTheyFall) {
  constexpr std::string_view row = R"({"least":-9223372036854775808,"most":18446744073709551615,)"
                                   R"("share":-0.30000000000000004,"known":false})";
  std::string rows(row);
  for (int i = 1; i < 50; ++i) rows.append(",").append(row);
  for (std::size_t shift = 0; shift <= row.size(); ++shift) {
    const std::string before(shift, 'x');
    const Shifted value{before, std::vector<Extremes>(50)};
    EXPECT_EQ(to_json(value), "{\"before\":\"" + before + "\",\"rows\":[" + rows + "]}");
  }
}

struct Nothing {
  static constexpr auto model() { return std::tuple{}; }
};

TEST(Json, EscapesWhereverItHasToInATextOfAnyLength) {
  const std::map<std::string, std::string> escapes = {
      {"\n", "\\n"}, {"\"", "\\\""}, {"\\", "\\\\"}, {"\xC3\xA9", "\xC3\xA9"}, {"a", "a"}};
  for (std::size_t at = 0; at < 40; ++at) {
    for (std::size_t behind = 0; behind < 40; ++behind) {
      const std::string before(at, 'b');
      const std::string rest(behind, 'r');
      for (const auto& [text, written] : escapes) {
        EXPECT_EQ(to_json(before + text + rest), '"' + before + written + rest + '"');
      }
    }
  }
}

TEST(Json, WritesAModelWithoutFieldsAsAnEmptyObject) {
  EXPECT_EQ(to_json(Nothing{}), "{}");
  EXPECT_TRUE(from_json<Nothing>(R"({"more":1})").ok());
}

TEST(Json, ReadsBackWhatItWrote) {
  const auto reading = from_json<Order>(order_text);
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(to_json(reading.value), order_text);
}

TEST(Json, ReadsKeysInAnyOrderAndSkipsUnknownOnes) {
  const auto reading = from_json<Part>(R"( { "more" : [1, {"x": [true, null]}], "id" : 5 } )");
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading.value.id, 5);
  EXPECT_EQ(reading.value.note, std::nullopt);
}

TEST(Json, CollectsEveryProblemWithItsLocation) {
  const std::vector<std::string> expected = {
      "name: string_type",    "price: float_type", "parts[1].id: int_from_float",
      "parts[2].id: missing", "paid: missing",     "counts: missing"};
  EXPECT_EQ(lines_of(R"({"name":1,"price":"2","parts":[{"id":1},{"id":1.5},{}]})"), expected);
}

TEST(Json, RefusesAnIntegerThatDoesNotFit) {
  const auto problem = from_json<std::int64_t>("9223372036854775808").problems.at(0);
  EXPECT_EQ(problem.kind, "less_than_equal");
  EXPECT_EQ(problem.message, "Input should be less than or equal to 9223372036854775807");
  EXPECT_EQ(problem.input, "9223372036854775808");
  EXPECT_EQ(problem.context, R"({"le":9223372036854775807})");
  EXPECT_EQ(from_json<std::uint64_t>("-1").problems.at(0).message,
            "Input should be greater than or equal to 0");
}

TEST(Json, RefusesAKeyGivenTwice) {
  EXPECT_EQ(from_json<Part>(R"({"id":1,"id":2})").problems.at(0).kind, "duplicate_key");
}

TEST(Json, RefusesAKeyGivenTwiceInAMap) {
  const auto problems = from_json<std::map<std::string, int>>(R"({"a":1,"b":2,"a":3})").problems;
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(text(problems[0].location), "a");
  EXPECT_EQ(problems[0].kind, "duplicate_key");
}

TEST(Json, RefusesANumberThatIsNotFinite) {
  for (const std::string_view number : {"1e999", "-1e999"}) {
    const auto reading = from_json<double>(number);
    ASSERT_EQ(reading.problems.size(), 1U) << number;
    EXPECT_EQ(reading.problems[0].kind, "finite_number");
    EXPECT_EQ(reading.value, 0);
  }
  EXPECT_TRUE(from_json<double>("1e-999").ok());
}

TEST(Json, StopsAtAFaultOfSyntaxWithLineAndColumn) {
  const auto reading = from_json<Order>("{\"name\": \"x\",\n  \"price\": }");
  const auto& problems = reading.problems;
  EXPECT_TRUE(reading.malformed);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(text(problems[0].location), "price");
  EXPECT_EQ(problems[0].message, "line 2, column 12: a value is expected");
}

TEST(Json, IsCutOffAtNoByteWithoutAProblem) {
  for (std::size_t length = 0; length < order_text.size(); ++length) {
    EXPECT_FALSE(from_json<Order>(order_text.substr(0, length)).ok()) << "cut at " << length;
  }
}

}  // namespace
}  // namespace assay::model
