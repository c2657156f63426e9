// What a server writes while its files fail, and what it was told of each write: for tests.
//
// Pairs of entries that always hold the same, in one transaction each: alone, and several together.
// One thread.
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
    write_together();
    write_alone("alone 1");
  }
  // Of the writes that were done together.
  std::size_t failed_together() const { return failed_together_; }
  bool still_writes() { return write_alone("after"); }
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
  // Both entries of a pair get the next value, in one transaction.
  Pending<bool> send(const std::string& key) {
    History& history = histories_[key];
    std::string value = std::to_string(history.sent.size() + 1) + padding_;
    history.sent.push_back(value);
    return store_.transaction([table = table_, key, value](Transaction& transaction) {
      Entries entries = transaction.table(table);
      entries.put(key, value);
      entries.put(key + "'", value);
      return true;
    });
  }
  bool settle(const std::string& key, Pending<bool>& pending) {
    try {
      History& history = histories_[key];
      const bool done = pending.get();
      history.acknowledged = history.sent.size();
      return done;
    } catch (const StorageError& error) {
      EXPECT_TRUE(error.is_unavailable()) << error.what();
      return false;
    }
  }
  bool write_alone(const std::string& key) {
    Pending<bool> pending = send(key);
    const bool done = settle(key, pending);
    if (done) read_again(key);
    return done;
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
    std::vector<std::pair<std::string, Pending<bool>>> sent;
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
    for (auto& [key, pending] : sent) failed_together_ += settle(key, pending) ? 0 : 1;
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
