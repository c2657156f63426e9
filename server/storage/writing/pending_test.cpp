#include "server/storage/writing/pending.h"

#include <atomic>
#include <latch>
#include <optional>
#include <thread>

#include "server/storage/writing/notes_writer.h"
#include "server/storage/writing/test_coroutine.h"

namespace assay::storage {
namespace {

struct Seen {
  std::latch ended{1};
  std::thread::id thread;
  std::optional<std::int64_t> outcome;
  std::optional<StorageError::Kind> failure;
};

TestCoroutine add(TestExecutor&, NotesWriter& notes, std::string text, Seen& seen) {
  try {
    seen.outcome = co_await notes.add(std::move(text));
  } catch (const StorageError& error) {
    seen.failure = error.kind();
  }
  seen.thread = std::this_thread::get_id();
  seen.ended.count_down();
}

// Says when the coroutine that holds it is gone.
struct Ending {
  bool& ended;
  ~Ending() { ended = true; }
};
TestCoroutine wait_for(TestExecutor&, Pending<void>& pending, bool& ended, bool& resumed) {
  const Ending ending{ended};
  co_await pending;
  resumed = true;
}

TEST(Pending, ResumesItsCoroutineOnTheExecutorsThread) {
  NotesWriter notes;
  TestExecutor executor;
  Seen seen;
  Gate gate;
  auto held = notes.hold_at(gate);
  const TestCoroutine adding = add(executor, notes, "a", seen);
  gate.open();
  seen.ended.wait();
  EXPECT_EQ(seen.outcome, 1);
  EXPECT_EQ(seen.thread, executor.thread());
  held.get();
  executor.stop();
}

TEST(Pending, GoesOnAtOnceWhereTheOutcomeIsThere) {
  NotesWriter notes;
  TestExecutor executor;
  Pending<void> pending = notes.writer.submit([](Connection&) {});
  notes.writer.stop();
  bool ended = false;
  bool resumed = false;
  const TestCoroutine waiting = wait_for(executor, pending, ended, resumed);
  EXPECT_TRUE(resumed);
  EXPECT_EQ(executor.posted(), 0);
}

TEST(Pending, ThrowsInItsCoroutineWhatTheWriteThrew) {
  NotesWriter notes;
  TestExecutor executor;
  notes.add("a").get();
  Seen seen;
  const TestCoroutine adding = add(executor, notes, "a", seen);
  seen.ended.wait();
  EXPECT_EQ(seen.outcome, std::nullopt);
  EXPECT_EQ(seen.failure, StorageError::Kind::constraint);
  executor.stop();
}

TEST(Pending, ResumesAllOfOneTransactionInOnePiece) {
  NotesWriter notes;
  TestExecutor executor;
  Gate gate;
  auto held = notes.hold_at(gate);
  Seen first;
  Seen second;
  Seen third;
  const TestCoroutine adding_first = add(executor, notes, "1", first);
  const TestCoroutine adding_second = add(executor, notes, "2", second);
  const TestCoroutine adding_third = add(executor, notes, "3", third);
  gate.open();
  for (Seen* seen : {&first, &second, &third}) seen->ended.wait();
  EXPECT_EQ(executor.posted(), 1);
  held.get();
  executor.stop();
}

TEST(Pending, LetsItsCoroutineBeDestroyedWhileItWaits) {
  NotesWriter notes;
  auto executor = std::make_unique<TestExecutor>();
  Gate gate;
  auto pending = notes.hold_at(gate);
  bool ended = false;
  bool resumed = false;
  {
    const TestCoroutine waiting = wait_for(*executor, pending, ended, resumed);
    EXPECT_FALSE(ended);
  }
  EXPECT_TRUE(ended);
  executor.reset();  // which nobody calls any more
  gate.open();
  EXPECT_EQ(notes.add("after").get(), 1);
  EXPECT_FALSE(resumed);
}

TEST(Pending, DoesNotResumeACoroutineThatIsDestroyedWhenThatIsPosted) {
  NotesWriter notes;
  TestExecutor executor;
  executor.hold();
  Gate gate;
  auto pending = notes.hold_at(gate);
  bool ended = false;
  bool resumed = false;
  {
    const TestCoroutine waiting = wait_for(executor, pending, ended, resumed);
    gate.open();
    executor.wait_until_posted(1);
  }
  EXPECT_TRUE(ended);
  executor.let_go();
  executor.stop();
  EXPECT_FALSE(resumed);
}

TEST(Pending, IsToldAgainWhereTheExecutorHadNoThread) {
  NotesWriter notes;
  TestExecutor executor;
  executor.refuse_once();
  Seen seen;
  const TestCoroutine adding = add(executor, notes, "a", seen);
  seen.ended.wait();
  EXPECT_EQ(seen.outcome, 1);
  executor.stop();
}

TEST(Pending, LetsGoOfTheOperationBeforeAnyoneHearsOfIt) {
  NotesWriter notes;
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> watched = held;
  auto pending = notes.writer.submit([held = std::move(held)](Connection&) { return *held; });
  notes.add("behind it").get();
  EXPECT_TRUE(pending.is_finished());
  EXPECT_TRUE(watched.expired());
}

TEST(Pending, DoesTheWriteThoughNobodyWaits) {
  NotesWriter notes;
  (void)notes.add("a");
  notes.writer.stop();
  EXPECT_EQ(notes.notes(), std::vector<std::string>{"a"});
}

// Says how many of the coroutines that hold one are gone: on whichever thread.
struct CountedEnding {
  std::atomic<int>& ended;
  ~CountedEnding() { ++ended; }
};
TestCoroutine wait_and_count(TestExecutor&, Pending<void>& pending, std::atomic<int>& ended) {
  const CountedEnding ending{ended};
  co_await pending;
}

// Thousands of coroutines destroyed at any moment: each ends once, and its write is done all the
// same. What else may go wrong shows under the sanitizers.
TEST(Pending, LetsCoroutinesBeDestroyedAtAnyMoment) {
  NotesWriter notes;
  std::atomic<int> written = 0;
  for (int round = 0; round < 300; ++round) {
    std::atomic<int> ended = 0;
    {
      TestExecutor executor;
      std::vector<Pending<void>> pending;
      for (int i = 0; i < 8; ++i) {
        pending.push_back(notes.writer.submit([&written](Connection&) { ++written; }));
      }
      std::vector<TestCoroutine> waiting;
      for (auto& one : pending) waiting.push_back(wait_and_count(executor, one, ended));
      if (round % 2 == 0) executor.hold();
      executor.stop();  // no coroutine runs from here on
    }
    ASSERT_EQ(ended, 8);
  }
  notes.writer.stop();
  EXPECT_EQ(written, 2'400);
}

}  // namespace
}  // namespace assay::storage
