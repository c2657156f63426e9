#include "harness/cost/child.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>

#include <gtest/gtest.h>

#include "harness/load/socket/readiness.h"

namespace assay::cost {
namespace {

constexpr auto a_while = std::chrono::seconds(10);

Child shell(const std::string& script) {
  auto child = Child::start({{"sh", "-c", script}, {{"ANSWER", "42"}}, {}});
  EXPECT_TRUE(child.has_value());
  return std::move(*child);
}

TEST(Child, KeepsWhatItSays) {
  const Child child = shell("echo to one; echo to the other >&2; echo \"  $ANSWER\"; exit 3");
  EXPECT_EQ(child.wait(a_while, load::Stop()), 3);
  EXPECT_EQ(child.said(), "to one\nto the other\n  42\n");
  EXPECT_EQ(child.last_words(), "to the other");
}

TEST(Child, SaysWhenItsProgramIsMissing) {
  const auto child = Child::start({{"no-such-program"}, {}, {}});
  ASSERT_TRUE(child.has_value());
  EXPECT_EQ(child->wait(a_while, load::Stop()), 127);
  EXPECT_EQ(child->last_words(), "No such file or directory");
}

TEST(Child, IsNotAwaitedOnceAStopIsAskedFor) {
  const Child child = shell("sleep 60");
  load::Stop stop;
  stop.request();
  EXPECT_EQ(child.wait(a_while, stop), std::nullopt);
}

// A pipe that the whole group holds open ends when the last of them has.
TEST(Child, TakesItsWholeGroupWithIt) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  {
    const Child child = shell("sleep 60 & sleep 60");
    close(ends[1]);
    EXPECT_FALSE(
        load::is_ready(ends[0], POLLIN, load::Clock::now() + std::chrono::milliseconds(50)));
  }
  EXPECT_TRUE(load::is_ready(ends[0], POLLIN, load::Clock::now() + a_while));
  close(ends[0]);
}

}  // namespace
}  // namespace assay::cost
