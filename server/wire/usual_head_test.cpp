#include "server/wire/usual_head.h"

#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "server/wire/head_parser.h"
#include "server/wire/wire_cases.h"

namespace assay::wire {
namespace {

std::size_t read_usual_head(std::string_view bytes, RequestHead& head) {
  const std::size_t line = read_usual_line(bytes, head);
  const std::size_t fields = line == 0 ? 0 : read_usual_fields(bytes.substr(line), head);
  return fields == 0 ? 0 : line + fields;
}

// All that was read of a head, as one text.
std::string text_of(const RequestHead& head) {
  std::string text = std::to_string(static_cast<int>(head.method)) + " " +
                     std::to_string(head.version) + " " + std::string(head.method_name) + " " +
                     std::string(head.target);
  for (const HeaderField& field : head.fields()) {
    text.append("\n").append(field.name).append(":").append(field.value);
  }
  return text;
}

// Whether it takes nothing, or what the strict parser takes, and reads the same.
testing::AssertionResult agrees(std::string_view bytes) {
  RequestHead usual;
  const std::size_t length = read_usual_head(bytes, usual);
  if (length == 0 && usual.fields().empty()) return testing::AssertionSuccess();
  const std::string_view head = bytes.substr(0, length);
  if (head.find("\r\n\r\n") + 4 != length) return testing::AssertionFailure() << "ends elsewhere";
  RequestHead strict;
  if (parse_head(head, strict) != Refusal::none) return testing::AssertionFailure() << "refused";
  if (text_of(usual) == text_of(strict)) return testing::AssertionSuccess();
  return testing::AssertionFailure() << text_of(usual) << "\nis\n" << text_of(strict);
}

const std::string usual =
    "POST /path?query=1 HTTP/1.1\r\nHost: assay:8080\r\nAccept:*/*\r\nX-Tab: a\tb c\t \r\n"
    "Connection: keep-alive\r\nEmpty:\r\ncontent-length: 10\r\nX-Text: \xC3\xA9 and more\r\n\r\n";

TEST(UsualHead, IsReadThroughItsEmptyLine) {
  RequestHead head;
  const std::string bytes = usual + "0123456789GET";
  EXPECT_EQ(read_usual_head(bytes, head), usual.size());
  EXPECT_EQ(text_of(head),
            "2 11 POST /path?query=1\nHost:assay:8080\nAccept:*/*\nX-Tab:a\tb c\n"
            "Connection:keep-alive\nEmpty:\ncontent-length:10\nX-Text:\xC3\xA9 and more");
}

TEST(UsualHead, HasAnyMethodAndBothVersions) {
  for (const std::string_view line :
       {"0 10 GET /", "1 11 HEAD /", "3 10 PUT /", "4 11 PATCH /", "5 11 DELETE /",
        "6 11 OPTIONS *", "7 11 CONNECT a:1", "8 11 get /", "8 10 BREW /"}) {
    const std::string version = line.substr(2, 2) == "10" ? " HTTP/1.0" : " HTTP/1.1";
    const std::string bytes = std::string(line.substr(5)) + version + "\r\n\r\n";
    RequestHead head;
    EXPECT_EQ(read_usual_head(bytes, head), bytes.size()) << line;
    EXPECT_EQ(text_of(head), line);
    EXPECT_TRUE(agrees(bytes)) << line;
  }
}

TEST(UsualHead, IsReadOnlyWhenItIsWhole) {
  for (std::size_t cut = 0; cut < usual.size(); ++cut) {
    RequestHead head;
    EXPECT_EQ(read_usual_head(usual.substr(0, cut), head), 0U) << cut;
    EXPECT_TRUE(head.fields().empty()) << cut;
  }
}

TEST(UsualHead, IsNotOneInWhichAnythingIsUnusual) {
  for (const std::string_view field :
       {"Connection: keep-alive, close", "Connection: upgrade", "Connection:",
        "Proxy-Connection: close", "Content-Length: 1, 1", "Content-Length:", "Content-Length: +1",
        "Content-Length: 1\r\nContent-Length: 1", "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: Chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 1", " X: folded", "X : y", ": y", "X: \x01",
        "X: \x7F", "X: a\rb", "X: a\nb"}) {
    RequestHead head;
    const std::string bytes = "GET / HTTP/1.1\r\n" + std::string(field) + "\r\n\r\n";
    EXPECT_EQ(read_usual_head(bytes, head), 0U) << field;
  }
}

TEST(UsualHead, IsNotOneOfTooManyFields) {
  std::string bytes = "GET / HTTP/1.1\r\n";
  for (int i = 0; i < 100; ++i) bytes += "X: y\r\n";
  RequestHead head;
  EXPECT_GT(read_usual_head(bytes + "\r\n", head), 0U);
  head.clear();
  EXPECT_EQ(read_usual_head(bytes + "X: y\r\n\r\n", head), 0U);
}

TEST(UsualHead, IsReadAsTheStrictParserReadsIt) {
  for (const WireCase& wire_case : all_wire_cases()) EXPECT_TRUE(agrees(wire_case.input));
}

TEST(UsualHead, IsReadAsTheStrictParserReadsItWhateverAByteBecomes) {
  for (std::size_t at = 0; at < usual.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string bytes = usual;
      bytes[at] = static_cast<char>(byte);
      ASSERT_TRUE(agrees(bytes)) << "byte " << byte << " at " << at;
    }
  }
}

}  // namespace
}  // namespace assay::wire
