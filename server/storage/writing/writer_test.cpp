#include "server/storage/writing/writer.h"

#include <atomic>
#include <stdexcept>
#include <thread>

#include "server/storage/writing/notes_writer.h"

namespace assay::storage {
namespace {

using Kind = StorageError::Kind;
using Texts = std::vector<std::string>;

TEST(Writer, DoesOperationsInTheOrderInWhichTheyWereSubmitted) {
  NotesWriter notes;
  std::vector<Pending<std::int64_t>> pending;
  Texts expected;
  for (int i = 0; i < 300; ++i) {
    pending.push_back(notes.add(std::to_string(i)));
    expected.push_back(std::to_string(i));
  }
  for (auto& one : pending) EXPECT_EQ(one.get(), 1);
  EXPECT_EQ(notes.notes(), expected);
}

TEST(Writer, CommitsTogetherWhatWaitsUpToTheLimit) {
  Settings settings = exact_batches();
  settings.batch_limit = 16;
  NotesWriter notes(settings);
  Gate gate;
  auto held = notes.hold_at(gate);
  std::vector<Pending<std::int64_t>> pending;
  for (int i = 0; i < 40; ++i) pending.push_back(notes.add(std::to_string(i)));
  EXPECT_EQ(notes.counts.queue_length, 40);
  gate.open();
  held.get();
  for (auto& one : pending) one.get();
  EXPECT_EQ(notes.counts.batches, 4);  // 1, 16, 16, 8
  EXPECT_EQ(notes.counts.operations, 41);
  EXPECT_EQ(notes.counts.largest_batch, 16);
  EXPECT_EQ(notes.counts.queue_length, 0);
  EXPECT_EQ(notes.commits.now(), 4);
}

TEST(Writer, CommitsEachAloneWhereItIsToldTo) {
  Settings settings = exact_batches();
  settings.group_commit = false;
  NotesWriter notes(settings);
  Gate gate;
  auto held = notes.hold_at(gate);
  auto first = notes.add("first");
  auto second = notes.add("second");
  gate.open();
  held.get();
  first.get();
  second.get();
  EXPECT_EQ(notes.counts.batches, 3);
  EXPECT_EQ(notes.counts.largest_batch, 1);
}

TEST(Writer, TellsOfAnOutcomeOnlyWhenItIsCommitted) {
  NotesWriter notes;
  Gate before;
  auto held = notes.hold_at(before);
  auto added = notes.add("done, not committed");
  Gate after;
  auto behind = notes.writer.submit([&after](Connection&) { after.pass(); });
  before.open();
  after.wait_until_reached();
  EXPECT_FALSE(added.is_finished());
  EXPECT_EQ(notes.notes(), Texts{});
  EXPECT_EQ(notes.commits.now(), 1);
  after.open();
  EXPECT_EQ(added.get(), 1);
  EXPECT_EQ(notes.notes(), Texts{"done, not committed"});
  behind.get();
}

TEST(Writer, LetsAnOperationThatThrowsFailAlone) {
  NotesWriter notes;
  Gate gate;
  auto held = notes.hold_at(gate);
  auto before = notes.add("before");
  auto error = notes.writer.submit([](Connection& to) {
    to.run(add_note, "undone 1");
    throw std::runtime_error("of the routine");
  });
  auto number = notes.writer.submit([](Connection& to) {
    to.run(add_note, "undone 2");
    throw 42;
  });
  auto duplicate = notes.add("before");
  auto after = notes.add("after");
  gate.open();
  held.get();
  EXPECT_EQ(before.get(), 1);
  EXPECT_THROW(error.get(), std::runtime_error);
  EXPECT_THROW(number.get(), int);
  EXPECT_EQ(thrown([&] { duplicate.get(); }).kind(), Kind::constraint);
  EXPECT_EQ(after.get(), 1);
  EXPECT_EQ(notes.notes(), (Texts{"before", "after"}));
  EXPECT_EQ(notes.counts.failed, 0);  // of storage
  EXPECT_EQ(notes.counts.operations, 3);
}

TEST(Writer, KeepsWhatARoutineWroteBeforeAFailureThatItCaught) {
  NotesWriter notes;
  auto written = notes.writer.submit([](Connection& to) {
    to.run(add_note, "earlier");
    EXPECT_EQ(thrown([&] { to.run(add_note, "earlier"); }).kind(), Kind::constraint);
    to.run(add_note, "later");
  });
  written.get();
  EXPECT_EQ(notes.notes(), (Texts{"earlier", "later"}));
}

// "OR ROLLBACK" makes SQLite undo all that was done together, as it does when the disk is full.
TEST(Writer, DoesTheOthersAnewWhereSqliteUndidAll) {
  NotesWriter notes;
  Gate gate;
  auto held = notes.hold_at(gate);
  std::atomic<int> times = 0;
  auto before = notes.writer.submit([&times](Connection& to) {
    ++times;
    return to.run(add_note, "before");
  });
  auto fatal = notes.writer.submit(
      [](Connection& to) { to.execute("INSERT OR ROLLBACK INTO notes(text) VALUES ('before')"); });
  auto after = notes.add("after");
  gate.open();
  held.get();
  EXPECT_EQ(before.get(), 1);
  EXPECT_EQ(thrown([&] { fatal.get(); }).kind(), Kind::constraint);
  EXPECT_EQ(after.get(), 1);
  EXPECT_EQ(times, 2);
  EXPECT_EQ(notes.notes(), (Texts{"before", "after"}));
}

TEST(Writer, GoesOnWhenTheDiskIsFullForOne) {
  NotesWriter notes;
  notes.writer.submit([](Connection& to) { to.execute("PRAGMA max_page_count = 40"); }).get();
  Gate gate;
  auto held = notes.hold_at(gate);
  auto before = notes.add("before");
  auto large = notes.add(std::string(1'000'000, 'x'));
  auto after = notes.add("after");
  gate.open();
  held.get();
  EXPECT_EQ(before.get(), 1);
  EXPECT_EQ(thrown([&] { large.get(); }).kind(), Kind::disk_full);
  EXPECT_EQ(after.get(), 1);
  EXPECT_EQ(notes.notes(), (Texts{"before", "after"}));
}

// What an earlier operation did, and is undone, was never there for the later one.
TEST(Writer, AsksThoseAgainThatSawWhatWasUndone) {
  NotesWriter notes;
  Gate gate;
  auto held = notes.hold_at(gate);
  auto undone = notes.writer.submit([](Connection& to) {
    to.run(add_note, "same");
    to.execute("INSERT OR ROLLBACK INTO notes(text) VALUES ('same')");
  });
  auto count = notes.writer.submit([](Connection& to) { return to.all(all_notes).size(); },
                                   Writer::Steps::none);
  auto again = notes.add("same");
  gate.open();
  held.get();
  EXPECT_EQ(thrown([&] { undone.get(); }).kind(), Kind::constraint);
  EXPECT_EQ(count.get(), 0);
  EXPECT_EQ(again.get(), 1);
}

template <class Act>
bool tries(Act act) {
  try {
    act();
    return true;
  } catch (const StorageError&) {
    return false;
  }
}

class EndsItsTransaction : public testing::TestWithParam<const char*> {};

TEST_P(EndsItsTransaction, AndFailsAlone) {
  NotesWriter notes;
  Gate gate;
  auto held = notes.hold_at(gate);
  auto before = notes.add("before");
  auto ending = notes.writer.submit([](Connection& to) {
    to.run(add_note, "undone");
    tries([&] { to.execute(GetParam()); });  // and goes on, whatever it is told
    tries([&] { to.run(add_note, "undone too"); });
  });
  auto after = notes.add("after");
  gate.open();
  held.get();
  EXPECT_EQ(before.get(), 1);
  EXPECT_EQ(thrown([&] { ending.get(); }).kind(), Kind::misuse);
  EXPECT_EQ(after.get(), 1);
  EXPECT_EQ(notes.notes(), (Texts{"before", "after"}));
}

INSTANTIATE_TEST_SUITE_P(Writer, EndsItsTransaction,
                         testing::Values("COMMIT", "ROLLBACK", "COMMIT; BEGIN", "ROLLBACK; BEGIN",
                                         "ROLLBACK; BEGIN; SAVEPOINT inner", "RELEASE inner"));

TEST(Writer, RefusesToWriteForWhatWasToReadOnly) {
  NotesWriter notes;
  const auto add_while_reading = [](Connection& to) { return to.run(add_note, "not to be"); };
  EXPECT_EQ(
      thrown([&] { notes.writer.submit(add_while_reading, Writer::Steps::none).get(); }).kind(),
      Kind::misuse);
  EXPECT_EQ(notes.add("after").get(), 1);
  EXPECT_EQ(notes.notes(), Texts{"after"});
}

TEST(Writer, FailsOnlyTheOperationForWhichTheCommitFails) {
  NotesWriter notes;
  notes.reader().execute(
      "CREATE TABLE links(note INTEGER REFERENCES notes(id) DEFERRABLE INITIALLY DEFERRED) STRICT");
  Gate gate;
  auto held = notes.hold_at(gate);
  auto before = notes.add("before");
  auto dangling =
      notes.writer.submit([](Connection& to) { to.execute("INSERT INTO links VALUES (99)"); });
  auto after = notes.add("after");
  gate.open();
  held.get();
  EXPECT_EQ(before.get(), 1);
  EXPECT_EQ(thrown([&] { dangling.get(); }).kind(), Kind::constraint);
  EXPECT_EQ(after.get(), 1);
}

TEST(Writer, AcknowledgesNothingWhereTheCommitFails) {
  Settings settings = exact_batches();
  settings.journal = Journal::rollback;  // here a reader keeps a commit off
  settings.busy_limit = std::chrono::milliseconds(5);
  NotesWriter notes(settings);
  Gate gate;
  auto held = notes.hold_at(gate);
  Connection reader = notes.reader();
  auto first = notes.add("first");
  auto second = notes.writer.submit([&reader](Connection& to) {
    to.run(add_note, "second");
    reader.execute("BEGIN; SELECT text FROM notes");
  });
  gate.open();
  held.get();
  EXPECT_EQ(thrown([&] { first.get(); }).kind(), Kind::busy);
  EXPECT_EQ(thrown([&] { second.get(); }).kind(), Kind::busy);
  reader.execute("COMMIT");
  EXPECT_EQ(notes.notes(), Texts{});
  EXPECT_EQ(notes.add("third").get(), 1);
  EXPECT_EQ(notes.notes(), Texts{"third"});
}

TEST(Writer, IsBusyWhereAnotherHoldsTheLockForTooLong) {
  Settings settings = exact_batches();
  settings.busy_limit = std::chrono::milliseconds(5);
  NotesWriter notes(settings);
  Connection other = notes.reader();
  other.begin_to_write();
  EXPECT_EQ(thrown([&] { notes.add("too early").get(); }).kind(), Kind::busy);
  other.roll_back();
  EXPECT_EQ(notes.add("in time").get(), 1);
  EXPECT_EQ(notes.notes(), Texts{"in time"});
}

class LetsAllWaitOnceForALock : public testing::TestWithParam<bool> {};

TEST_P(LetsAllWaitOnceForALock, HoweverManyWait) {
  Settings settings = exact_batches();
  settings.busy_limit = std::chrono::milliseconds(5);
  settings.group_commit = GetParam();
  settings.batch_limit = 2;
  NotesWriter notes(settings);
  Connection other = notes.reader();
  other.begin_to_write();
  Gate gate;
  auto held = notes.writer.submit([&gate](Connection&) { gate.pass(); }, Writer::Steps::none);
  gate.wait_until_reached();
  std::vector<Pending<std::int64_t>> waiting;
  for (int i = 0; i < 7; ++i) waiting.push_back(notes.add(std::to_string(i)));
  gate.open();
  held.get();
  for (auto& one : waiting) EXPECT_EQ(thrown([&] { one.get(); }).kind(), Kind::busy);
  EXPECT_EQ(notes.busy.gave_up, 1U);
}

INSTANTIATE_TEST_SUITE_P(Writer, LetsAllWaitOnceForALock, testing::Bool());

TEST(Writer, RefusesWhatComesWhenTheQueueIsFull) {
  Settings settings = exact_batches();
  settings.queue_limit = 3;
  NotesWriter notes(settings);
  Gate gate;
  auto held = notes.hold_at(gate);
  auto first = notes.add("1");
  auto second = notes.add("2");
  auto third = notes.add("3");
  EXPECT_EQ(thrown([&] { (void)notes.add("4"); }).kind(), Kind::queue_full);
  EXPECT_EQ(notes.counts.refused, 1);
  gate.open();
  held.get();
  first.get();
  second.get();
  third.get();
  EXPECT_EQ(notes.add("5").get(), 1);
  EXPECT_EQ(notes.notes(), (Texts{"1", "2", "3", "5"}));
}

TEST(Writer, DoesWhatWaitsBeforeItStopsAndNothingAfter) {
  NotesWriter notes;
  Gate gate;
  auto held = notes.hold_at(gate);
  auto waiting = notes.add("waited");
  std::thread stopping([&] { notes.writer.stop(); });
  gate.open();
  stopping.join();
  EXPECT_TRUE(waiting.is_finished());
  EXPECT_EQ(thrown([&] { (void)notes.add("late"); }).kind(), Kind::closing);
  EXPECT_EQ(notes.notes(), Texts{"waited"});
  notes.writer.start();
  EXPECT_EQ(notes.add("again").get(), 1);
}

TEST(Writer, LetsReadsSeeTheWritesThatWereSubmittedBefore) {
  NotesWriter notes;
  auto added = notes.add("a");
  auto seen = notes.writer.submit([](Connection& from) { return from.all(all_notes); },
                                  Writer::Steps::none);
  EXPECT_EQ(seen.get(), Texts{"a"});
  EXPECT_EQ(notes.commits.now(), 1);
}

TEST(Writer, RefusesToWaitForAWriteWithinAnother) {
  NotesWriter notes;
  auto outer = notes.writer.submit([&notes](Connection&) { return notes.add("inner").get(); });
  EXPECT_EQ(thrown([&] { outer.get(); }).kind(), Kind::misuse);
  EXPECT_EQ(notes.add("after").get(), 1);
}

TEST(Writer, SweepsAgainAsLongAsThereIsSomething) {
  Settings settings = exact_batches();
  settings.sweep_period = std::chrono::hours(1);  // after one that finds nothing
  NotesWriter notes(settings);
  notes.writer.stop();
  Gate last;
  int left = 3;
  notes.writer.add_sweep([&](Connection&) -> std::size_t {
    if (left == 0) return 0;
    if (--left == 0) last.pass();
    return 10;
  });
  last.open();
  notes.writer.start();
  last.wait_until_reached();
  notes.writer.stop();
  EXPECT_EQ(notes.counts.swept, 30);
}

TEST(Writer, GoesOnAfterASweepThatThrows) {
  Settings settings = exact_batches();
  settings.sweep_period = std::chrono::milliseconds(1);
  NotesWriter notes(settings);
  notes.writer.stop();
  std::latch called_twice(2);
  std::atomic<int> calls = 0;
  notes.writer.add_sweep([&](Connection& connection) -> std::size_t {
    if (calls++ < 2) called_twice.count_down();
    connection.begin_to_write();
    throw 7;
  });
  notes.writer.start();
  called_twice.wait();
  EXPECT_EQ(notes.add("after").get(), 1);
}

}  // namespace
}  // namespace assay::storage
