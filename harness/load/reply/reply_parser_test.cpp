#include "harness/load/reply/reply_parser.h"

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace assay::load {
namespace {

// Feeds a parser and puts together what it found.
class Finder {
 public:
  explicit Finder(bool head_only) { parser_.start(head_only); }

  // The line, once the reply is whole or wrong.
  std::optional<std::string> take(std::string_view bytes) {
    for (;;) {
      const ReplyParser::Step step = parser_.feed(bytes);
      bytes.remove_prefix(step.used);
      body_ += step.body;
      switch (step.next) {
        case ReplyParser::Next::fault: return fmt::format("fault: {}", text(parser_.fault()));
        case ReplyParser::Next::complete:
          return summary() + (bytes.empty() ? "" : fmt::format(" +{}", bytes.size()));
        case ReplyParser::Next::head: keep_head(); break;
        case ReplyParser::Next::body: break;
        case ReplyParser::Next::more:
          if (bytes.empty()) return std::nullopt;
      }
    }
  }
  std::string end() {
    return parser_.end_of_stream().next == ReplyParser::Next::complete ? summary() : "more";
  }

 private:
  void keep_head() {
    head_ = fmt::format("{} {}", parser_.head().status, parser_.head().content_type);
  }
  std::string summary() const {
    return fmt::format("{} [{}] {}", head_, body_, parser_.head().close ? "close" : "keep");
  }

  ReplyParser parser_;
  std::string head_;
  std::string body_;
};

// What a parser found, as one line: "200 text/plain [hello] keep", "fault: ...", "more".
std::string found(const std::vector<std::string_view>& pieces, bool ended = false,
                  bool head_only = false) {
  Finder finder(head_only);
  for (const std::string_view bytes : pieces) {
    if (const auto line = finder.take(bytes)) return *line;
  }
  return ended ? finder.end() : "more";
}

// The same whole, in two pieces cut at every byte, and byte by byte.
void expect_found(const std::string& bytes, const std::string& expected, bool ended = false,
                  bool head_only = false) {
  EXPECT_EQ(found({bytes}, ended, head_only), expected) << bytes << ": whole";
  const std::string_view view(bytes);
  for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
    EXPECT_EQ(found({view.substr(0, cut), view.substr(cut)}, ended, head_only), expected)
        << bytes << " @" << cut;
  }
  std::vector<std::string_view> single;
  for (std::size_t place = 0; place < bytes.size(); ++place)
    single.push_back(view.substr(place, 1));
  EXPECT_EQ(found(single, ended, head_only), expected) << bytes << ": byte by byte";
}

TEST(ReplyParser, ReadsABodyOfKnownLength) {
  expect_found("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
               "200 text/plain [hello] keep");
  expect_found("HTTP/1.1 404\r\ncontent-length:0\r\n\r\n", "404  [] keep");
}

TEST(ReplyParser, ReadsChunks) {
  expect_found(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\nA;x=\"y\"\r\n, "
      "world!!!\r\n"
      "0\r\n\r\n",
      "200  [hello, world!!!] keep");
  expect_found(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\nZ: 1\r\n\r\n",
      "200  [a] keep");
}

TEST(ReplyParser, ReadsABodyThatEndsWithTheStream) {
  const std::string bytes = "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n\r\nall of it";
  expect_found(bytes, "200 a/b [all of it] close", true);
  expect_found(bytes, "more", false);
  expect_found("HTTP/1.0 200 OK\r\n\r\n", "200  [] close", true);
}

TEST(ReplyParser, ExpectsNoBodyWhereThereIsNone) {
  expect_found("HTTP/1.1 204 No Content\r\n\r\n", "204  [] keep");
  expect_found("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", "304  [] keep");
  expect_found("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "200  [] keep", false, true);
  expect_found("HTTP/1.1 200 OK\r\n\r\n", "200  [] keep", false,
               true);  // to HEAD, it may be left out
  expect_found("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", "200  [] close", false, true);
}

TEST(ReplyParser, PassesOverInterimReplies) {
  expect_found(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
      "200  [ok] keep");
}

TEST(ReplyParser, KnowsWhenTheServerWillClose) {
  expect_found("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\na",
               "200  [a] close");
  expect_found("HTTP/1.1 200 OK\r\nconnection: upgrade , CLOSE\r\nContent-Length: 1\r\n\r\na",
               "200  [a] close");
  expect_found("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na", "200  [a] close");
  expect_found("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\na",
               "200  [a] keep");
}

TEST(ReplyParser, LeavesTheBytesAfterAReply) {
  EXPECT_EQ(found({"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabcd"}), "200  [a] keep +3");
  EXPECT_EQ(found({"HTTP/1.1 204 OK\r\n\r\nHTTP/1.1 204 OK\r\n\r\n"}), "204  [] keep +19");
}

TEST(ReplyParser, SaysMoreWhenAReplyIsCutShort) {
  const std::string bytes =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    EXPECT_EQ(found({std::string_view(bytes).substr(0, cut)}, true), "more") << cut;
  }
  EXPECT_EQ(found({"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell"}, true), "more");
}

TEST(ReplyParser, RefusesWhatIsNoHttpReply) {
  const std::string line = "fault: it does not begin with an HTTP/1.x status line";
  for (const auto* bytes :
       {"220 smtp.example.org\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 099 No\r\n\r\n", "HTTP/1.1 200OK\r\n\r\n", "HTTP/1.x 200 OK\r\n\r\n", "\r\n\r\n",
        "HTTX"}) {
    expect_found(bytes, line);
  }
}

TEST(ReplyParser, RefusesWhatTwoReadersMayReadDifferently) {
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  for (const auto& [fields, fault] :
       {std::pair{"no colon\r\n", Fault::field},
        {": x\r\n", Fault::field},
        {"Content-Length : 1\r\n", Fault::field},
        {"A: b\r\n folded\r\n", Fault::field},
        {"A: b\nC: d\r\n", Fault::line_end},
        {"no colon\r\nA: b\n\r\n", Fault::line_end},
        {"A: b\rC: d\r\n", Fault::field},
        {"Content-Length: +1\r\n", Fault::length},
        {"Content-Length: \r\n", Fault::length},
        {"Content-Length: 1, 1\r\n", Fault::length},
        {"Content-Length: 18446744073709551616\r\n", Fault::length},
        {"Content-Length: 1\r\nContent-Length: 2\r\n", Fault::two_lengths},
        {"Content-Length: 1\r\nContent-Length: 1\r\n", Fault::two_lengths},
        {"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", Fault::two_lengths},
        {"Transfer-Encoding: gzip\r\n", Fault::coding},
        {"Transfer-Encoding: chunked, gzip\r\n", Fault::coding},
        {"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", Fault::coding}}) {
    expect_found(ok + fields + "\r\n", fmt::format("fault: {}", text(fault)));
  }
  expect_found("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
               fmt::format("fault: {}", text(Fault::coding)));
}

// A server that writes its heads so never sends the empty line that would end one.
TEST(ReplyParser, RefusesLinesThatEndInALineFeedAlone) {
  const std::string fault = fmt::format("fault: {}", text(Fault::line_end));
  for (const auto* bytes :
       {"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", "HTTP/1.1 200 OK\r\nContent-Length: 5\n\n",
        "HTTP/1.1 200 OK\n", "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 5\n\n\r\n\r\n"}) {
    expect_found(bytes, fault);
  }
}

TEST(ReplyParser, RefusesChunksThatAreNotFramed) {
  const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const auto* chunks : {"\r\n", "x\r\n", "-1\r\na\r\n", "1\nab", "1\r\nab\r\n",
                             "1\r\na\n0\r\n", "1000000000000000\r\n", "5;a\nb"}) {
    expect_found(head + chunks, fmt::format("fault: {}", text(Fault::chunk)));
  }
}

TEST(ReplyParser, RefusesAHeadWithoutEnd) {
  const std::string field = "X: " + std::string(1000, 'y') + "\r\n";
  std::string bytes = "HTTP/1.1 200 OK\r\n";
  for (int count = 0; count < 70; ++count) bytes += field;
  std::vector<std::string_view> pieces;
  for (std::size_t place = 0; place < bytes.size(); place += 1000) {
    pieces.push_back(std::string_view(bytes).substr(place, 1000));
  }
  EXPECT_EQ(found(pieces), fmt::format("fault: {}", text(Fault::endless_head)));
}

TEST(ReplyParser, ReadsOneReplyAfterAnother) {
  ReplyParser parser;
  for (int round = 0; round < 3; ++round) {
    parser.start(false);
    EXPECT_FALSE(parser.has_begun());
    EXPECT_EQ(parser.feed("HTTP/1.1 204 No").next, ReplyParser::Next::more);
    EXPECT_TRUE(parser.has_begun());
    EXPECT_EQ(parser.feed(" Content\r\n\r\n").next, ReplyParser::Next::head);
    EXPECT_EQ(parser.feed("").next, ReplyParser::Next::complete);
  }
}

}  // namespace
}  // namespace assay::load
