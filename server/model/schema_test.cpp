#include "server/model/schema.h"

#include <string>

#include <gtest/gtest.h>

#include "server/model/everything.h"
#include "server/model/json_read.h"

namespace assay::model {
namespace {

template <class T>
std::string schema_of() {
  Schemas named;
  std::string out;
  append_schema<T>(out, named);
  return out;
}

TEST(Schema, OfScalarsListsAndMapsStandsWhereItIsUsed) {
  EXPECT_EQ(schema_of<std::int64_t>(),
            R"({"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807})");
  EXPECT_EQ(schema_of<std::uint64_t>(),
            R"({"type":"integer","minimum":0,"maximum":18446744073709551615})");
  EXPECT_EQ(schema_of<std::uint8_t>(), R"({"type":"integer","minimum":0,"maximum":255})");
  EXPECT_EQ(schema_of<double>(), R"({"type":"number"})");
  EXPECT_EQ(schema_of<std::optional<std::string>>(),
            R"({"anyOf":[{"type":"string"},{"type":"null"}]})");
  EXPECT_EQ(schema_of<std::vector<bool>>(), R"({"type":"array","items":{"type":"boolean"}})");
  EXPECT_EQ((schema_of<std::map<std::string, Date>>()),
            R"({"type":"object","additionalProperties":{"type":"string","format":"date"}})");
  EXPECT_EQ((schema_of<std::array<double, 2>>()),
            R"({"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2})");
}

TEST(Schema, OfAParameterHasTheWordsOfItsRules) {
  Schemas named;
  std::string out;
  append_schema<std::optional<int>>(out, named,
                                    std::tuple{at_least(1), at_most(100), title("how many")});
  EXPECT_EQ(out, R"({"anyOf":[{"type":"integer","minimum":1,"maximum":100},{"type":"null"}],)"
                 R"("title":"how many"})");
}

TEST(Schema, OfAModelIsNamedOnceAndReferredTo) {
  Schemas named;
  std::string out;
  append_schema<std::vector<Inner>>(out, named);
  EXPECT_EQ(out, R"({"type":"array","items":{"$ref":"#/components/schemas/Inner"}})");
  EXPECT_EQ(named.all().at("Inner"),
            R"({"type":"object","title":"Inner","properties":{"count":{"anyOf":[{"type":"integer",)"
            R"("multipleOf":3,"minimum":-2147483648,"maximum":2147483647},{"type":"null"}]},)"
            R"("inner":{"type":"array","items":{"$ref":"#/components/schemas/Inner"},)"
            R"("default":[]}},"additionalProperties":false})");
}

TEST(Schema, OfAVariantNamesItsTag) {
  Schemas named;
  std::string out;
  append_schema<std::variant<Cat, Dog>>(out, named);
  EXPECT_EQ(out,
            R"({"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}],)"
            R"("discriminator":{"propertyName":"kind","mapping":{"cat":"#/components/schemas/Cat",)"
            R"("dog":"#/components/schemas/Dog"}}})");
  EXPECT_EQ(
      named.all().at("Cat"),
      R"({"type":"object","title":"Cat","properties":{"kind":{"type":"string","const":"cat"},)"
      R"("lives":{"type":"integer","minimum":1,"maximum":9,"default":7}},"required":["kind"]})");
}

struct Twin {
  int a = 0;
  static constexpr std::string_view model_name = "Inner";
  static constexpr auto model() { return std::tuple{field<"a">(&Twin::a)}; }
};
template <class T>
struct Page {
  std::vector<T> items;
  static constexpr auto model() { return std::tuple{field<"items">(&Page::items)}; }
};

TEST(Schema, TellsTwoTypesOfOneNameApart) {
  Schemas named;
  std::string out;
  append_schema<Inner>(out, named);
  append_schema<Twin>(out, named);
  append_schema<Inner>(out, named);
  EXPECT_EQ(out, R"({"$ref":"#/components/schemas/Inner"}{"$ref":"#/components/schemas/Inner_2"})"
                 R"({"$ref":"#/components/schemas/Inner"})");
}

TEST(Schema, CallsATypeByItsOwnName) {
  EXPECT_EQ(type_name<Everything>(), "Everything");
  EXPECT_EQ(type_name<Page<Everything>>(), "Page_Everything_");
  EXPECT_EQ(type_name<Twin>(), "Inner");
  EXPECT_EQ(type_name<Color>(), "Color");
}

struct Anything {};  // any JSON
const char* read_value(JsonReader& reader, const char* at, Anything&) {
  return reader.skip_value(at);
}

TEST(Schema, OfEverythingIsJson) {
  Schemas named;
  std::string out;
  append_schema<Everything>(out, named);
  EXPECT_EQ(named.all().size(), 6U);
  for (const auto& [name, schema] : named.all())
    EXPECT_TRUE(from_json<Anything>(schema).ok()) << schema;
}

}  // namespace
}  // namespace assay::model
