#include "server/wire/wire_cases.h"

#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/wire/reply_text.h"

namespace assay::wire {
namespace {

// The one case that is made of these lines.
WireCase one(const std::string& lines) {
  return parse_cases("case: a title\nrule: RFC 9112 1\n" + lines, "area").at(0);
}

std::string complaint(const std::string& lines) {
  try {
    one(lines);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "none";
}

// The lines of these bytes as replies.
std::vector<std::string> lines(std::string_view output, const std::vector<bool>& to_head = {}) {
  std::vector<std::string> all;
  for (const ReplyText& reply : read_replies(output, to_head)) all.push_back(line_of(reply, true));
  return all;
}

using Lines = std::vector<std::string>;

TEST(WireCase, HasATitleARuleAnInputAndReplies) {
  const WireCase wire_case = one("> GET / HTTP/1.1\n>\n>|ab\n< 100\n< 200 keep-alive GET /\n");
  EXPECT_EQ(wire_case.area, "area");
  EXPECT_EQ(wire_case.title, "a title");
  EXPECT_EQ(wire_case.rule, "RFC 9112 1");
  EXPECT_EQ(wire_case.input, "GET / HTTP/1.1\r\n\r\nab");
  ASSERT_EQ(wire_case.expected.size(), 2U);
  EXPECT_EQ(wire_case.expected[1].line, "200 keep-alive GET /");
  EXPECT_FALSE(wire_case.waits);
}

TEST(WireCase, KnowsEscapesAndRepetitions) {
  EXPECT_EQ(one(">|\\r\\n\\t\\\\\\x00\\xfF\n< waits\n").input, std::string("\r\n\t\\\0\xff", 6));
  EXPECT_EQ(one(">|a\\{b\\n*3}c\n< waits\n").input, "ab\nb\nb\nc");
  EXPECT_EQ(one(">|{\\{*0}}\n< waits\n").input, "{}");
  EXPECT_EQ(one("> \n< 200 close \\{x*3}\\n\n").expected[0].line, "200 close xxx\\n");
}

TEST(WireCase, SetsLimitsAndADate) {
  const WireCase wire_case =
      one("limits: head_bytes=7 body_bytes=8 requests=9 keep_alive=false\ndate: today\n< waits\n");
  EXPECT_EQ(wire_case.limits.head_bytes, 7U);
  EXPECT_EQ(wire_case.limits.body_bytes, 8U);
  EXPECT_EQ(wire_case.limits.requests, 9U);
  EXPECT_FALSE(wire_case.limits.keep_alive);
  EXPECT_EQ(wire_case.date_field, "Date: today\r\n");
}

TEST(WireCase, IsRefusedWithItsLineWhenItCannotBeRead) {
  EXPECT_EQ(complaint("> a\n<200 close\n"), "area.case:4: no such line in a case");
  EXPECT_EQ(complaint(">|\\q\n"), "area.case:3: no such escape");
  EXPECT_EQ(complaint(">|\\x4\n"), "area.case:3: no such escape");
  EXPECT_EQ(complaint(">|\\{a*b}\n"), "area.case:3: no number");
  EXPECT_EQ(complaint("limits: hed_bytes=1\n"), "area.case:3: no such limit");
  EXPECT_EQ(complaint("+ X: y\n"), "area.case:3: no such line in a case");
  EXPECT_EQ(complaint("> a\n"), "area.case:3: nothing expected: a title");
  EXPECT_EQ(complaint("> a\n< 100\n"), "area.case:4: no last word: a title");
}

TEST(WireCase, EndsOpenUnlessTheLastReplyCloses) {
  EXPECT_TRUE(one("< 200 keep-alive GET / close\n").ends_open());
  EXPECT_TRUE(one("< waits\n").ends_open());
  EXPECT_TRUE(one("< 100\n< waits\n").ends_open());
  EXPECT_FALSE(one("< 200 keep-alive a\n< 200 close b\n").ends_open());
  EXPECT_FALSE(one("< 501 close\n").ends_open());
}

TEST(WireCase, IsAnsweredInCompanyToo) {
  const WireCase wire_case = one("limits: requests=2\n> a\n< 200 keep-alive a\n");
  const WireCase behind = behind_a_good_request(wire_case);
  EXPECT_EQ(behind.limits.requests, 3U);
  EXPECT_EQ(behind.expected.size(), 2U);
  EXPECT_EQ(behind.expected[0].line, "200 keep-alive GET /before");
  const WireCase before = before_a_good_request(wire_case);
  EXPECT_EQ(before.expected[1].line, "200 close GET /after");
  EXPECT_EQ(before_a_good_request(one("> a\n< 400 close\n")).expected.size(), 1U);
}

TEST(WireCase, SaysHowRepliesDiffer) {
  const std::string output = "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 2\r\n\r\nok";
  EXPECT_EQ(difference(one("< 200 keep-alive ok\n+ x: y\n- Z\n"), output), "");
  EXPECT_EQ(difference(one("< 200 close\n"), output),
            "\n  expected:\n    200 close\n  got:\n    200 keep-alive ok");
  EXPECT_EQ(difference(one("< 200 keep-alive ok\n+ X: z\n"), output),
            "\n  200 keep-alive ok has no X: z, but y");
  EXPECT_EQ(difference(one("< 200 keep-alive ok\n- X\n"), output),
            "\n  200 keep-alive ok has X: y");
  EXPECT_EQ(difference(one("< 200 keep-alive ok\n"), ""),
            "\n  expected:\n    200 keep-alive ok\n  got:\n    nothing");
}

TEST(WireCase, NeedNotRepeatWhatAnErrorSays) {
  const std::string output = "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nlost";
  EXPECT_EQ(difference(one("< 404 keep-alive\n"), output), "");
  EXPECT_EQ(difference(one("< 404 keep-alive lost\n"), output), "");
  EXPECT_NE(difference(one("< 404 keep-alive found\n"), output), "");
}

TEST(ReplyText, EndsWhereItsFramingSays) {
  EXPECT_EQ(lines("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 204 No Content\r\n\r\n"),
            (Lines{"200 keep-alive ok", "204 keep-alive"}));
  EXPECT_EQ(lines("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "2\r\nok\r\n1\r\n\n\r\n0\r\n\r\nHTTP/1.1 304 Not Modified\r\n\r\n"),
            (Lines{"200 keep-alive ok\\n", "304 keep-alive"}));
  EXPECT_EQ(lines("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it"),
            Lines{"200 close all of it"});
  EXPECT_EQ(lines("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
            (Lines{"100", "200 keep-alive"}));
}

TEST(ReplyText, HasNoBodyWhenItAnswersHead) {
  EXPECT_EQ(lines("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
                  "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                  {true, false}),
            (Lines{"200 keep-alive", "200 keep-alive ok"}));
}

TEST(ReplyText, IsUnsoundWhenAClientCouldReadItTwoWays) {
  const auto fault = [](std::string_view output) { return read_replies(output, {}).at(0).fault; };
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  EXPECT_TRUE(fault("HTTP/1.0 200 OK\r\n\r\n").starts_with("no status line"));
  EXPECT_TRUE(fault("HTTP/1.1 600 Ok\r\n\r\n").starts_with("no status"));
  EXPECT_TRUE(fault(ok).starts_with("the head does not end"));
  EXPECT_TRUE(fault(ok + "X\r\n\r\n").starts_with("no field"));
  EXPECT_TRUE(fault(ok + "X: a\nb\r\n\r\n").starts_with("no field"));
  EXPECT_TRUE(fault(ok + "\r\n").starts_with("no length, and no end"));
  EXPECT_TRUE(fault(ok + "Content-Length: 3\r\n\r\nok").starts_with("a short body"));
  EXPECT_TRUE(fault(ok + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na").starts_with("Content"));
  EXPECT_TRUE(fault(ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                  .starts_with("both"));
  EXPECT_TRUE(
      fault("HTTP/1.1 204 No\r\nContent-Length: 0\r\n\r\n").starts_with("a length or a transfer"));
  EXPECT_TRUE(fault(ok + "Transfer-Encoding: chunked\r\n\r\n9\r\nok\r\n0\r\n\r\n")
                  .starts_with("a short chunk"));
  EXPECT_TRUE(fault(ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n").starts_with("no chunk"));
}

}  // namespace
}  // namespace assay::wire
