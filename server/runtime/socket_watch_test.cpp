#include "server/runtime/socket_watch.h"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "server/runtime/listener.h"
#include "server/runtime/test_client.h"

namespace assay::runtime {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds at_once(0);
constexpr milliseconds long_enough(20'000);

Listeners any_port() {
  Settings settings;
  settings.port = 0;
  return Listeners(settings);
}

TEST(SocketWatch, ReportsACallThatCameBeforeTheWaitAndOnlyOnce) {
  SocketWatch watch;
  EXPECT_FALSE(watch.wait(at_once).woken);
  watch.wake();
  watch.wake();
  EXPECT_TRUE(watch.wait(long_enough).woken);
  EXPECT_FALSE(watch.wait(at_once).woken);
  watch.wake();
  EXPECT_TRUE(watch.wait(long_enough).woken);
}

TEST(SocketWatch, IsWokenByAnotherThread) {
  SocketWatch watch;
  const auto began = steady_clock::now();
  std::thread other([&watch] {
    std::this_thread::sleep_for(milliseconds(50));
    watch.wake();
  });
  EXPECT_TRUE(watch.wait(long_enough).woken);
  other.join();
  EXPECT_LT(steady_clock::now() - began, long_enough);
}

TEST(SocketWatch, WaitsNoLongerThanItMay) {
  SocketWatch watch;
  const auto began = steady_clock::now();
  const SocketWatch::Ready ready = watch.wait(milliseconds(30));
  EXPECT_GE(steady_clock::now() - began, milliseconds(30));
  EXPECT_TRUE(ready.sessions.empty());
  EXPECT_FALSE(ready.listener);
}

TEST(SocketWatch, ReportsAListenerAsLongAsSomebodyWaitsThere) {
  const Listeners listeners = any_port();
  SocketWatch watch;
  watch.add_listener(listeners.number(0));
  EXPECT_FALSE(watch.wait(at_once).listener);
  const TestClient client(listeners.port());
  EXPECT_TRUE(watch.wait(long_enough).listener);
  EXPECT_TRUE(watch.wait(long_enough).listener);
}

TEST(SocketWatch, SaysNothingOfAListenerThatPauses) {
  const Listeners listeners = any_port();
  SocketWatch watch;
  watch.add_listener(listeners.number(0));
  watch.pause_listener(listeners.number(0));
  const TestClient client(listeners.port());
  EXPECT_FALSE(watch.wait(milliseconds(50)).listener);
  watch.resume_listener(listeners.number(0));
  EXPECT_TRUE(watch.wait(long_enough).listener);
  watch.remove_listener(listeners.number(0));
  EXPECT_FALSE(watch.wait(at_once).listener);
}

}  // namespace
}  // namespace assay::runtime
