#include "server/routing/route_pattern.h"

#include <string>

#include <gtest/gtest.h>

namespace assay::routing {
namespace {

// "items {id:int}": the segments as they were understood.
std::string understood(const RoutePattern& pattern) {
  std::string text;
  auto parameter = pattern.parameters().begin();
  for (const RoutePattern::Segment& segment : pattern.segments()) {
    if (!text.empty()) text += ' ';
    if (!segment.is_parameter) {
      text.append("'").append(segment.text).append("'");
      continue;
    }
    text.append("{").append(parameter->name).append(":").append(name_of(segment.kind)).append("}");
    EXPECT_EQ(parameter->kind, segment.kind);
    ++parameter;
  }
  EXPECT_EQ(parameter, pattern.parameters().end());
  return text;
}

std::string refusal_of(std::string_view text) {
  try {
    const RoutePattern pattern(text);
  } catch (const PatternError& error) {
    return error.what();
  }
  return "";
}

TEST(RoutePattern, IsSegmentsAndParameters) {
  EXPECT_EQ(understood(RoutePattern("/items/{shop:int}/files/{rest:path}")),
            "'items' {shop:int} 'files' {rest:path}");
  EXPECT_EQ(understood(RoutePattern("/{a}/{b:str}")), "{a:str} {b:str}");
}

TEST(RoutePattern, KnowsAllTypes) {
  EXPECT_EQ(understood(RoutePattern("/{a:int}/{b:float}/{c:bool}/{d:date}/{e:datetime}/{f:uuid}")),
            "{a:int} {b:float} {c:bool} {d:date} {e:datetime} {f:uuid}");
}

TEST(RoutePattern, EndsInAnEmptySegmentAfterASlash) {
  EXPECT_EQ(understood(RoutePattern("/")), "''");
  EXPECT_EQ(understood(RoutePattern("/items/")), "'items' ''");
  EXPECT_EQ(understood(RoutePattern("/items//a")), "'items' '' 'a'");
}

TEST(RoutePattern, KeepsItsTextAsItWasWritten) {
  EXPECT_EQ(RoutePattern("/items/{id:int}").text(), "/items/{id:int}");
}

TEST(RoutePattern, RefusesWhatDoesNotBeginWithASlash) {
  EXPECT_EQ(refusal_of("items"), "route \"items\": a path begins with a slash: write \"/items\"");
  EXPECT_EQ(refusal_of(""), "route \"\": a path begins with a slash: write \"/\"");
}

TEST(RoutePattern, RefusesANameThatIsNone) {
  EXPECT_EQ(refusal_of("/{}"),
            "route \"/{}\": \"\" is no name of a parameter: write letters, digits and _, as "
            "{item_id}");
  for (const std::string_view text : {"/{:int}", "/{ id }", "/{a-b}", "/{*rest}", "/{é}"})
    EXPECT_NE(refusal_of(text).find("is no name of a parameter"), std::string::npos) << text;
}

TEST(RoutePattern, RefusesATypeThatIsNone) {
  EXPECT_EQ(refusal_of("/{id:integer}"),
            "route \"/{id:integer}\": there is no type \"integer\": write str, int, float, bool, "
            "date, datetime, uuid or path");
  for (const std::string_view text : {"/{id:}", "/{id:Int}", "/{id:int:int}", "/{id: int}"})
    EXPECT_NE(refusal_of(text).find("there is no type"), std::string::npos) << text;
}

TEST(RoutePattern, RefusesANameGivenTwice) {
  EXPECT_EQ(refusal_of("/{id}/x/{id:int}"),
            "route \"/{id}/x/{id:int}\": two parameters are called \"id\": rename one");
}

TEST(RoutePattern, RefusesAPathThatIsNotLast) {
  EXPECT_EQ(refusal_of("/{rest:path}/x"),
            "route \"/{rest:path}/x\": a parameter of type path takes all that follows: write it "
            "last");
  EXPECT_NE(refusal_of("/{rest:path}/"), "");
}

TEST(RoutePattern, RefusesBracesThatMakeNoParameterOfAWholeSegment) {
  EXPECT_EQ(refusal_of("/v{n}"),
            "route \"/v{n}\": \"v{n}\" has a brace too few or too many: a parameter is a whole "
            "segment, write /{name}/ or /{name:int}/");
  for (const std::string_view text :
       {"/{id", "/id}", "/}id{", "/{{id}}", "/{a}{b}", "/{id}.json", "/{a/b}", "/{", "/}"})
    EXPECT_NE(refusal_of(text).find("brace"), std::string::npos) << text;
}

TEST(RoutePattern, RefusesControlCharactersAndDoesNotPrintThem) {
  EXPECT_EQ(refusal_of("/a\x1b[2J"),
            "route \"/a?[2J\": there is a control character in it: leave it out");
  EXPECT_NE(refusal_of(std::string_view("/a\0b", 4)), "");
  EXPECT_NE(refusal_of("/a\x7f"), "");
}

TEST(RoutePattern, TakesSixteenParametersAndNoMore) {
  std::string text;
  for (int n = 0; n < 16; ++n) text.append("/{p").append(std::to_string(n)).append("}");
  EXPECT_EQ(RoutePattern(text).parameters().size(), 16);
  EXPECT_NE(refusal_of(text + "/{p16}").find("more than 16 parameters"), std::string::npos);
}

TEST(RoutePattern, TakesSixtyFourSegmentsAndNoMore) {
  std::string text;
  for (int n = 0; n < 64; ++n) text.append("/a");
  EXPECT_EQ(RoutePattern(text).segments().size(), 64);
  EXPECT_NE(refusal_of(text + "/a").find("more than 64 segments"), std::string::npos);
}

}  // namespace
}  // namespace assay::routing
