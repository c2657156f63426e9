#include "server/forms/multipart_reader.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "server/forms/expect_form.h"

namespace assay::forms {
namespace {

constexpr const char* type = "multipart/form-data; boundary=frontier";
const std::string unfinished = "400 the form ends before its closing boundary";
const std::string no_delimiter = "400 a line starts with the form's boundary and is no boundary";
const std::string bad_head = "400 the fields at the head of a part are malformed";

std::string field(const std::string& name, const std::string& value) {
  return "--frontier\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value +
         "\r\n";
}

TEST(MultipartReader, GivesFieldsAndFilesInOrder) {
  expect_form(type,
              field("a", "1") +
                  "--frontier\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.txt\"\r\n"
                  "Content-Type: text/csv\r\n\r\n1,2\r\n3\r\n\r\n" +
                  field("a", "") + "--frontier--\r\n",
              "a=1 a= f=[x.txt|text/csv|1,2\r\n3\r\n]");
}

TEST(MultipartReader, TakesAFormWithoutParts) {
  expect_form(type, "--frontier--", "");
  expect_form(type, "--frontier--\r\n", "");
}

TEST(MultipartReader, SkipsWhatStandsBeforeTheFirstBoundaryAndAfterTheLast) {
  expect_form(type, "\r\n" + field("a", "1") + "--frontier--", "a=1");
  expect_form(type, "this is\r\n--no part\r\n" + field("a", "1") + "--frontier--\r\nbye", "a=1");
}

TEST(MultipartReader, InterpretsNothingAfterTheClosingBoundary) {
  expect_form(type, field("a", "1") + "--frontier--\r\n" + field("b", "2") + "--frontier--", "a=1");
  expect_form(type, field("a", "1") + "--frontier--x\r\n--frontierx", "a=1");
}

TEST(MultipartReader, TakesBlanksBehindABoundary) {
  expect_form(type,
              "--frontier \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--frontier-- ",
              "a=1");
}

TEST(MultipartReader, LeavesAlmostBoundariesToTheContent) {
  for (const std::string content :
       {"\r", "\r\n", "\r\n\r\n", "--frontier", "\n--frontier--", "\r--frontier--", "\r\n--frontie",
        "\r\n--frontie\r\n--frontie", "\r\r\n--frontie\r", "\r\n-\r\n--\r\n--f",
        "x--frontier--\r\n", "\r\n--Frontier--", "\r\n --frontier--", "\r\n--frontieR",
        "\r\n--frontie\r\n--frontiex"}) {
    expect_form(type, field("a", content) + "--frontier--\r\n", "a=" + content);
  }
}

TEST(MultipartReader, LeavesARepeatedStartOfTheBoundaryToTheContent) {
  for (const std::string boundary : {"-", "--", "aa", "a", "abab"}) {
    for (const std::string content : {"\r\n-", "\r\n\r\n-\r\n", "\r\n--\r", "\r\n-\r\n-"}) {
      std::string body = "--" + boundary + "\r\nContent-Disposition: form-data; name=a\r\n\r\n";
      body.append(content).append("\r\n--").append(boundary).append("--");
      expect_form("multipart/form-data; boundary=" + boundary, body, "a=" + content);
    }
  }
}

TEST(MultipartReader, RefusesALineThatStartsWithTheBoundaryAndGoesOnOtherwise) {
  for (const std::string line : {"--frontierx", "--frontier\n", "--frontier-x", "--frontier x",
                                 "--frontier\rx", "--frontier -- "}) {
    expect_form(type, field("a", "1\r\n" + line + "\r\n") + "--frontier--", no_delimiter);
  }
}

TEST(MultipartReader, RefusesABodyThatEndsTooEarly) {
  const std::string body = "skipped\r\n" + field("a", "1") + field("b", "2") + "--frontier--";
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_EQ(outcome(type, {std::string_view(body).substr(0, size)}, {}), unfinished) << size;
  }
  EXPECT_EQ(outcome(type, {body}, {}), "a=1 b=2");
  EXPECT_EQ(outcome(type, {}, {}), unfinished);
}

TEST(MultipartReader, RefusesAHeadThatIsMalformed) {
  const std::string start = "--frontier\r\n";
  const std::string disposition = "Content-Disposition: form-data; name=a";
  const std::string rest = "\r\n\r\n1\r\n--frontier--";
  expect_form(type, start + disposition + "\n\n1\r\n--frontier--", bad_head);
  expect_form(type, start + disposition + "\r\r" + rest, bad_head);
  expect_form(type, start + disposition + "\r\n folded: x" + rest, bad_head);
  expect_form(type, start + disposition + "\r\n--frontier" + rest, bad_head);
  expect_form(type, start + "\r\n1\r\n--frontier--",
              "400 each part of a form needs a Content-Disposition of form-data with a name");
}

TEST(MultipartReader, RefusesABoundaryThatLooksLikeAFieldOfAHead) {
  expect_form("multipart/form-data; boundary=\"a:b\"",
              "--a:b\r\nContent-Disposition: form-data; name=a\r\n--a:b\r\n\r\n1\r\n--a:b--",
              bad_head);
}

TEST(MultipartReader, RefusesAHeadOneByteBeyondTheLimit) {
  FormLimits limits;
  limits.part_head_bytes = 44;  // the field with its CR LF, and the empty line
  const std::string body = field("a", "1") + "--frontier--";
  expect_form(type, body, "a=1", limits);
  limits.part_head_bytes = 43;
  expect_form(type, body, "413 the head of a part is too large", limits);
  expect_form(type, "--frontier\r\n" + std::string(44, 'x'), "413 the head of a part is too large",
              limits);
}

TEST(MultipartReader, RefusesAMarginOneByteBeyondTheLimit) {
  FormLimits limits;
  limits.margin_bytes = 5;
  const std::string part = field("a", "1") + "--frontier--";
  const std::string refused = "413 there is too much outside of the form's boundaries";
  expect_form(type, "abc\r\n" + part + "12345", "a=1", limits);
  expect_form(type, "abcd\r\n" + part, refused, limits);
  expect_form(type, "a\r\nb" + part, refused, limits);
  expect_form(type, part + "123456", refused, limits);
}

// What a reader must make of it, found in the plainest way.
std::string plain_content(const std::string& body, const std::string& delimiter) {
  return body.substr(0, body.find(delimiter));
}

TEST(MultipartReader, FindsTheFirstDelimiterInAnyMixtureOfItsBytes) {
  std::mt19937 random(7);
  const std::string boundary = "-a-a";
  const std::string start = "--" + boundary + "\r\nContent-Disposition: form-data; name=a\r\n\r\n";
  for (int i = 0; i < 3000; ++i) {
    std::string body;
    const std::size_t size = random() % 60;
    while (body.size() < size) body += "\r\n--a-a\r\n-"[random() % 10];
    body += "\r\n--" + boundary + "--";
    const std::string content = plain_content(body, "\r\n--" + boundary);
    const std::string whole = start + body;
    std::string read =
        outcome("multipart/form-data; boundary=" + boundary, cut_at_random(whole, random), {});
    if (read == no_delimiter) continue;  // the first delimiter was one by chance, and went on
    EXPECT_EQ(read, "a=" + content) << testing::PrintToString(body);
  }
}

TEST(Boundary, IsOneToSeventyCharactersOfTheGrammarAndEndsInNoSpace) {
  EXPECT_TRUE(is_boundary("a"));
  EXPECT_TRUE(is_boundary("0'()+_,-./:=? z"));
  EXPECT_TRUE(is_boundary(std::string(70, 'a')));
  EXPECT_FALSE(is_boundary(""));
  EXPECT_FALSE(is_boundary(std::string(71, 'a')));
  for (const char* text : {"a ", " ", "a\"", "a;b", "a\tb", "a\r\nb", "\xC3\xA4", "a*b"}) {
    EXPECT_FALSE(is_boundary(text)) << text;
  }
}

}  // namespace
}  // namespace assay::forms
