#include "server/forms/media_type.h"

#include <string>

#include <gtest/gtest.h>

namespace assay::forms {
namespace {

TEST(MediaType, HasATypeASubtypeAndParameters) {
  const auto media =
      MediaType::parse(" Text/HTML ;charset=UTF-8;\tTitle=\"a; \\\"b\\\" \\c\" ;; version=1; ");
  ASSERT_TRUE(media);
  EXPECT_EQ(media->type(), "Text");
  EXPECT_EQ(media->subtype(), "HTML");
  EXPECT_EQ(media->parameter("CHARSET"), "UTF-8");
  EXPECT_EQ(media->parameter("title"), "a; \"b\" c");
  EXPECT_EQ(media->parameter("version"), "1");
  EXPECT_EQ(media->parameter("level"), std::nullopt);
}

TEST(MediaType, TellsAnEmptyValueFromNone) {
  EXPECT_EQ(MediaType::parse("a/b; c=\"\"")->parameter("c"), "");
}

TEST(MediaType, RefusesWhatTheGrammarDoesNotAllow) {
  for (const std::string_view text : {"",
                                      "text",
                                      "/",
                                      "text/",
                                      "/html",
                                      "text/html/x",
                                      "te xt/html",
                                      "text /html",
                                      "text/ html",
                                      "text/html charset=utf-8",
                                      "text/html, text/plain",
                                      "text/html; charset",
                                      "text/html; charset=",
                                      "text/html; =utf-8",
                                      "text/html; charset =utf-8",
                                      "text/html; charset= utf-8",
                                      "text/html; charset=\"utf-8",
                                      "text/html; charset=\"utf-8\\",
                                      "text/html; charset=\"utf-8\"x",
                                      "text/html; charset=\"a\nb\"",
                                      "text/html; a=b c",
                                      "text/html; a=\xC3\xBC",
                                      "text/html; charset=a; Charset=b"}) {
    EXPECT_FALSE(MediaType::parse(text)) << "read: '" << text << "'";
  }
}

TEST(MediaType, RefusesMoreParametersThanSixteen) {
  std::string text = "a/b";
  for (char name = 'a'; name < 'a' + 16; ++name) text += std::string("; ") + name + "=1";
  EXPECT_TRUE(MediaType::parse(text));
  EXPECT_FALSE(MediaType::parse(text + "; z=1"));
}

TEST(MediaType, IsComparedWithoutRegardToCaseOrParameters) {
  EXPECT_TRUE(is("application/json", "application/json"));
  EXPECT_TRUE(is("Application/JSON; charset=utf-8", "application/json"));
  EXPECT_TRUE(is("application/json", "Application/Json"));
  EXPECT_FALSE(is("application/jsonl", "application/json"));
  EXPECT_FALSE(is("application/jso", "application/json"));
  EXPECT_FALSE(is("text/json", "application/json"));
  EXPECT_FALSE(is("application/json; x", "application/json")) << "is malformed";
  EXPECT_FALSE(is("", "*/*"));
}

TEST(MediaType, MatchesAPatternWithAStar) {
  EXPECT_TRUE(is("application/problem+json", "application/*+json"));
  EXPECT_TRUE(is("application/problem+JSON", "application/*+json"));
  EXPECT_FALSE(is("application/json", "application/*+json"));
  EXPECT_FALSE(is("application/+json", "application/*+json"));
  EXPECT_FALSE(is("application/problem+xml", "application/*+json"));
  EXPECT_TRUE(is("image/png", "image/*"));
  EXPECT_FALSE(is("video/mp4", "image/*"));
  EXPECT_TRUE(is("video/mp4", "*/*"));
  EXPECT_FALSE(is("video/mp4", "video"));
}

}  // namespace
}  // namespace assay::forms
