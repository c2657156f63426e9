#include <stdexcept>
#include <thread>

#include "server/storage/kept.h"

namespace assay::storage {
namespace {

using Kind = StorageError::Kind;
using Texts = std::vector<std::string>;

std::int64_t number(const std::optional<Entry>& entry) {
  return entry ? std::stoll(entry->value) : 0;
}

TEST(StoreTransaction, WritesSeveralTablesAndSeesWhatItWrote) {
  Kept kept;
  auto sum = kept.store.transaction([&kept](Transaction& t) {
    Entries users = t.table(kept.users);
    Entries others = t.table(kept.others);
    EXPECT_TRUE(users.add("ann", "1"));
    EXPECT_EQ(users.get("ann")->value, "1");
    EXPECT_EQ(users.update("ann", "2", 0), Updated::yes);
    EXPECT_EQ(others.put("ann", "40"), 0);
    EXPECT_TRUE(others.add("bob", "50"));
    EXPECT_TRUE(others.remove("bob"));
    EXPECT_EQ(users.size(), 1);
    EXPECT_EQ(others.keys(), Texts{"ann"});
    return number(users.get("ann")) + number(others.get("ann"));
  });
  EXPECT_EQ(sum.get(), 42);
}

// freetser 0.1.0 rolls back by itself on a duplicate: a routine that catches that loses what it
// wrote before, and goes on without a transaction.
TEST(StoreTransaction, KeepsItsEarlierWritesAfterADuplicateThatItCaught) {
  Kept kept;
  kept.users.add("there", "1").get();
  kept.store
      .transaction([&kept](Transaction& t) {
        Entries users = t.table(kept.users);
        users.add("earlier", "2");
        EXPECT_FALSE(users.add("there", "3"));
        try {
          t.connection().execute("INSERT INTO entries SELECT * FROM entries WHERE key = 'there'");
          ADD_FAILURE() << "no duplicate";
        } catch (const StorageError& duplicate) {
          EXPECT_EQ(duplicate.kind(), Kind::constraint);
        }
        users.add("later", "4");
      })
      .get();
  EXPECT_EQ(kept.users.keys(), (Texts{"earlier", "later", "there"}));
}

// There it would also leave what came after the duplicate, when the routine then throws.
TEST(StoreTransaction, UndoesAllWhenItThrowsAfterADuplicateThatItCaught) {
  Kept kept;
  kept.users.add("there", "1").get();
  auto failing = kept.store.transaction([&kept](Transaction& t) {
    Entries users = t.table(kept.users);
    users.add("earlier", "2");
    EXPECT_FALSE(users.add("there", "3"));
    users.add("later", "4");
    throw std::runtime_error("after all");
  });
  EXPECT_THROW(failing.get(), std::runtime_error);
  EXPECT_EQ(kept.users.keys(), Texts{"there"});
}

// freetser 0.1.0 loses its storage thread by anything that is no StorageError, and who waits waits
// for ever.
TEST(StoreTransaction, FailsAloneWhateverItThrowsAndLaterWritesGoOn) {
  Kept kept;
  auto number_thrown = kept.store.transaction([&kept](Transaction& t) {
    t.table(kept.users).add("undone", "1");
    throw 7;
  });
  auto text_thrown = kept.store.transaction([&kept](Transaction& t) {
    t.table(kept.users).add("undone", "2");
    throw "a text";
  });
  auto after = kept.users.add("after", "3");
  EXPECT_THROW(number_thrown.get(), int);
  EXPECT_THROW(text_thrown.get(), const char*);
  EXPECT_TRUE(after.get());
  EXPECT_EQ(kept.users.keys(), Texts{"after"});
}

TEST(StoreTransaction, HasPartsThatAreUndoneAlone) {
  Kept kept;
  kept.store
      .transaction([&kept](Transaction& t) {
        Entries users = t.table(kept.users);
        users.add("before", "1");
        try {
          t.part([&] {
            users.add("undone", "2");
            t.part([&] { users.add("undone within", "3"); });
            throw std::runtime_error("a part");
          });
        } catch (const std::runtime_error&) {
        }
        EXPECT_EQ(users.get("undone"), std::nullopt);
        EXPECT_EQ(t.part([&] { return users.put("before", "4"); }), 1);
      })
      .get();
  EXPECT_EQ(kept.users.keys(), Texts{"before"});
  EXPECT_EQ(kept.users.get("before")->value, "4");
}

TEST(StoreTransaction, CannotEndItself) {
  Kept kept;
  auto ending = kept.store.transaction([&kept](Transaction& t) {
    t.table(kept.users).add("undone", "1");
    t.connection().execute("COMMIT");
  });
  auto after = kept.users.add("after", "2");
  EXPECT_EQ(thrown([&] { ending.get(); }).kind(), Kind::misuse);
  EXPECT_TRUE(after.get());
  EXPECT_EQ(kept.users.keys(), Texts{"after"});
}

TEST(StoreTransaction, IsSeenByNobodyBeforeItIsCommitted) {
  Kept kept;
  auto seen = kept.store.transaction([&kept](Transaction& t) {
    t.table(kept.users).add("ann", "1");
    std::optional<Entry> by_another;
    std::thread([&] { by_another = kept.users.get("ann"); }).join();
    return by_another.has_value();
  });
  EXPECT_FALSE(seen.get());
  EXPECT_TRUE(kept.users.get("ann").has_value());
}

}  // namespace
}  // namespace assay::storage
