#include "server/app/executor.h"

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include <gtest/gtest.h>

namespace assay {
namespace {

// Until a work that is posted now is done, and so all before it.
void pass_through(Executor& executor) {
  std::promise<void> done;
  executor.post([&done] { done.set_value(); });
  done.get_future().wait();
}

TEST(Executor, MayBeUsedAgainOnceItIsOpened) {
  Executor executor;
  for (int round = 0; round < 3; ++round) {
    std::promise<void> begun;
    // One that is at work while it stops posts more, which is dropped.
    executor.post_blocking([&] {
      begun.set_value();
      std::this_thread::yield();
      executor.post([] {});
    });
    begun.get_future().wait();
    executor.stop();
    executor.open();
    pass_through(executor);
  }
}

TEST(Executor, DropsWhatIsPostedWhenItHasStopped) {
  Executor executor;
  pass_through(executor);
  executor.stop();
  auto held = std::make_shared<int>(7);
  const std::weak_ptr<int> watched = held;
  std::atomic<bool> ran = false;
  executor.post([held, &ran] { ran = true; });
  executor.post_at(Executor::Clock::now(), [held, &ran] { ran = true; });
  executor.post_blocking([held, &ran] { ran = true; });
  held.reset();
  EXPECT_TRUE(watched.expired());
  executor.open();
  pass_through(executor);
  EXPECT_FALSE(ran);
}

// Which threads may wait.
class Waits {
 public:
  void add() {
    const std::lock_guard lock(mutex_);
    threads_.insert(std::this_thread::get_id());
  }
  bool has(std::thread::id thread) {
    const std::lock_guard lock(mutex_);
    return threads_.count(thread) > 0;
  }

 private:
  std::mutex mutex_;  // guards threads_
  std::set<std::thread::id> threads_;
};

TEST(Executor, SaysOnEachThreadThatWorkedThatItMayWait) {
  Waits waits;
  Executor executor;
  executor.set_before_wait([&waits] { waits.add(); });
  std::promise<std::thread::id> resumer;
  std::promise<std::thread::id> worker;
  executor.post([&resumer] { resumer.set_value(std::this_thread::get_id()); });
  executor.post_blocking([&worker] { worker.set_value(std::this_thread::get_id()); });
  const auto first = resumer.get_future().get();
  const auto second = worker.get_future().get();
  while (!waits.has(first) || !waits.has(second)) std::this_thread::yield();
  EXPECT_NE(first, second);
  EXPECT_FALSE(waits.has(std::this_thread::get_id()));
}

// Else a thread that always has more to do would never let go of anything.
TEST(Executor, SaysNowAndThenThatAThreadMayWaitWhichNeverDoes) {
  std::atomic<int> told = 0;
  std::promise<void> enough;
  Executor executor;
  executor.set_before_wait([&] { ++told; });
  std::function<void()> again = [&] {
    if (told > 2) return enough.set_value();
    executor.post(again);  // so that there is always more
    executor.post([] {});
  };
  executor.post(again);
  enough.get_future().wait();
  EXPECT_GT(told, 2);
}

}  // namespace
}  // namespace assay
