#include "harness/agents/line_channel.h"

#include <unistd.h>

#include <array>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "harness/agents/quiet_pipes.h"
#include "harness/load/socket/descriptor.h"

namespace assay::agents {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class LineChannel : public testing::Test {
 protected:
  LineChannel() {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    reads_ = load::Descriptor(ends[0]);
    writes_ = load::Descriptor(ends[1]);
  }
  void put(std::string_view text) const {
    EXPECT_EQ(write(writes_.number(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  load::TimePoint in_a_while() const { return load::Clock::now() + seconds(60); }

  const QuietPipes quiet_;
  load::Descriptor reads_;
  load::Descriptor writes_;
};

TEST_F(LineChannel, GivesWholeLinesHoweverTheyArrive) {
  LineReader reader(reads_.number());
  put("on");
  EXPECT_EQ(reader.read(), LineReader::Got::bytes);
  EXPECT_EQ(reader.line(), std::nullopt);
  put("e\n\ntwo\nth");
  EXPECT_EQ(reader.read(), LineReader::Got::bytes);
  EXPECT_EQ(reader.line(), "one");
  EXPECT_EQ(reader.line(), "");
  EXPECT_EQ(reader.line(), "two");
  EXPECT_EQ(reader.line(), std::nullopt);
  put("ree\n");
  writes_.close();
  EXPECT_EQ(reader.read(), LineReader::Got::bytes);
  EXPECT_EQ(reader.line(), "three");
  EXPECT_EQ(reader.read(), LineReader::Got::end);
}

TEST_F(LineChannel, SaysWhenALineIsTooLong) {
  LineReader reader(reads_.number(), 4);
  put("1234");
  reader.read();
  EXPECT_FALSE(reader.is_too_long());
  put("5");
  reader.read();
  EXPECT_TRUE(reader.is_too_long());
  EXPECT_EQ(reader.rest(), "12345");
}

TEST_F(LineChannel, CarriesMoreThanAPipeHolds) {
  const std::string line(300'000, 'x');
  std::thread writer([&] { EXPECT_TRUE(write_line(writes_.number(), line, in_a_while())); });
  LineReader reader(reads_.number());
  std::optional<std::string> got;
  while (!got && reader.read() != LineReader::Got::end) got = reader.line();
  writer.join();
  EXPECT_EQ(got, line);
}

TEST_F(LineChannel, DoesNotWaitForAReaderThatDoesNotRead) {
  const std::string line(1'000'000, 'x');
  EXPECT_FALSE(write_line(writes_.number(), line, load::Clock::now() + milliseconds(20)));
}

TEST_F(LineChannel, SeesThatTheReaderHasGone) {
  reads_.close();
  EXPECT_FALSE(write_line(writes_.number(), "hello", in_a_while()));
}

}  // namespace
}  // namespace assay::agents
