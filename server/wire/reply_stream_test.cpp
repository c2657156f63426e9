#include "server/wire/reply_stream.h"

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/wire/memory_driver.h"

namespace assay::wire {
namespace {

// Gives these pieces, and throws where one is "throw".
class Script final : public BodySource {
 public:
  explicit Script(std::vector<std::string> pieces) : pieces_(std::move(pieces)) {}
  bool more(std::string& out) override {
    if (at_ == pieces_.size()) return false;
    out += pieces_[at_];
    if (pieces_[at_] == "throw") throw std::runtime_error("out of pieces");
    return ++at_ < pieces_.size();
  }

 private:
  std::vector<std::string> pieces_;
  std::size_t at_ = 0;
};

using Pieces = std::vector<std::string>;

// Streams these, with this length.
class Streaming final : public Handler {
 public:
  Streaming(Pieces pieces, std::optional<std::uint64_t> length)
      : pieces_(std::move(pieces)), length_(length) {}
  void answer(const Request&, ReplyWriter& reply) override {
    reply.stream(200, "text/plain", std::make_unique<Script>(pieces_), length_);
  }

 private:
  Pieces pieces_;
  std::optional<std::uint64_t> length_;
};

struct Outcome {
  std::string body;  // of all that follows the first head
  bool broken;
  bool closed;
  bool operator==(const Outcome&) const = default;
};

void PrintTo(const Outcome& outcome, std::ostream* out) {
  *out << outcome.body << (outcome.broken ? " broken" : "") << (outcome.closed ? " closed" : "");
}

// What a peer gets that takes a few bytes at a time.
Outcome streamed(const Pieces& pieces, std::optional<std::uint64_t> length) {
  Streaming streaming(pieces, length);
  const Limits limits;
  MemoryDriver driver(limits, streaming);
  driver.take_at_most(7);
  driver.send("GET / HTTP/1.1\r\nHost: assay\r\n\r\n");
  const std::string& output = driver.output();
  return {output.substr(output.find("\r\n\r\n") + 4), driver.connection().broken(),
          driver.closed()};
}

TEST(ReplyStream, KeepsTheLengthThatWasPromised) {
  EXPECT_EQ(streamed({"abc", "", "def"}, 6), (Outcome{"abcdef", false, false}));
  EXPECT_EQ(streamed({"abc", "def", ""}, 6), (Outcome{"abcdef", false, false}));
  EXPECT_EQ(streamed({}, 0), (Outcome{"", false, false}));
}

TEST(ReplyStream, BreaksWhereTheSourceGivesLess) {
  EXPECT_EQ(streamed({"abc"}, 4), (Outcome{"", true, true}));
  EXPECT_EQ(streamed({"abc", "def"}, 7), (Outcome{"abc", true, true}));
  EXPECT_EQ(streamed({}, 1), (Outcome{"", true, true}));
}

TEST(ReplyStream, NeverGivesMoreThanItPromised) {
  EXPECT_EQ(streamed({"abc", "def"}, 5), (Outcome{"abc", true, true}));
  EXPECT_EQ(streamed({"abc", "def", "ghi"}, 5), (Outcome{"abc", true, true}));
  EXPECT_EQ(streamed({"abc", "def"}, 3), (Outcome{"abc", true, true}));
  EXPECT_EQ(streamed({"abc"}, 0), (Outcome{"", true, true}));
}

TEST(ReplyStream, BreaksWhereTheSourceThrows) {
  EXPECT_EQ(streamed({"abc", "throw"}, 8), (Outcome{"abc", true, true}));
  EXPECT_EQ(streamed({"abc", "throw"}, std::nullopt), (Outcome{"3\r\nabc\r\n", true, true}));
}

TEST(ReplyStream, OfALargeLengthArrivesWhole) {
  const Pieces pieces(2000, std::string(1000, 'x'));
  EXPECT_EQ(streamed(pieces, 2'000'000), (Outcome{std::string(2'000'000, 'x'), false, false}));
}

TEST(ReplyStream, GivesNoMoreThanOneWriteNeeds) {
  ReplyStream stream = ReplyStream::of_length(
      std::make_unique<Script>(Pieces(2000, std::string(1000, 'x'))), 2'000'000);
  std::string out;
  std::string scratch;
  EXPECT_EQ(stream.append_pieces(out, scratch), ReplyStream::State::more);
  EXPECT_EQ(out.size(), 17'000U);
  EXPECT_TRUE(stream.is_open());
}

TEST(ReplyStream, LetsOthersHaveTheirTurn) {
  ReplyStream stream = ReplyStream::in_chunks(std::make_unique<Script>(Pieces(100, "x")));
  std::string out;
  std::string scratch;
  EXPECT_EQ(stream.append_pieces(out, scratch), ReplyStream::State::more);
  EXPECT_EQ(out.size(), 64U * 6);
  EXPECT_EQ(stream.append_pieces(out, scratch), ReplyStream::State::ended);
  EXPECT_EQ(out.size(), 100U * 6 + 5);
  EXPECT_FALSE(stream.is_open());
}

TEST(Chunk, IsItsSizeItselfAndTheEndOfALine) {
  std::string out;
  append_chunk(out, std::string(26, 'x'));
  append_chunk(out, "");
  append_last_chunk(out);
  EXPECT_EQ(out, "1a\r\n" + std::string(26, 'x') + "\r\n0\r\n\r\n");
}

}  // namespace
}  // namespace assay::wire
