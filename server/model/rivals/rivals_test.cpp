// All libraries of the benchmark fill equal structs, refuse what lacks a member or has it of a
// wrong type, and write texts that mean the same.
#include <string>

#include <boost/json/src.hpp>
#include <gtest/gtest.h>

#include "server/model/rivals/boost_json.h"
#include "server/model/rivals/documents.h"
#include "server/model/rivals/nlohmann.h"
#include "server/model/rivals/ours.h"
#include "server/model/rivals/rapidjson.h"
#include "server/model/rivals/simdjson.h"

namespace assay::model::rivals {
namespace {

template <class Library>
class Rival : public testing::Test {};
using Libraries = testing::Types<Ours, Simdjson, Rapidjson, BoostJson, Nlohmann>;
TYPED_TEST_SUITE(Rival, Libraries);

template <class Library, class T>
T value_read(const std::string& text) {
  T value;
  EXPECT_TRUE(typename Library::template Reading<T>(text).read(value)) << text.substr(0, 200);
  return value;
}

template <class Library, class T>
std::string text_written(const T& value) {
  return std::string(typename Library::template Writing<T>(value).write(value));
}

TYPED_TEST(Rival, ReadsEveryDocumentAsItIs) {
  EXPECT_EQ((value_read<TypeParam, Small>(to_json(small()))), small());
  EXPECT_EQ((value_read<TypeParam, Nested>(to_json(nested()))), nested());
  EXPECT_EQ((value_read<TypeParam, Catalogue>(to_json(catalogue(15'000)))), catalogue(15'000));
}

TYPED_TEST(Rival, WritesEveryDocumentAsItIs) {
  EXPECT_EQ((value_read<Ours, Small>(text_written<TypeParam>(small()))), small());
  EXPECT_EQ((value_read<Ours, Nested>(text_written<TypeParam>(nested()))), nested());
  EXPECT_EQ((value_read<Ours, Catalogue>(text_written<TypeParam>(catalogue(15'000)))),
            catalogue(15'000));
}

TYPED_TEST(Rival, RefusesWhatLacksAMemberOrHasAnother) {
  for (const std::string text :
       {R"({"name":"a","description":"b","price":1.5})",
        R"({"name":"a","description":"b","price":1.5,"tax":"2"})",
        R"({"name":"a","description":7,"price":1.5,"tax":2})", R"(["name"])"}) {
    Small value;
    typename TypeParam::template Reading<Small> reading(text);
    EXPECT_FALSE(reading.read(value)) << text;
  }
}

TEST(Documents, AreOfTheSizesThatTheyAreCalledBy) {
  EXPECT_EQ(to_json(small()).size(), 70U);
  EXPECT_EQ(to_json(nested()).size(), 154U);
}

}  // namespace
}  // namespace assay::model::rivals
