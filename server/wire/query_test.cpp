#include "server/wire/query.h"

#include <iterator>
#include <ranges>
#include <string>

#include <gtest/gtest.h>

namespace assay::wire {
namespace {

static_assert(std::forward_iterator<Query::Iterator>);
static_assert(std::ranges::forward_range<Query>);

// "name>value" for each pair, as sent.
std::string pairs(std::string_view raw) {
  std::string text;
  for (const auto& [name, value] : Query(raw)) {
    text.append(text.empty() ? "" : " ").append(name).append(">").append(value);
  }
  return text;
}

std::string all(std::string_view raw, std::string_view name) {
  std::string text;
  std::string scratch;
  Query(raw).each(name, scratch, [&](std::string_view value) { text.append(value) += '|'; });
  return text;
}

std::string first(std::string_view raw, std::string_view name) {
  std::string scratch;
  return std::string(Query(raw).first(name, scratch).value_or("nothing"));
}

TEST(Query, GivesThePairsInOrder) {
  EXPECT_EQ(pairs("a=1&b=2&a=3"), "a>1 b>2 a>3");
  EXPECT_EQ(pairs("a=1"), "a>1");
}

TEST(Query, SplitsAtTheFirstEqualsSign) {
  EXPECT_EQ(pairs("a=b=c&d=="), "a>b=c d>=");
  EXPECT_EQ(pairs("=a&="), ">a >");
}

TEST(Query, ReadsAPartWithoutEqualsSignAsANameWithAnEmptyValue) {
  EXPECT_EQ(pairs("a&b=&c"), "a> b> c>");
  EXPECT_EQ(first("a&b=", "a"), "");
  EXPECT_EQ(first("a&b=", "b"), "");
}

TEST(Query, PassesOverEmptyParts) {
  EXPECT_EQ(pairs(""), "");
  EXPECT_EQ(pairs("&"), "");
  EXPECT_EQ(pairs("&&a=1&&&b=2&&"), "a>1 b>2");
  EXPECT_EQ(Query({}).begin(), Query({}).end());
}

TEST(Query, SplitsBeforeItDecodes) {
  EXPECT_EQ(pairs("a=1%26b%3D2;c"), "a>1%26b%3D2;c");
  EXPECT_EQ(first("a=1%26b%3D2&b=3", "a"), "1&b=2");
  EXPECT_EQ(first("a=1%26b%3D2&b=3", "b"), "3");
}

TEST(Query, ComparesNamesAfterDecoding) {
  EXPECT_EQ(first("n%61me=1", "name"), "1");
  EXPECT_EQ(first("full+name=a+b", "full name"), "a b");
  EXPECT_EQ(first("n%61me=1", "n%61me"), "nothing");
  EXPECT_EQ(first("Name=1", "name"), "nothing");
}

TEST(Query, FindsTheFirstOfANameOrAll) {
  EXPECT_EQ(first("a=1&b=2&a=3", "a"), "1");
  EXPECT_EQ(all("a=1&b=2&%61=%33&a", "a"), "1|3||");
  EXPECT_EQ(all("a=1", "b"), "");
  EXPECT_EQ(first("a=1", "b"), "nothing");
}

TEST(Query, CanBeReadAgainFromACopiedIterator) {
  const Query query("a=1&b=2");
  auto iterator = query.begin();
  const auto kept = iterator++;
  EXPECT_EQ(kept->name, "a");
  EXPECT_EQ(iterator->name, "b");
  EXPECT_NE(kept, iterator);
  EXPECT_EQ(++iterator, query.end());
  EXPECT_EQ(kept->value, "1");
}

}  // namespace
}  // namespace assay::wire
