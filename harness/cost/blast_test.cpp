#include "harness/cost/blast.h"

#include <string>

#include <gtest/gtest.h>

#include "harness/cost/reply_sample.h"
#include "harness/truth/floor.h"

namespace assay::cost {
namespace {

using std::chrono::milliseconds;

const std::string request = "GET /json HTTP/1.1\r\nHost: floor\r\n\r\n";

std::unique_ptr<truth::Floor> started(bool closes) {
  truth::FloorSettings settings;
  settings.port = 0;
  settings.closes = closes;
  auto floor = truth::Floor::start(settings);
  EXPECT_TRUE(floor.has_value());
  return std::move(*floor);
}

load::Address address_of(const truth::Floor& floor) {
  return *load::reachable_address("127.0.0.1", floor.port(), std::chrono::seconds(5));
}

Blast::Outcome blasted(const truth::Floor& floor, const Row& row, milliseconds duration,
                       std::size_t wrong_by = 0) {
  const load::Address address = address_of(floor);
  const auto sample = reply_sample(address, request, "floor", text(row));
  EXPECT_TRUE(sample.has_value());
  Blast blast(*load::Poller::open(), address, row, {request}, sample->bytes + wrong_by);
  return blast.run(duration, load::Stop());
}

TEST(Blast, CountsWholeBatches) {
  const auto floor = started(false);
  const auto tally = blasted(*floor, {Shape::pipelined, 3}, milliseconds(50));
  ASSERT_TRUE(tally.has_value());
  EXPECT_GT(tally->requests, 0U);
  EXPECT_EQ(tally->requests % pipeline_depth, 0U);
}

TEST(Blast, AsksOnceOnEachConnectionWhenThereIsNoTime) {
  const auto floor = started(false);
  EXPECT_EQ(blasted(*floor, {Shape::keep_alive, 40}, milliseconds(0))->requests, 40U);
  const auto closing = started(true);
  EXPECT_EQ(blasted(*closing, {Shape::close, 40}, milliseconds(0))->requests, 40U);
}

TEST(Blast, OpensAConnectionForEachRequestWhenItCloses) {
  const auto floor = started(true);
  EXPECT_GT(blasted(*floor, {Shape::close, 4}, milliseconds(50))->requests, 4U);
}

TEST(Blast, GoesOnWithTheSameConnections) {
  const auto floor = started(false);
  const load::Address address = address_of(*floor);
  const auto sample = reply_sample(address, request, "floor", "keep-alive 2");
  Blast blast(*load::Poller::open(), address, {Shape::keep_alive, 2}, {request}, sample->bytes);
  EXPECT_EQ(blast.run(milliseconds(0), load::Stop())->requests, 2U);
  EXPECT_EQ(blast.run(milliseconds(0), load::Stop())->requests, 2U);
  EXPECT_EQ(blast.still_open(), 2U);
}

TEST(Blast, SaysWhenAConnectionEndsThatWasToBeKept) {
  const auto floor = started(true);
  EXPECT_EQ(blasted(*floor, {Shape::keep_alive, 1}, milliseconds(50)).error(),
            BlastFault::closed_early);
}

TEST(Blast, SaysWhenARepliesLengthDiffers) {
  const auto floor = started(false);
  const auto longer = blasted(*floor, {Shape::pipelined, 1}, milliseconds(50), std::size_t(-1));
  EXPECT_EQ(longer.error(), BlastFault::wrong_reply);
}

TEST(Blast, SaysWhenMoreCameThanWasAskedFor) {
  const auto floor = started(false);
  const std::size_t bytes = truth::floor_reply(std::string(526, 'x'), false).size();
  ASSERT_EQ(bytes % 5, 0U);  // so that one reply looks like five whole ones
  const auto many = blasted(*floor, {Shape::keep_alive, 1}, milliseconds(50), bytes / 5 - bytes);
  EXPECT_EQ(many.error(), BlastFault::wrong_reply);
}

TEST(Blast, EndsWhenAsked) {
  const auto floor = started(false);
  load::Stop stop;
  stop.request();
  Blast blast(*load::Poller::open(), address_of(*floor), {Shape::keep_alive, 1}, {request}, 100);
  EXPECT_EQ(blast.run(milliseconds(50), stop).error(), BlastFault::interrupted);
}

}  // namespace
}  // namespace assay::cost
