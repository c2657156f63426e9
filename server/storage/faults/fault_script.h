// What a server writes while its files fail, and what it was told of each write: for tests.
//
// Pairs of entries that always hold the same, in one transaction each: by the writer, alone and
// several together, and by the policy's own connection, in a transaction of several statements and
// in a single one. One thread.
#pragma once
#include <cstddef>
#include <future>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/storage/store.h"

namespace assay::storage {

// Both entries of a pair in one statement.
inline constexpr Query<
    "INSERT INTO entries(space, key, counter, expires, value) "
    "SELECT spaces.id, names.column1, 0, NULL, ?3 FROM spaces, (VALUES (?1), (?2)) AS names "
    "WHERE spaces.name = 'accounts' ON CONFLICT(space, key) DO UPDATE SET value = excluded.value">
    put_pair;

// What was sent for each key, in order, and how much of that was acknowledged.
struct History {
  std::vector<std::string> sent;
  std::size_t acknowledged = 0;  // the first so many are certain
};

class FaultScript {
 public:
  FaultScript(Database& database, Store& store, std::size_t value_bytes)
      : database_(database),
        store_(store),
        table_(store.table("accounts")),
        padding_(value_bytes, '.') {}

  void run() {
    for (int i = 0; i < 3; ++i) write_alone("alone " + std::to_string(i));
    for (int i = 0; i < 2; ++i) use("used " + std::to_string(i));
    run_one("run");
    write_together();
    write_alone("alone 1");
    use("used 1");
    run_one("run");
    use_and_throw();
  }
  // Of the writes that were done together.
  std::size_t failed_together() const { return failed_together_; }
  bool still_writes() { return write_alone("after") && use("used after") && run_one("run after"); }
  // What this process reads of each pair, where it can read.
  std::map<std::string, std::string> values() const {
    std::map<std::string, std::string> found;
    for (const auto& [key, history] : histories_) found[key] = pair_of(key);
    return found;
  }
  const std::map<std::string, History>& histories() const { return histories_; }
  std::string pair_of(const std::string& key) const {
    const std::optional<Entry> first = table_.get(key);
    const std::optional<Entry> second = table_.get(key + "'");
    EXPECT_EQ(first.has_value(), second.has_value()) << key << " is half there";
    if (!first || !second) return "";
    EXPECT_EQ(first->value, second->value) << key << " is half there";
    return first->value;
  }

 private:
  std::string next_value(const std::string& key) {
    History& history = histories_[key];
    history.sent.push_back(std::to_string(history.sent.size() + 1) + padding_);
    return history.sent.back();
  }
  static void put_both(Entries entries, const std::string& key, const std::string& value) {
    entries.put(key, value);
    entries.put(key + "'", value);
  }
  // Both entries of a pair get the next value, in one transaction.
  Pending<void> send(const std::string& key) {
    return store_.transaction(
        [table = table_, key, value = next_value(key)](Transaction& transaction) {
          put_both(transaction.table(table), key, value);
        });
  }
  // Whether `act` was acknowledged.
  template <class Act>
  bool settle(const std::string& key, Act act) {
    try {
      act();
      History& history = histories_[key];
      history.acknowledged = history.sent.size();
      return true;
    } catch (const StorageError& error) {
      EXPECT_TRUE(error.is_unavailable()) << error.what();
      return false;
    }
  }
  bool write_alone(const std::string& key) {
    Pending<void> pending = send(key);
    const bool done = settle(key, [&] { pending.get(); });
    if (done) read_again(key);
    return done;
  }
  bool use(const std::string& key) {
    const std::string value = next_value(key);
    const bool done = settle(key, [&] {
      database_.use([&](Connection& connection) {
        Transaction transaction(connection, database_.settings().now);
        transaction.part([&] { put_both(transaction.table(table_), key, value); });
      });
    });
    if (done) read_again(key);
    return done;
  }
  bool run_one(const std::string& key) {
    const std::string value = next_value(key);
    const bool done =
        settle(key, [&] { database_.run(put_pair, key, key + "'", BlobView(value)); });
    if (done) read_again(key);
    return done;
  }
  void use_and_throw() {
    EXPECT_ANY_THROW(database_.use([&](Connection& connection) {
      connection.transaction([&] {
        Entries(connection, 1, database_.settings().now).put("never", "there");
        throw std::runtime_error("on purpose");
      });
    }));
  }
  void read_again(const std::string& key) {
    try {
      EXPECT_EQ(pair_of(key), histories_[key].sent.back()) << "is not read when acknowledged";
    } catch (const StorageError& error) {
      EXPECT_TRUE(error.is_unavailable()) << error.what();
    }
  }
  // One batch, as the writer is held up until all have been submitted. One of them throws.
  void write_together() {
    std::promise<void> gate;
    Pending<void> held = database_.write(
        [open = gate.get_future().share()](Connection&) { open.wait(); }, Writer::Steps::none);
    std::vector<std::pair<std::string, Pending<void>>> sent;
    for (int i = 0; i < 4; ++i) {
      const std::string key = "together " + std::to_string(i);
      sent.emplace_back(key, send(key));
    }
    Pending<void> thrower = store_.transaction([table = table_](Transaction& transaction) {
      transaction.table(table).put("never", "there");
      throw std::runtime_error("on purpose");
    });
    for (int i = 4; i < 6; ++i) {
      const std::string key = "together " + std::to_string(i);
      sent.emplace_back(key, send(key));
    }
    gate.set_value();
    EXPECT_ANY_THROW(thrower.get());
    for (auto& [key, pending] : sent) {
      failed_together_ += settle(key, [&told = pending] { told.get(); }) ? 0 : 1;
    }
    try {
      held.get();
    } catch (const StorageError&) {
    }
  }

  Database& database_;
  Store& store_;
  Table table_;
  std::string padding_;
  std::map<std::string, History> histories_;
  std::size_t failed_together_ = 0;
};

}  // namespace assay::storage
