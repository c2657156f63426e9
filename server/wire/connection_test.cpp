#include "server/wire/connection.h"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/wire/memory_driver.h"

namespace assay::wire {
namespace {

class Silent final : public Handler {
 public:
  void answer(const Request&, ReplyWriter&) override { ++calls; }
  int calls = 0;
};

const Limits limits;
const std::string hello = "GET / HTTP/1.1\r\nHost: assay\r\n\r\n";

TEST(Connection, AnswersForAHandlerThatSaysNothing) {
  Silent silent;
  MemoryDriver driver(limits, silent);
  driver.send(hello);
  EXPECT_EQ(driver.output().substr(0, 12), "HTTP/1.1 500");
  EXPECT_FALSE(driver.closed());
}

TEST(Connection, KeepsWhatASlowPeerHasNotTakenYet) {
  Silent silent;
  ReplyBuffers buffers;
  const std::string no_date;
  Connection connection(limits, no_date, silent);
  connection.receive(hello, buffers);
  const std::string whole(connection.output().first);
  connection.wrote(10);
  EXPECT_TRUE(buffers.output.empty()) << "others want to use them now";
  EXPECT_EQ(connection.output().first, whole.substr(10));
  connection.wrote(0);
  EXPECT_EQ(connection.output().first, whole.substr(10));
  connection.wrote(whole.size() - 10);
  EXPECT_EQ(connection.needs(), Connection::Needs::bytes);
  EXPECT_EQ(connection.phase(), Connection::Phase::idle);
}

TEST(Connection, ReadsNothingAfterAnError) {
  Silent silent;
  MemoryDriver driver(limits, silent);
  driver.send("nonsense\r\n\r\n" + hello);
  driver.send(hello);
  EXPECT_EQ(silent.calls, 0);
  EXPECT_TRUE(driver.closed());
}

TEST(Connection, ClosesAfterEachReplyWhenKeepAliveIsOff) {
  Limits closing;
  closing.keep_alive = false;
  Silent silent;
  MemoryDriver driver(closing, silent);
  driver.send(hello + hello);
  EXPECT_EQ(silent.calls, 1);
  EXPECT_NE(driver.output().find("Connection: close"), std::string_view::npos);
}

// The status of the reply to `bytes`, sent in pieces of `size`.
std::string status_of_pieces(std::string_view bytes, std::size_t size) {
  Silent silent;
  MemoryDriver driver(limits, silent);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(size, bytes.size()))) {
    driver.send(bytes.substr(0, size));
  }
  return driver.output().substr(9, 3);
}

TEST(Connection, RefusesAHeadAboveItsLimitTheSameHoweverItArrives) {
  const std::string filler(17'000, 'x');
  const std::string end = " HTTP/1.1\r\nHost: assay\r\n\r\n";
  for (const std::size_t size : {1U, 1000U, 16'383U, 16'384U, 16'385U, 40'000U}) {
    EXPECT_EQ(status_of_pieces("GET /" + filler, size), "414") << size;
    EXPECT_EQ(status_of_pieces("GET /" + filler + end, size), "414") << size;
    EXPECT_EQ(status_of_pieces("GET / HTTP/1.1\r\nX: " + filler, size), "431") << size;
    EXPECT_EQ(status_of_pieces("GET / HTTP/1.1\r\nX: " + filler + "\r\n\r\n", size), "431") << size;
  }
}

TEST(Connection, RefusesATargetAboveItsLimit) {
  Silent silent;
  MemoryDriver driver(limits, silent);
  driver.send("GET /" + std::string(8 * 1024, 'x') + " HTTP/1.1\r\nHost: assay\r\n\r\n");
  EXPECT_EQ(driver.output().substr(9, 3), "414");
}

TEST(Connection, KnowsWhatItsPeerIsAt) {
  using Phase = Connection::Phase;
  Silent silent;
  MemoryDriver driver(limits, silent);
  EXPECT_EQ(driver.connection().phase(), Phase::idle);
  driver.send("POST / HTTP/1.1\r\nHost: assay\r\nContent-Le");
  EXPECT_EQ(driver.connection().phase(), Phase::head);
  driver.send("ngth: 5\r\n\r\nab");
  EXPECT_EQ(driver.connection().phase(), Phase::body);
  driver.send("cde");
  EXPECT_EQ(driver.connection().phase(), Phase::idle);
  driver.send("POST / HTTP/1.1\r\nHost: assay\r\nTransfer-Encoding: chunked\r\n\r\n5\r");
  EXPECT_EQ(driver.connection().phase(), Phase::body);
  driver.send("\nabcde\r\n0\r\n\r\n");
  EXPECT_EQ(driver.connection().phase(), Phase::idle);
  EXPECT_EQ(driver.connection().answered(), 2U);
}

TEST(Connection, KnowsWhoWantedItClosed) {
  Limits closing;
  closing.keep_alive = false;
  Silent silent;
  MemoryDriver ours(closing, silent);
  ours.send(hello);
  EXPECT_FALSE(ours.connection().asked_to_close());
  MemoryDriver theirs(closing, silent);
  theirs.send("GET / HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(theirs.connection().asked_to_close());
}

TEST(Connection, RefusesARequestThatTakesTooLong) {
  Silent silent;
  MemoryDriver driver(limits, silent);
  driver.send(hello.substr(0, 20));
  driver.expire(Refusal::too_slow);
  EXPECT_EQ(driver.output().substr(0, 12), "HTTP/1.1 408");
  EXPECT_TRUE(driver.closed());
  driver.send(hello.substr(20));
  EXPECT_EQ(silent.calls, 0);
}

// Replies of 100 KB that start with what was asked.
class Large final : public Handler {
 public:
  void answer(const Request& request, ReplyWriter& reply) override {
    reply.body().append(request.path).append(100'000 - request.path.size(), '.');
    reply.send_body(200, "text/plain");
  }
};

TEST(Connection, LetsRequestsWaitWhileTooMuchIsUnwritten) {
  constexpr std::size_t requests = 200;
  Large large;
  ReplyBuffers buffers;
  const std::string no_date;
  Connection connection(limits, no_date, large);
  std::string input;
  for (std::size_t i = 0; i < requests; ++i) {
    input += "GET /" + std::to_string(i) + ". HTTP/1.1\r\nHost: assay\r\n\r\n";
  }
  connection.receive(input, buffers);
  std::string replies;
  while (connection.needs() != Connection::Needs::bytes) {
    if (connection.needs() == Connection::Needs::turn) connection.proceed(buffers);
    const Output output = connection.output();
    EXPECT_LE(output.size(), limits.output_bytes + 101'000);
    std::string some(output.first);
    some.append(output.second).resize(std::min(output.size(), std::size_t{70'000}));
    replies += some;  // a peer reads slowly
    connection.wrote(some.size());
  }
  EXPECT_EQ(connection.answered(), requests);
  std::size_t at = 0;
  for (std::size_t i = 0; i < requests; ++i) {
    at = replies.find("\r\n\r\n/" + std::to_string(i) + ".", at);
    ASSERT_NE(at, std::string::npos) << "reply " << i;
  }
}

// Counts down to a last piece, or to an exception.
class Countdown final : public BodySource {
 public:
  Countdown(int from, bool breaks) : left_(from), breaks_(breaks) {}
  bool more(std::string& out) override {
    if (left_ == 0 && breaks_) throw std::runtime_error("out of pieces");
    out.append(1000, static_cast<char>('0' + left_ % 10));
    return left_-- > 0;
  }

 private:
  int left_;
  bool breaks_;
};

class Throwing final : public Handler {
 public:
  void answer(const Request& request, ReplyWriter& reply) override {
    reply.send(200, "text/plain", "said");
    if (request.path == "/throws") throw std::runtime_error("a bug");
  }
};

TEST(Connection, AnswersForAHandlerThatThrowsAndKeepsTheRepliesBefore) {
  Throwing throwing;
  MemoryDriver driver(limits, throwing);
  driver.send(hello + "GET /throws HTTP/1.1\r\nHost: assay\r\n\r\n" + hello);
  EXPECT_EQ(driver.output().substr(0, 12), "HTTP/1.1 200");
  EXPECT_EQ(driver.output().find("said"), driver.output().rfind("said"));
  EXPECT_NE(driver.output().find("HTTP/1.1 500"), std::string::npos);
  EXPECT_TRUE(driver.closed());
}

class Streaming final : public Handler {
 public:
  void answer(const Request& request, ReplyWriter& reply) override {
    reply.stream(200, "text/plain", std::make_unique<Countdown>(50, request.path == "/breaks"));
  }
};

TEST(Connection, AnswersTheNextRequestWhenAStreamHasEnded) {
  Streaming streaming;
  MemoryDriver driver(limits, streaming);
  driver.take_at_most(333);
  driver.send(hello + hello);
  EXPECT_EQ(driver.connection().answered(), 2U);
  EXPECT_TRUE(driver.output().ends_with("0\r\n0\r\n\r\n"));
  EXPECT_FALSE(driver.closed());
}

TEST(Connection, CutsOffAStreamWhoseSourceBreaks) {
  Streaming streaming;
  MemoryDriver driver(limits, streaming);
  driver.send("GET /breaks HTTP/1.1\r\nHost: assay\r\n\r\n" + hello);
  EXPECT_TRUE(driver.closed());
  EXPECT_TRUE(driver.connection().broken());
  EXPECT_TRUE(driver.output().ends_with("1\r\n")) << "the last whole piece, and no end after it";
  EXPECT_EQ(driver.connection().answered(), 1U);
}

TEST(Connection, EndsWithTheNextReplyWhenTheServerEnds) {
  Silent silent;
  const std::string no_date;
  ReplyBuffers buffers;
  Connection connection(limits, no_date, silent);
  connection.close_soon();
  connection.receive(hello + hello, buffers);
  EXPECT_NE(connection.output().first.find("Connection: close"), std::string_view::npos);
  connection.wrote(connection.output().size());
  EXPECT_EQ(connection.needs(), Connection::Needs::close);
  EXPECT_EQ(silent.calls, 1);
}

TEST(Connection, WritesHeadAndBodyApartWhenItIsToldTo) {
  Limits split = limits;
  split.split_write = true;
  Silent silent;
  const std::string no_date;
  ReplyBuffers buffers;
  Large large;
  Connection connection(split, no_date, large);
  connection.receive(hello + hello, buffers);
  std::vector<std::size_t> writes;
  while (connection.needs() != Connection::Needs::bytes) {
    if (connection.needs() == Connection::Needs::turn) connection.proceed(buffers);
    writes.push_back(connection.output().size());
    connection.wrote(writes.back());
  }
  ASSERT_EQ(writes.size(), 4U);
  EXPECT_LT(writes[0], 200U);
  EXPECT_EQ(writes[1], 100'000U);
  EXPECT_EQ(writes[3], 100'000U);
}

}  // namespace
}  // namespace assay::wire
