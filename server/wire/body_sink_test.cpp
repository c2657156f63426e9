#include "server/wire/body_sink.h"

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/wire/memory_driver.h"

namespace assay::wire {
namespace {

const Limits limits;
const std::string sized = "POST /up HTTP/1.1\r\nHost: assay\r\nContent-Length: 10\r\n\r\n";
const std::string chunked =
    "POST /up HTTP/1.1\r\nHost: assay\r\nTransfer-Encoding: chunked\r\n\r\n";

// What became of one test's sinks, which are gone before it looks.
struct Noted {
  std::vector<std::string> pieces;
  int asked = 0;
  int alive = 0;
  int answered = 0;
};

class Noting final : public BodySink {
 public:
  Noting(Noted& noted, std::string_view throws_at) : noted_(noted), throws_at_(throws_at) {
    ++noted_.alive;
  }
  Noting(const Noting&) = delete;
  Noting& operator=(const Noting&) = delete;
  ~Noting() override { --noted_.alive; }
  std::uint64_t limit() const override {
    if (throws_at_ == "limit") throw std::runtime_error("a bug");
    return 1000;
  }
  std::optional<Refusal> take(std::string_view piece) override {
    if (piece == throws_at_) throw std::runtime_error("a full disk");
    noted_.pieces.emplace_back(piece);
    return std::nullopt;
  }

 private:
  Noted& noted_;
  std::string throws_at_;
};

// "/up" has a sink and "/whole" has none; `throws_at` is a piece, or "sink", or "limit".
class Uploads final : public Handler {
 public:
  explicit Uploads(std::string_view throws_at = {}) : throws_at_(throws_at) {}
  void answer(const Request& request, ReplyWriter& reply) override {
    ++noted.answered;
    reply.send(200, "text/plain", request.body);
  }
  std::unique_ptr<BodySink> sink(const Request& request) override {
    ++noted.asked;
    if (throws_at_ == "sink") throw std::runtime_error("a bug");
    if (request.path == "/whole" || !request.body.empty()) return nullptr;
    return std::make_unique<Noting>(noted, throws_at_);
  }
  Noted noted;

 private:
  std::string throws_at_;
};

void send_byte_by_byte(MemoryDriver& driver, std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) driver.send(bytes.substr(i, 1));
}

using Pieces = std::vector<std::string>;

TEST(BodySink, GetsEachPieceWhenItArrives) {
  Uploads uploads;
  MemoryDriver driver(limits, uploads);
  driver.send(sized + "abc");
  EXPECT_EQ(uploads.noted.pieces, Pieces({"abc"}));
  EXPECT_EQ(driver.connection().phase(), Connection::Phase::body);
  driver.send("defg");
  EXPECT_EQ(uploads.noted.pieces, Pieces({"abc", "defg"}));
  EXPECT_EQ(uploads.noted.answered, 0);
  driver.send("hijGET / HTTP/1.1\r\n");
  EXPECT_EQ(uploads.noted.pieces, Pieces({"abc", "defg", "hij"}));
  EXPECT_EQ(uploads.noted.answered, 1);
  EXPECT_EQ(uploads.noted.alive, 0);
  EXPECT_EQ(driver.connection().phase(), Connection::Phase::head);
}

TEST(BodySink, GetsWhatIsDecodedWhenItArrives) {
  Uploads uploads;
  MemoryDriver driver(limits, uploads);
  driver.send(chunked + "3\r\nabc\r\n2\r\nd");
  EXPECT_EQ(uploads.noted.pieces, Pieces({"abcd"}));
  driver.send("e\r\n0\r\n\r");
  EXPECT_EQ(uploads.noted.pieces, Pieces({"abcd", "e"}));
  EXPECT_EQ(uploads.noted.answered, 0);
  driver.send("\n");
  EXPECT_EQ(uploads.noted.answered, 1);
  EXPECT_EQ(driver.connection().phase(), Connection::Phase::idle);
}

TEST(BodySink, GetsABodyThatIsThereInOnePiece) {
  Uploads uploads;
  MemoryDriver driver(limits, uploads);
  driver.send(sized + "abcdefghij" + chunked + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  EXPECT_EQ(uploads.noted.pieces, Pieces({"abcdefghij", "abcde"}));
}

TEST(BodySink, IsAskedForOnceHoweverTheRequestArrives) {
  const std::string whole = "POST /whole HTTP/1.1\r\nHost: assay\r\nContent-Length: 3\r\n\r\nabc";
  for (const std::string& request :
       {sized + "abcdefghij", chunked + "1\r\na\r\n0\r\n\r\n", whole}) {
    Uploads uploads;
    MemoryDriver driver(limits, uploads);
    send_byte_by_byte(driver, request + request);
    EXPECT_EQ(uploads.noted.asked, 2) << request;
    EXPECT_EQ(uploads.noted.answered, 2) << request;
  }
}

TEST(BodySink, IsNotAskedForWhereTheRequestIsRefusedOrHasNoBody) {
  for (const std::string_view head :
       {"GET / HTTP/1.1\r\nHost: assay\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: assay\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: assay\r\nContent-Length: 3\r\nExpect: more\r\n\r\nabc"}) {
    Uploads uploads;
    MemoryDriver driver(limits, uploads);
    driver.send(head);
    EXPECT_EQ(uploads.noted.asked, 0) << head;
  }
}

TEST(BodySink, ThatIsNotThereBecauseTheHandlerThrowsIsOurFault) {
  for (const std::string_view place : {"sink", "limit"}) {
    Uploads uploads(place);
    MemoryDriver driver(limits, uploads);
    driver.send("GET / HTTP/1.1\r\nHost: assay\r\n\r\n" + sized + "abcdefghij");
    EXPECT_EQ(driver.output().substr(0, 12), "HTTP/1.1 200");
    EXPECT_NE(driver.output().find("HTTP/1.1 500"), std::string::npos) << place;
    EXPECT_TRUE(driver.closed());
    EXPECT_EQ(uploads.noted.answered, 1);
    EXPECT_EQ(uploads.noted.alive, 0);
  }
}

TEST(BodySink, ThatThrowsIsOurFaultAndEndsTheConnection) {
  for (const std::string& request :
       {sized + "abcdefghij", chunked + "a\r\nabcdefghij\r\n0\r\n\r\n"}) {
    Uploads whole("abcdefghij");
    MemoryDriver driver(limits, whole);
    driver.send(request + request);
    EXPECT_EQ(driver.output().substr(0, 12), "HTTP/1.1 500");
    EXPECT_TRUE(driver.closed());
    EXPECT_TRUE(driver.connection().refused()) << "the peer still sends";
    Uploads later("e");
    MemoryDriver slow(limits, later);
    send_byte_by_byte(slow, request + request);
    EXPECT_EQ(slow.output(), driver.output());
    EXPECT_EQ(later.noted.answered + whole.noted.answered, 0);
    EXPECT_EQ(later.noted.alive + whole.noted.alive, 0);
  }
}

TEST(BodySink, ThatThrowsAnswersHeadWithoutABody) {
  Uploads uploads("abc");
  MemoryDriver driver(limits, uploads);
  driver.send("HEAD /up HTTP/1.1\r\nHost: assay\r\nContent-Length: 10\r\n\r\n");
  driver.send("abc");
  EXPECT_EQ(driver.output().substr(0, 12), "HTTP/1.1 500");
  EXPECT_TRUE(driver.output().ends_with("\r\n\r\n"));
}

TEST(BodySink, IsGoneWhenItsPeerIs) {
  Uploads uploads;
  {
    MemoryDriver driver(limits, uploads);
    driver.send(sized + "abc");
    EXPECT_EQ(uploads.noted.alive, 1);
  }
  EXPECT_EQ(uploads.noted.alive, 0);
}

TEST(BodySink, IsGoneWhenItsPeerIsTooSlow) {
  Uploads uploads;
  MemoryDriver driver(limits, uploads);
  driver.send(chunked + "5\r\nabc");
  driver.expire(Refusal::too_slow);
  EXPECT_EQ(driver.output().substr(0, 12), "HTTP/1.1 408");
  EXPECT_EQ(uploads.noted.alive, 0);
  EXPECT_TRUE(driver.closed());
}

}  // namespace
}  // namespace assay::wire
