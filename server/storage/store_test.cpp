#include "server/storage/store.h"

#include <unistd.h>

#include <filesystem>
#include <limits>
#include <stdexcept>
#include <thread>

#include "server/storage/kept.h"

namespace assay::storage {
namespace {

using Kind = StorageError::Kind;
using Texts = std::vector<std::string>;
using namespace std::chrono_literals;

TEST(Table, GivesWhatWasAdded) {
  Kept kept;
  EXPECT_EQ(kept.users.get("ann"), std::nullopt);
  EXPECT_TRUE(kept.users.add("ann", "1").get());
  EXPECT_EQ(kept.users.get("ann"), (Entry{"1", 0, std::nullopt}));
  EXPECT_EQ(kept.users.get("Ann"), std::nullopt);
}

TEST(Table, AddsNothingWhereTheKeyIsThere) {
  Kept kept;
  kept.users.add("ann", "1").get();
  EXPECT_FALSE(kept.users.add("ann", "2").get());
  EXPECT_EQ(kept.users.get("ann")->value, "1");
}

TEST(Table, KeepsAnyBytes) {
  Kept kept;
  const std::string bytes("\0\xFF\n\x80", 4);
  kept.users.add("bytes", bytes).get();
  kept.users.add("none", "").get();
  EXPECT_EQ(kept.users.get("bytes")->value, bytes);
  EXPECT_EQ(kept.users.get("none")->value, "");
}

TEST(Table, PutsOverWhatIsThereAndCounts) {
  Kept kept;
  EXPECT_EQ(kept.users.put("ann", "1").get(), 0);
  EXPECT_EQ(kept.users.put("ann", "2").get(), 1);
  EXPECT_EQ(kept.users.get("ann"), (Entry{"2", 1, std::nullopt}));
}

TEST(Table, UpdatesOnlyWhereTheCounterIsTheSame) {
  Kept kept;
  EXPECT_EQ(kept.users.update("ann", "1", 0).get(), Updated::missing);
  kept.users.add("ann", "1").get();
  EXPECT_EQ(kept.users.update("ann", "2", 0).get(), Updated::yes);
  EXPECT_EQ(kept.users.update("ann", "3", 0).get(), Updated::other_counter);
  EXPECT_EQ(kept.users.get("ann"), (Entry{"2", 1, std::nullopt}));
}

TEST(Table, CountsOnAfterRemoving) {
  Kept kept;
  kept.users.put("ann", "1").get();
  kept.users.put("ann", "2").get();
  EXPECT_TRUE(kept.users.remove("ann").get());
  EXPECT_FALSE(kept.users.remove("ann").get());
  EXPECT_EQ(kept.users.get("ann"), std::nullopt);
  EXPECT_EQ(kept.users.add("ann", "3").get(), 2);
  EXPECT_EQ(kept.users.get("ann"), (Entry{"3", 2, std::nullopt}));
  kept.users.remove("ann").get();
  EXPECT_EQ(kept.users.put("ann", "4").get(), 3);
  EXPECT_EQ(kept.users.update("ann", "5", 0).get(), Updated::other_counter);
  EXPECT_EQ(kept.others.add("ann", "1").get(), 0);
}

TEST(Table, CountsOnAfterTheLargestThatWasRemoved) {
  Kept kept;
  for (const char* value : {"1", "2", "3"}) kept.users.put("often", value).get();
  kept.users.put("once", "1").get();
  kept.users.remove("often").get();
  kept.users.remove("once").get();
  EXPECT_EQ(kept.users.add("once", "2").get(), 3);
}

TEST(Table, CountsOnAfterItWasCleared) {
  Kept kept;
  kept.users.put("ann", "1").get();
  kept.users.put("ann", "2").get();
  kept.others.put("ann", "1").get();
  kept.users.clear().get();
  EXPECT_EQ(kept.users.add("ann", "3").get(), 2);
  EXPECT_EQ(kept.others.put("ann", "2").get(), 1);
}

TEST(Table, ListsItsKeysPageByPage) {
  Kept kept;
  for (const char* key : {"b", "a:2", "\xC3\xA4", "a:1", "a", "a:10", "aa"}) {
    kept.users.add(key, "").get();
  }
  kept.others.add("a:0", "").get();
  EXPECT_EQ(kept.users.keys(), (Texts{"a", "a:1", "a:10", "a:2", "aa", "b", "\xC3\xA4"}));
  EXPECT_EQ(kept.users.keys("a:"), (Texts{"a:1", "a:10", "a:2"}));
  EXPECT_EQ(kept.users.keys("a:", "", 2), (Texts{"a:1", "a:10"}));
  EXPECT_EQ(kept.users.keys("a:", "a:10", 2), Texts{"a:2"});
  EXPECT_EQ(kept.users.keys("", "aa"), (Texts{"b", "\xC3\xA4"}));
  EXPECT_EQ(kept.users.keys("a:", "a"), (Texts{"a:1", "a:10", "a:2"}));
  EXPECT_EQ(kept.users.keys("a:1", "a:1"), Texts{"a:10"});
  EXPECT_EQ(kept.users.keys("a:", "b"), Texts{});
  EXPECT_EQ(kept.users.keys("\xC3\xA4"), Texts{"\xC3\xA4"});
  EXPECT_EQ(kept.users.keys("", "", 0), Texts{});
}

TEST(Table, IsClearedAlone) {
  Kept kept;
  kept.users.add("ann", "1").get();
  kept.users.add("bob", "2").get();
  kept.others.add("ann", "3").get();
  EXPECT_EQ(kept.users.size(), 2);
  EXPECT_EQ(kept.users.clear().get(), 2);
  EXPECT_EQ(kept.users.size(), 0);
  EXPECT_EQ(kept.others.get("ann")->value, "3");
}

TEST(Table, RefusesWhatIsNoKey) {
  Kept kept;
  const std::string longest(1024, 'k');
  EXPECT_TRUE(kept.users.add(longest, "").get());
  for (const std::string& key : {std::string(), longest + "k", std::string("\xFF")}) {
    EXPECT_FALSE(is_key(key));
    EXPECT_EQ(thrown([&] { kept.users.get(key); }).kind(), Kind::bad_key);
    EXPECT_EQ(thrown([&] { (void)kept.users.add(key, ""); }).kind(), Kind::bad_key);
    EXPECT_EQ(thrown([&] { (void)kept.users.put(key, ""); }).kind(), Kind::bad_key);
    EXPECT_EQ(thrown([&] { (void)kept.users.update(key, "", 0); }).kind(), Kind::bad_key);
    EXPECT_EQ(thrown([&] { (void)kept.users.remove(key); }).kind(), Kind::bad_key);
  }
}

TEST(Table, RefusesToCountBeyondTheLargestNumber) {
  Kept kept;
  kept.users.add("ann", "1").get();
  constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
  kept.database
      .write([](Connection& connection) {
        connection.execute("UPDATE entries SET counter = 9223372036854775807");
      })
      .get();
  auto updated = kept.users.update("ann", "2", largest);
  EXPECT_EQ(thrown([&] { updated.get(); }).kind(), Kind::constraint);
  auto put = kept.users.put("ann", "2");
  EXPECT_EQ(thrown([&] { put.get(); }).kind(), Kind::constraint);
  EXPECT_EQ(kept.users.get("ann"), (Entry{"1", largest, std::nullopt}));
}

TEST(Table, IsMadeWhenItIsFirstAskedFor) {
  Kept kept;
  const Table late = kept.store.table("late");
  EXPECT_TRUE(late.add("ann", "1").get());
  EXPECT_EQ(kept.store.table("late").get("ann")->value, "1");
  EXPECT_EQ(kept.users.get("ann"), std::nullopt);
}

TEST(Table, IsRefusedBeforeItsDatabaseIsOpen) {
  Database database{Settings{}};
  Store store(database);
  const Table table = store.table("early");
  EXPECT_EQ(thrown([&] { (void)table.add("ann", "1"); }).kind(), Kind::misuse);
}

TEST(Store, FindsItsTablesAgainWhenItIsOpenedAnew) {
  Settings settings;
  settings.path = testing::TempDir() + "Store." + std::to_string(getpid()) + ".db";
  std::filesystem::remove(settings.path);
  {
    Kept kept(settings);
    kept.others.add("ann", "of the others").get();
  }
  {
    Database database(settings);
    Store store(database);
    const Table others = store.table("others");  // asked for in another order
    const Table users = store.table("users");
    database.open();
    database.start();
    EXPECT_EQ(others.get("ann")->value, "of the others");
    EXPECT_EQ(users.get("ann"), std::nullopt);
    database.stop();
  }
  std::filesystem::remove(settings.path);
}

TEST(Expiry, LetsAnEntryLiveUntilItsMomentAndAtIt) {
  Kept kept;
  kept.users.add("ann", "1", kept.clock() + 10ms).get();
  kept.pass(10ms);
  EXPECT_EQ(kept.users.get("ann"), (Entry{"1", 0, kept.clock()}));
  EXPECT_EQ(kept.users.size(), 1);
  EXPECT_EQ(kept.users.keys(), Texts{"ann"});
  kept.pass(1ms);
  EXPECT_EQ(kept.users.get("ann"), std::nullopt);
  EXPECT_EQ(kept.users.size(), 0);
  EXPECT_EQ(kept.users.keys(), Texts{});
}

TEST(Expiry, MakesRoomForANewEntryThatCountsOn) {
  Kept kept;
  kept.users.put("ann", "1").get();
  kept.users.put("ann", "2", kept.clock()).get();
  EXPECT_FALSE(kept.users.add("ann", "3").get());
  kept.pass(1ms);
  EXPECT_TRUE(kept.users.add("ann", "3").get());
  EXPECT_EQ(kept.users.get("ann"), (Entry{"3", 2, std::nullopt}));
}

TEST(Expiry, LetsPutCountOn) {
  Kept kept;
  kept.users.put("ann", "1").get();
  EXPECT_EQ(kept.users.put("ann", "2", kept.clock()).get(), 1);
  kept.pass(1ms);
  EXPECT_EQ(kept.users.put("ann", "3").get(), 2);
}

TEST(Expiry, LetsNewEntriesCountOnAfterWhatWasSwept) {
  Kept kept;
  kept.users.put("ann", "1").get();
  kept.users.put("ann", "2", kept.clock()).get();
  kept.pass(1ms);
  kept.database.use(
      [&](Connection& connection) { return sweep_expired(connection, kept.clock()); });
  EXPECT_EQ(kept.users.add("ann", "3").get(), 2);
}

TEST(Expiry, MakesUpdatesAndRemovalsMissTheEntry) {
  Kept kept;
  kept.users.add("ann", "1", kept.clock()).get();
  kept.pass(1ms);
  EXPECT_EQ(kept.users.update("ann", "2", 0).get(), Updated::missing);
  EXPECT_FALSE(kept.users.remove("ann").get());
  EXPECT_EQ(kept.users.clear().get(), 0);
}

TEST(Expiry, IsPutOffOrTakenAwayByAnUpdate) {
  Kept kept;
  kept.users.add("ann", "1", kept.clock()).get();
  EXPECT_EQ(kept.users.update("ann", "2", 0, kept.clock() + 5ms).get(), Updated::yes);
  kept.pass(5ms);
  EXPECT_EQ(kept.users.update("ann", "3", 1).get(), Updated::yes);
  kept.pass(1h);
  EXPECT_EQ(kept.users.get("ann"), (Entry{"3", 2, std::nullopt}));
}

TEST(Expiry, LeavesNothingOfWhatIsAddedTooLate) {
  Kept kept;
  EXPECT_TRUE(kept.users.add("ann", "1", kept.clock() - 1ms).get());
  EXPECT_EQ(kept.users.get("ann"), std::nullopt);
}

TEST(Expiry, RemovesALittleAtATimeTheOldestFirst) {
  Kept kept;
  const TimePoint start = kept.clock();
  kept.users.add("3", "", start + 3ms).get();
  kept.others.add("1", "", start + 1ms).get();
  kept.users.add("2", "", start + 2ms).get();
  kept.users.add("for ever", "").get();
  const auto sweep = [&](TimePoint now) {
    return kept.database.use(
        [now](Connection& connection) { return sweep_expired(connection, now, 2); });
  };
  EXPECT_EQ(sweep(start + 1ms), 0);
  EXPECT_EQ(sweep(start + 4ms), 2);
  EXPECT_EQ(kept.users.keys(), (Texts{"3", "for ever"}));
  EXPECT_EQ(sweep(start + 4ms), 1);
  EXPECT_EQ(sweep(start + 4ms), 0);
  EXPECT_EQ(kept.users.keys(), Texts{"for ever"});
}

TEST(Expiry, IsSweptByTheWriterItself) {
  Settings settings;
  settings.sweep_period = 1ms;
  Kept kept(settings);
  for (int i = 0; i < 1'200; ++i) (void)kept.users.add(std::to_string(i), "", kept.clock());
  kept.users.add("for ever", "").get();
  kept.pass(1ms);
  while (kept.database.counts().swept_entries < 1'200) std::this_thread::yield();
  EXPECT_EQ(kept.database.use([](Connection& connection) {
    constexpr Query<"SELECT count(*) FROM entries", std::int64_t> all;
    return *connection.one(all);
  }),
            1);
}

}  // namespace
}  // namespace assay::storage
