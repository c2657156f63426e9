// What a handler hears of the replies, its own and those that it knows nothing of.
#include "server/wire/reply_report.h"

#include <functional>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/wire/memory_driver.h"

namespace assay::wire {
namespace {

struct Heard {
  std::string line;
  int status;
  std::string bytes;  // of the body, or "-"
  bool operator==(const Heard&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Heard& heard) {
  return out << '"' << heard.line << "\" " << heard.status << ' ' << heard.bytes;
}

class Piece final : public BodySource {
 public:
  bool more(std::string& out) override {
    out += "piece";
    return false;
  }
};

// Ready at once, and once more late where it says so.
class Late final : public LateReply {
 public:
  explicit Late(int more) : more_(more) {}
  void when_ready(std::function<void()> wake) override { wake(); }
  void finish(ReplyWriter& reply) override {
    if (more_ > 0) return reply.later(std::make_unique<Late>(more_ - 1));
    reply.send(200, "text/plain", "late");
  }

 private:
  int more_;
};

// Its reply is in its path, and what it heard on itself.
class Hearing final : public Handler {
 public:
  void answer(const Request& request, ReplyWriter& reply) override {
    if (request.path == "/bug") throw std::logic_error("a bug");
    if (request.path == "/late") return reply.later(std::make_unique<Late>(1));
    if (request.path == "/stream") {
      return reply.stream(200, "text/plain", std::make_unique<Piece>());
    }
    if (request.path == "/five") {
      return reply.stream(200, "text/plain", std::make_unique<Piece>(), 5);
    }
    if (request.path == "/nothing") return reply.send(204, "text/plain", "not said");
    if (request.path == "/large") {
      reply.body().assign(100'000, 'x');
      return reply.send_body(200, "text/plain");
    }
    reply.send(200, "text/plain", request.body.empty() ? request.path : request.body);
  }
  void replied(const ReplyReport& report) noexcept override {
    heard.push_back({std::string(report.request_line), report.status,
                     report.body_bytes ? std::to_string(*report.body_bytes) : "-"});
  }
  std::vector<Heard> heard;
};

std::vector<Heard> heard_of(std::string_view bytes, std::size_t cut) {
  const Limits limits{.reports = true};
  Hearing handler;
  MemoryDriver driver(limits, handler);
  driver.send(bytes.substr(0, cut));
  if (cut < bytes.size()) driver.send(bytes.substr(cut));
  return handler.heard;
}

// Whole, and cut at every byte.
void expect(const std::string& bytes, const std::vector<Heard>& expected) {
  for (std::size_t cut = 1; cut <= bytes.size(); ++cut) {
    ASSERT_EQ(heard_of(bytes, cut), expected) << "cut at " << cut;
  }
}

std::string get(const std::string& path) { return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n"; }

TEST(ReplyReport, SaysWhatWasAskedAndAnswered) {
  expect(get("/hello?a=%20"), {{"GET /hello?a=%20 HTTP/1.1", 200, "6"}});
  expect(get("/nothing"), {{"GET /nothing HTTP/1.1", 204, "0"}});
  expect(get("/large"), {{"GET /large HTTP/1.1", 200, "100000"}});
  expect("HEAD /large HTTP/1.1\r\nHost: a\r\n\r\n", {{"HEAD /large HTTP/1.1", 200, "0"}});
}

TEST(ReplyReport, ComesOnceForEachOfThoseThatCameTogether) {
  expect(get("/a") + get("/late") + get("/stream") + get("/b"), {{"GET /a HTTP/1.1", 200, "2"},
                                                                 {"GET /late HTTP/1.1", 200, "4"},
                                                                 {"GET /stream HTTP/1.1", 200, "-"},
                                                                 {"GET /b HTTP/1.1", 200, "2"}});
}

TEST(ReplyReport, SaysALengthOfAStreamThatHasOne) {
  expect(get("/five"), {{"GET /five HTTP/1.1", 200, "5"}});
}

TEST(ReplyReport, KnowsTheRequestWhoseBodyCameInPieces) {
  const std::string fields = " HTTP/1.1\r\nHost: a\r\n";
  expect("POST /x" + fields + "Content-Length: 5\r\n\r\nhello" + get("/next"),
         {{"POST /x HTTP/1.1", 200, "5"}, {"GET /next HTTP/1.1", 200, "5"}});
  expect(
      "PUT /y" + fields + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + get("/next"),
      {{"PUT /y HTTP/1.1", 200, "3"}, {"GET /next HTTP/1.1", 200, "5"}});
  expect("PUT /z" + fields + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n",
         {{"PUT /z HTTP/1.1", 400, "12"}});
}

TEST(ReplyReport, ComesForWhatTheHandlerDoesNotAnswer) {
  expect("GET /a\x1b HTTP/1.1\r\nHost: a\r\n\r\n", {{"GET /a\x1b HTTP/1.1", 400, "12"}});
  expect("\r\n\r\n", {{"", 400, "12"}});
  expect(get("/bug"), {{"GET /bug HTTP/1.1", 500, "22"}});
  expect("GET / HTTP/2.0\r\nHost: a\r\n\r\n", {{"GET / HTTP/2.0", 505, "27"}});
}

// However little or much of it came.
TEST(ReplyReport, ComesForWhoIsTooSlow) {
  const Limits limits{.reports = true};
  for (const std::string line : {"", "GET /slo"}) {
    Hearing handler;
    MemoryDriver driver(limits, handler);
    if (!line.empty()) driver.send(line);
    driver.expire(Refusal::too_slow);
    EXPECT_EQ(handler.heard, (std::vector<Heard>{{line, 408, "16"}}));
  }
}

TEST(ReplyReport, IsNotMadeWhereNobodyWantsIt) {
  const Limits limits;
  Hearing handler;
  MemoryDriver driver(limits, handler);
  driver.send(get("/a"));
  EXPECT_TRUE(handler.heard.empty());
}

}  // namespace
}  // namespace assay::wire
