#include "harness/load/socket/closing_sockets.h"

#include <fcntl.h>

#include <gtest/gtest.h>

#include "harness/load/socket/file_limit.h"

namespace assay::load {
namespace {

constexpr TimePoint now{std::chrono::hours(1)};

bool is_open(int number) { return fcntl(number, F_GETFD) != -1; }

Descriptor any_file() { return Descriptor(open("/dev/null", O_RDONLY | O_CLOEXEC)); }

// Its number, which the sockets now hold.
int held(ClosingSockets& sockets, TimePoint since) {
  Descriptor file = any_file();
  const int number = file.number();
  sockets.hold(std::move(file), since);
  return number;
}

TEST(ClosingSockets, KeepsASocketOpenUntilItsServerHangsUp) {
  ClosingSockets sockets;
  const int first = held(sockets, now);
  const int second = held(sockets, now);
  sockets.hung_up(first);
  EXPECT_FALSE(is_open(first));
  EXPECT_TRUE(is_open(second));
}

TEST(ClosingSockets, ClosesUponAServerThatDoesNotWithinTheGrace) {
  ClosingSockets sockets;
  const int early = held(sockets, now);
  const int late = held(sockets, now + ClosingSockets::grace);
  sockets.close_older(now + ClosingSockets::grace);
  EXPECT_TRUE(is_open(early));
  sockets.close_older(now + ClosingSockets::grace + nanoseconds(1));
  EXPECT_FALSE(is_open(early));
  EXPECT_TRUE(is_open(late));
}

TEST(ClosingSockets, ClosesAtOnceWhatIsOneTooMany) {
  ASSERT_FALSE(allow_open_files(ClosingSockets::most + 100).has_value());
  ClosingSockets sockets;
  for (std::size_t count = 0; count < ClosingSockets::most; ++count) held(sockets, now);
  const int one_too_many = held(sockets, now);
  EXPECT_FALSE(is_open(one_too_many));
}

TEST(ClosingSockets, PassesOverASocketThatIsNotOpen) {
  ClosingSockets sockets;
  sockets.hold(Descriptor(), now);
  sockets.hung_up(-1);
  sockets.close_older(now + std::chrono::hours(1));
}

TEST(ClosingSockets, ClosesWhatItHoldsAtTheEnd) {
  int number = -1;
  {
    ClosingSockets sockets;
    number = held(sockets, now);
    EXPECT_TRUE(is_open(number));
  }
  EXPECT_FALSE(is_open(number));
}

}  // namespace
}  // namespace assay::load
