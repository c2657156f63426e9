#include "server/wire/chunked_decoder.h"

#include <cstddef>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace assay::wire {
namespace {

using namespace std::string_view_literals;
using State = ChunkedDecoder::State;

constexpr ChunkLimits roomy{.body_bytes = 1024 * 1024};

// What became of a body: how much of the input it took, and why it was refused, if it was.
struct Outcome {
  State state = State::more;
  std::size_t used = 0;
  Refusal refusal = Refusal::none;
  std::string body;
  bool operator==(const Outcome&) const = default;
};

void PrintTo(const Outcome& outcome, std::ostream* out) {
  constexpr const char* names[] = {"more", "done", "refused"};
  *out << names[static_cast<int>(outcome.state)] << " after " << outcome.used << " bytes, status "
       << status_of(outcome.refusal) << ", body " << testing::PrintToString(outcome.body);
}

// The pieces one after another, until the decoder takes no more.
Outcome decoded(const std::vector<std::string_view>& pieces, const ChunkLimits& limits) {
  ChunkedDecoder decoder;
  Outcome outcome;
  for (const std::string_view piece : pieces) {
    const auto step = decoder.decode(piece, outcome.body, limits);
    outcome.used += step.used;
    outcome.state = step.state;
    outcome.refusal = step.refusal;
    if (step.state != State::more) break;
    EXPECT_EQ(step.used, piece.size());
  }
  return outcome;
}

std::vector<std::string_view> single_bytes(std::string_view text) {
  std::vector<std::string_view> pieces;
  for (std::size_t at = 0; at < text.size(); ++at) pieces.push_back(text.substr(at, 1));
  return pieces;
}

void expect(std::string_view input, const Outcome& expected, const ChunkLimits& limits = roomy) {
  const std::string shown = testing::PrintToString(std::string(input));
  EXPECT_EQ(decoded({input}, limits), expected) << shown << ": whole";
  EXPECT_EQ(decoded(single_bytes(input), limits), expected) << shown << ": byte by byte";
  for (std::size_t cut = 1; cut < input.size(); ++cut) {
    EXPECT_EQ(decoded({input.substr(0, cut), input.substr(cut)}, limits), expected)
        << shown << " @" << cut;
  }
}

// Every byte of `input` belongs to the body.
void expect_body(std::string_view input, std::string body, const ChunkLimits& limits = roomy) {
  expect(input, {State::done, input.size(), Refusal::none, std::move(body)}, limits);
}

// The last byte of `input` is the first that cannot stand where it stands.
void expect_refused_at_end(std::string_view input, std::string body = "") {
  expect(input, {State::refused, input.size(), Refusal::malformed, std::move(body)});
  const std::string_view before = input.substr(0, input.size() - 1);
  EXPECT_EQ(decoded({before}, roomy).state, State::more)
      << testing::PrintToString(std::string(before)) << ": refused too early";
}

TEST(ChunkedDecoder, JoinsTheChunks) {
  expect_body("5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n", "hello, world");
  expect_body("0\r\n\r\n", "");
  expect_body("1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n", "abcdefghijklmnopqrstuvwxyz");
  expect_body("1A\r\nabcdefghijklmnopqrstuvwxyz\r\n000\r\n\r\n", "abcdefghijklmnopqrstuvwxyz");
}

TEST(ChunkedDecoder, TakesDataAsItIs) {
  expect_body("7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n", "\r\n0\r\n\r\n");
  expect_body("2\r\n\0\xFF\r\n0\r\n\r\n"sv, {"\0\xFF", 2});
}

TEST(ChunkedDecoder, ReadsUpToSixteenDigits) {
  expect_body("0000000000000003\r\nabc\r\n0000000000000000\r\n\r\n", "abc");
  expect_refused_at_end("00000000000000003");
  expect_refused_at_end("00000000000000000");
}

TEST(ChunkedDecoder, LeavesWhatFollowsTheBody) {
  expect("1\r\na\r\n0\r\n\r\nGET / HTTP/1.1\r\n", {State::done, 11, Refusal::none, "a"});
}

TEST(ChunkedDecoder, NeedsMoreUntilTheLastLineFeed) {
  const std::string_view input = "3;a=b\r\nabc\r\n0\r\nx: y\r\n\r\n";
  for (std::size_t size = 0; size < input.size(); ++size) {
    const Outcome outcome = decoded({input.substr(0, size)}, roomy);
    EXPECT_EQ(outcome.state, State::more) << size;
    EXPECT_EQ(outcome.used, size);
  }
}

TEST(ChunkedDecoder, PassesOverExtensions) {
  for (const std::string_view extension :
       {";a", ";a=b", ";a=\"\"", ";a=\"b c\"", ";a=\"\\\"\\\\\"", ";a=\"\t\x80\xFF\"", " ;a",
        "\t \t;a", "; a", ";a =b", ";a= b", ";a = \"b\"", ";a;b", ";a ;b", ";a=b;c=\"d\";e",
        ";a=\"b\" ; c", ";!#$%&'*+-.^_`|~09AZaz=!"}) {
    std::string text = "1";
    text.append(extension).append("\r\nx\r\n0").append(extension).append("\r\n\r\n");
    expect_body(text, "x");
  }
}

TEST(ChunkedDecoder, DropsTrailers) {
  expect_body("0\r\na:\r\n\r\n", "");
  expect_body("1\r\nx\r\n0\r\nDigest: abc\r\nX-Sum:\t 1, 2 \t\xC3\xA9 \r\n\r\n", "x");
  expect_body("0\r\nTransfer-Encoding: chunked\r\nContent-Length: 7\r\n\r\n", "");
}

TEST(ChunkedDecoder, RefusesASizeThatTwoReadersMayReadDifferently) {
  for (const std::string_view input :
       {"\r",           "\n",          ";",          " ",  "-",  "+",  "0x",  "g",  "5g",
        "5\n",          "5\r5",        "5\r\r",      "5,", "5.", "5:", "5\v", "5_", "1\r\na\r\n\r",
        "1\r\na\r\n\n", "1\r\na\r\n ", "1\r\na\r\n-"}) {
    const bool has_data = input.size() > 6;
    expect_refused_at_end(input, has_data ? "a" : "");
  }
  expect_refused_at_end("5\0"sv);
}

TEST(ChunkedDecoder, RefusesDataWithoutItsOwnLineEnd) {
  for (const std::string_view input :
       {"1\r\naa", "1\r\na\n", "1\r\na0", "1\r\na ", "1\r\na\ra", "1\r\na\r\r"}) {
    expect_refused_at_end(input, "a");
  }
}

TEST(ChunkedDecoder, RefusesMalformedExtensions) {
  for (const std::string_view input :
       {"5 \r",      "5\t\n",     "5 a",        "5;\r",       "5; \r",       "5;;",
        "5;=",       "5;\"",      "5;a=\r",     "5;a= \r",    "5;a=;",       "5;a==",
        "5;a \r",    "5;a b",     "5;a=b \r",   "5;a=b c",    "5;a=b=",      "5;a=b\"",
        "5;a=\"b\r", "5;a=\"\n",  "5;a=\"\x7F", "5;a=\"\x01", "5;a=\"\\\r",  "5;a=\"\\\n",
        "5;a=\"\"b", "5;a=\"\"=", "5;a\n",      "5;a=b\n",    "5;a=\"b\"\n", "5;a=\"b\" \r",
        "5;\x80",    "5;a=\x80",  "5;a/",       "5;a=(",      "5;a\x01",     "5;a\rb"}) {
    expect_refused_at_end(input);
  }
}

TEST(ChunkedDecoder, RefusesMalformedTrailers) {
  for (const std::string_view input :
       {"0\r\n\n",       "0\r\n\r\r",    "0\r\n\rx",       "0\r\n ",          "0\r\n\t",
        "0\r\n:",        "0\r\na ",      "0\r\na\t",       "0\r\na\r",        "0\r\na\n",
        "0\r\na/",       "0\r\na\x80",   "0\r\na:\n",      "0\r\na: b\n",     "0\r\na:\x01",
        "0\r\na:\x7F",   "0\r\na: b\rc", "0\r\na: b\r\n ", "0\r\na: b\r\n\t", "0\r\na: b\r\n\n",
        "0\r\na: b\r\n:"}) {
    expect_refused_at_end(input);
  }
  expect_refused_at_end("0\r\na:\0"sv);
}

TEST(ChunkedDecoder, RefusesABodyOverItsLimitAsSoonAsItsSizeIsRead) {
  const ChunkLimits limits{.body_bytes = 5};
  expect_body("5\r\nabcde\r\n0\r\n\r\n", "abcde", limits);
  expect_body("2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n", "abcde", limits);
  expect("6\r\nabcdef", {State::refused, 2, Refusal::body_too_large, ""}, limits);
  expect("6;a\r\n", {State::refused, 2, Refusal::body_too_large, ""}, limits);
  expect("2\r\nab\r\n4\r\n", {State::refused, 9, Refusal::body_too_large, "ab"}, limits);
  expect("2\r\nab\r\nffffffffffffffff\r\n", {State::refused, 24, Refusal::body_too_large, "ab"},
         limits);
}

TEST(ChunkedDecoder, CallsASizeMalformedBeforeItCallsItTooLarge) {
  const ChunkLimits limits{.body_bytes = 5};
  expect("6x", {State::refused, 2, Refusal::malformed, ""}, limits);
  expect("fffffffffffffffff", {State::refused, 17, Refusal::malformed, ""}, limits);
}

TEST(ChunkedDecoder, TakesNoBodyAtAllWhereNoneIsAllowed) {
  const ChunkLimits limits{.body_bytes = 0};
  expect_body("0\r\n\r\n", "", limits);
  expect("1\r", {State::refused, 2, Refusal::body_too_large, ""}, limits);
}

TEST(ChunkedDecoder, RefusesExtensionsThatAreTooLongTogether) {
  const ChunkLimits limits{.body_bytes = 9, .extension_bytes = 6};
  expect_body("0\r\n\r\n", "", {.body_bytes = 9, .extension_bytes = 0});
  expect_body("1;a=bcd\r\nx\r\n0\r\n\r\n", "x", limits);
  expect_body("1;ab\r\nx\r\n0 ;a\r\n\r\n", "x", limits);
  expect("1;a=bcde\r\n", {State::refused, 8, Refusal::malformed, ""}, limits);
  expect("1;ab\r\nx\r\n0;a;b\r\n", {State::refused, 14, Refusal::malformed, "x"}, limits);
  expect("1;a=\"bc\"\r\n", {State::refused, 8, Refusal::malformed, ""}, limits);
  expect("1 \t ;abc\r\n", {State::refused, 8, Refusal::malformed, ""}, limits);
}

TEST(ChunkedDecoder, RefusesTrailersThatAreTooLongTogether) {
  const ChunkLimits limits{.body_bytes = 9, .trailer_bytes = 10};
  expect_body("0\r\na: bcdef\r\n\r\n", "", limits);
  expect_body("0\r\na:b\r\nc:d\r\n\r\n", "", limits);
  expect("0\r\na: bcdefg\r\n\r\n", {State::refused, 14, Refusal::fields_too_large, ""}, limits);
  expect("0\r\na:b\r\nc:d\r\ne:\r\n\r\n", {State::refused, 14, Refusal::fields_too_large, ""},
         limits);
}

TEST(ChunkedDecoder, TakesNothingAfterTheEnd) {
  ChunkedDecoder decoder;
  std::string body;
  EXPECT_EQ(decoder.decode("1\r\na\r\n0\r\n\r\n", body, roomy).state, State::done);
  const auto after = decoder.decode("1\r\nb\r\n", body, roomy);
  EXPECT_EQ(after.state, State::done);
  EXPECT_EQ(after.used, 0U);
  EXPECT_EQ(body, "a");
}

TEST(ChunkedDecoder, RefusesForGood) {
  ChunkedDecoder decoder;
  std::string body;
  EXPECT_EQ(decoder.decode("x", body, roomy).state, State::refused);
  const auto after = decoder.decode("0\r\n\r\n", body, roomy);
  EXPECT_EQ(after.state, State::refused);
  EXPECT_EQ(after.refusal, Refusal::malformed);
  EXPECT_EQ(after.used, 0U);
}

TEST(ChunkedDecoder, CountsTheWholeBodyWhoeverEmptiesTheBuffer) {
  ChunkedDecoder decoder;
  const ChunkLimits limits{.body_bytes = 5};
  std::string body;
  EXPECT_EQ(decoder.decode("3\r\nabc\r\n", body, limits).state, State::more);
  body.clear();
  EXPECT_EQ(decoder.decode("3\r\n", body, limits).refusal, Refusal::body_too_large);
}

}  // namespace
}  // namespace assay::wire
