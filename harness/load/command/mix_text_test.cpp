#include "harness/load/command/mix_text.h"

#include <gtest/gtest.h>

#include "harness/load/command/options.h"
#include "harness/load/text/quoted_words.h"

namespace assay::load {
namespace {

using Words = std::vector<std::string>;

std::string refusal(std::string_view text) {
  const auto lines = parse_mix(text);
  return lines ? "" : lines.error().what();
}

TEST(QuotedWords, ArePartedBySpacesUnlessQuoted) {
  EXPECT_EQ(quoted_words("  80 /a\t-X  PUT \r"), (Words{"80", "/a", "-X", "PUT"}));
  EXPECT_EQ(quoted_words(R"('a b' "c d" e' 'f "")"), (Words{"a b", "c d", "e f", ""}));
  EXPECT_EQ(quoted_words(R"('{"a":"\n"}' "\"\n\t\\\d" \n)"),
            (Words{R"({"a":"\n"})", "\"\n\t\\\\d", "\\n"}));
  EXPECT_EQ(quoted_words(""), Words());
  EXPECT_EQ(quoted_words("'a"), std::nullopt);
  EXPECT_EQ(quoted_words(R"("a\")"), std::nullopt);
}

TEST(MixText, IsOneRequestALine) {
  const auto lines = parse_mix(
      "  # what the shop's visitors do\n"
      "80 /items/{random:1:100} --expect-pattern \"item-{digits}\\n\"\n"
      "\n"
      "15 /items -X PUT --body '{\"a\":1}' -H 'A: b' -H 'C: d' --expect-status 200,201\r\n"
      "  5 /");
  ASSERT_TRUE(lines.has_value()) << lines.error().what();
  ASSERT_EQ(lines->size(), 3U);
  EXPECT_EQ((*lines)[0].number, 2U);
  EXPECT_EQ((*lines)[0].weight, 80U);
  EXPECT_EQ((*lines)[0].target, "/items/{random:1:100}");
  EXPECT_EQ((*lines)[0].options.expected_pattern, "item-{digits}\n");
  EXPECT_EQ((*lines)[1].options.method, "PUT");
  EXPECT_EQ((*lines)[1].options.body, R"({"a":1})");
  EXPECT_EQ((*lines)[1].options.headers, (Words{"A: b", "C: d"}));
  EXPECT_EQ((*lines)[1].options.expected_status, "200,201");
  EXPECT_EQ((*lines)[2].number, 5U);
  EXPECT_EQ((*lines)[2].weight, 5U);
  EXPECT_EQ((*lines)[2].target, "/");
}

TEST(MixText, IsRefusedWithTheLineThatIsNone) {
  const auto starts = [](const std::string& text, const std::string& start) {
    return text.rfind(start, 0) == 0;
  };
  EXPECT_PRED2(starts, refusal(""), "line 1 of --mix");
  EXPECT_PRED2(starts, refusal("# nothing\n"), "line 1 of --mix");
  EXPECT_PRED2(starts, refusal("1 /a\n0 /b"), "line 2 of --mix");
  EXPECT_PRED2(starts, refusal("1 /a\n\n-3 /b"), "line 3 of --mix");
  EXPECT_PRED2(starts, refusal("1.5 /b"), "line 1 of --mix");
  EXPECT_PRED2(starts, refusal("/b"), "line 1 of --mix");
  EXPECT_PRED2(starts, refusal("1"), "line 1 of --mix");
  EXPECT_PRED2(starts, refusal("1 http://127.0.0.1/"), "line 1 of --mix");
  EXPECT_PRED2(starts, refusal("1 '/a b'"), "line 1 of --mix");
  EXPECT_PRED2(starts, refusal("1 /a 'b"), "line 1 of --mix");
  EXPECT_PRED2(starts, refusal("1 /a --pipeline 3"), "line 1 of --mix");
  EXPECT_PRED2(starts, refusal("1 /a -X"), "line 1 of --mix");
}

Options with_mix(const char* mix) {
  Options options;
  options.url = "http://127.0.0.1:8080";
  options.mix = mix;
  return options;
}

TEST(MixText, MakesTheRequestsOfAJobWithTheHeadersOfAll) {
  Options options = with_mix(
      "3 /a -H 'Accept: text/html'\n"
      "1 /b --body x --expect-status 404,410");
  options.headers = {"accept: */*", "X-Run: 7"};
  const Result<Job> job = job_of(options);
  ASSERT_TRUE(job.has_value()) << job.error().what();
  using Headers = std::vector<std::pair<std::string, std::string>>;
  ASSERT_EQ(job->mix.size(), 2U);
  EXPECT_EQ(job->mix[0].weight, 3U);
  EXPECT_EQ(job->mix[0].request.method, "GET");
  EXPECT_EQ(job->mix[0].request.target, "/a");
  EXPECT_EQ(job->mix[0].request.headers, (Headers{{"Accept", "text/html"}, {"X-Run", "7"}}));
  EXPECT_EQ(job->mix[1].request.method, "POST");
  EXPECT_EQ(job->mix[1].request.body, "x");
  EXPECT_EQ(job->mix[1].request.headers, (Headers{{"accept", "*/*"}, {"X-Run", "7"}}));
  EXPECT_EQ(job->mix[1].expectation.status, 404);
  EXPECT_EQ(job->mix[1].expectation.other_statuses, (std::vector{410}));
}

TEST(MixText, IsRefusedBesideARequestOfTheCommandLine) {
  const auto refused = [](auto change) {
    Options options = with_mix("1 /a");
    change(options);
    const Result<Job> job = job_of(options);
    return job ? std::string() : job.error().what();
  };
  EXPECT_EQ(refused([](Options&) {}), "");
  EXPECT_EQ(refused([](Options& o) { o.method = "PUT"; }), "--mix and -X exclude each other");
  EXPECT_EQ(refused([](Options& o) { o.url += "/json"; }),
            "--mix and a path in the URL exclude each other");
  EXPECT_EQ(refused([](Options& o) { o.expected_pattern = "x"; }),
            "--mix and --expect-pattern exclude each other");
  EXPECT_EQ(refused([](Options& o) { o.mix = "1 /a\n2 /b --expect-json {"; }),
            "line 2 of --mix cannot be followed: --expect-json was given what is no JSON: line 1, "
            "column 2: a member's name is expected");
  EXPECT_EQ(refused([](Options& o) { o.mix = "@/no/such/file"; }).substr(0, 24),
            "the file \"/no/such/file\"");
}

}  // namespace
}  // namespace assay::load
