#include "server/runtime/connection_register.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/runtime/descriptor.h"

namespace assay::runtime {
namespace {

using Place = ConnectionRegister::Place;

ConnectionRegister::Time at(int seconds) {
  return ConnectionRegister::Time() + std::chrono::seconds(seconds);
}

// One end that a server has, and the peer's.
struct Link {
  Link() {
    std::array<int, 2> ends{};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    ours = Descriptor(ends[0]);
    peers = Descriptor(ends[1]);
  }
  // Whether who waits for the peer was woken, or would not have to wait.
  bool was_ended() const {
    char byte = 0;
    return recv(ours.number(), &byte, 1, MSG_DONTWAIT) == 0;
  }
  bool can_send() const { return send(ours.number(), "x", 1, 0) == 1; }

  Descriptor ours;
  Descriptor peers;
};

TEST(ConnectionRegister, CountsWhatIsThere) {
  ConnectionRegister connections(10);
  const Link a;
  const Link b;
  Place first = connections.add(a.ours.number(), at(0));
  {
    const Place second = connections.add(b.ours.number(), at(0));
    EXPECT_EQ(connections.count(), 2U);
  }
  EXPECT_EQ(connections.count(), 1U);
  first = Place();
  EXPECT_EQ(connections.count(), 0U);
}

TEST(ConnectionRegister, EndsTheLongestIdleForANewOne) {
  ConnectionRegister connections(3);
  std::array<Link, 4> links;
  std::vector<Place> places;
  for (std::size_t i = 0; i < 3; ++i) {
    places.push_back(connections.add(links.at(i).ours.number(), at(0)));
  }
  places[0].becomes_busy();
  EXPECT_TRUE(places[1].becomes_idle(at(9)));
  EXPECT_TRUE(places[2].becomes_idle(at(7)));
  EXPECT_TRUE(connections.add(links[3].ours.number(), at(10)));
  EXPECT_FALSE(links[0].was_ended());
  EXPECT_FALSE(links[1].was_ended());
  EXPECT_TRUE(links[2].was_ended());
}

TEST(ConnectionRegister, EndsAnotherForEachNewOne) {
  ConnectionRegister connections(2);
  std::array<Link, 4> links;
  std::vector<Place> places;
  for (std::size_t i = 0; i < 4; ++i) {
    places.push_back(connections.add(links.at(i).ours.number(), at(static_cast<int>(i))));
    EXPECT_TRUE(places.back());
  }
  EXPECT_TRUE(links[0].was_ended());
  EXPECT_TRUE(links[1].was_ended());
  EXPECT_FALSE(links[2].was_ended());
  places.erase(places.begin(), places.begin() + 2);  // they were not counted any more
  const Link another;
  EXPECT_TRUE(connections.add(another.ours.number(), at(5)));
  EXPECT_TRUE(links[2].was_ended());
}

TEST(ConnectionRegister, HasNoRoomWhereAllAreBusy) {
  ConnectionRegister connections(1);
  const Link first;
  const Link second;
  Place place = connections.add(first.ours.number(), at(0));
  place.becomes_busy();
  EXPECT_FALSE(connections.add(second.ours.number(), at(1)));
  EXPECT_FALSE(connections.end_longest_idle());
  EXPECT_FALSE(first.was_ended());
  place = Place();
  EXPECT_TRUE(connections.add(second.ours.number(), at(1)));
}

TEST(ConnectionRegister, LetsABusyOneFinishAndThenEndsIt) {
  ConnectionRegister connections(2);
  const Link busy;
  const Link idle;
  Place first = connections.add(busy.ours.number(), at(0));
  const Place second = connections.add(idle.ours.number(), at(0));
  first.becomes_busy();
  connections.end_idle(at(5));
  EXPECT_TRUE(idle.was_ended());
  EXPECT_FALSE(busy.was_ended());
  EXPECT_FALSE(first.becomes_idle(at(1)));
}

TEST(ConnectionRegister, LeavesOneThatIsNewToItsThread) {
  ConnectionRegister connections(3);
  const Link silent;
  const Link asked;
  const Link fresh;
  const Place first = connections.add(silent.ours.number(), at(0));
  Place second = connections.add(asked.ours.number(), at(5));
  EXPECT_TRUE(second.becomes_idle(at(5)));
  Place third = connections.add(fresh.ours.number(), at(5));
  EXPECT_TRUE(third.becomes_idle(at(5), true));
  connections.end_idle(at(5));
  EXPECT_TRUE(silent.was_ended());
  EXPECT_TRUE(asked.was_ended());
  EXPECT_FALSE(fresh.was_ended());
  EXPECT_FALSE(third.becomes_idle(at(6), true));
  EXPECT_FALSE(third.is_cut());
}

// One that had come, and may have asked, before the end.
TEST(ConnectionRegister, TellsWhoComesAfterTheEndToEndUntilAllAreCutOff) {
  ConnectionRegister connections(1);
  const Link early;
  const Link late;
  const Place first = connections.add(early.ours.number(), at(0));
  connections.end_idle(at(5));
  Place second = connections.add(late.ours.number(), at(1));
  ASSERT_TRUE(second);
  EXPECT_FALSE(second.becomes_idle(at(1)));
  EXPECT_FALSE(second.is_cut());
  connections.end_all();
  EXPECT_TRUE(second.is_cut());
  const Link last;
  EXPECT_FALSE(connections.add(last.ours.number(), at(2)));
}

TEST(ConnectionRegister, LeavesTheWayOutToWhatItEndsAsIdle) {
  ConnectionRegister connections(1);
  const Link link;
  const Place place = connections.add(link.ours.number(), at(0));
  connections.end_idle(at(5));
  EXPECT_TRUE(link.can_send());
  EXPECT_FALSE(place.is_cut());
}

TEST(ConnectionRegister, CutsOffWhatIsBusy) {
  ConnectionRegister connections(1);
  const Link link;
  Place place = connections.add(link.ours.number(), at(0));
  place.becomes_busy();
  connections.end_all();
  EXPECT_TRUE(link.was_ended());
  EXPECT_TRUE(place.is_cut());
}

// What a connection does in its thread while another ends it: it always sees that, or is woken.
TEST(ConnectionRegister, EndsOneThatIsAboutToWait) {
  for (int round = 0; round < 200; ++round) {
    ConnectionRegister connections(1);
    const Link link;
    Place place = connections.add(link.ours.number(), at(0));
    place.becomes_busy();
    std::thread waiting([&] {
      char byte = 0;
      if (place.becomes_idle(at(1))) recv(link.ours.number(), &byte, 1, 0);
    });
    connections.end_idle(at(5));
    waiting.join();
  }
}

}  // namespace
}  // namespace assay::runtime
