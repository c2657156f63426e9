// Random operations of several threads, held against a std::map: each write's outcome is what the
// map says, in the order in which the writer did them.
#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <stdexcept>
#include <thread>

#include "server/storage/kept.h"

namespace assay::storage {
namespace {

// The entries as they should be, and where a new one begins to count. Changed by the writer's
// thread alone, within its operations, so that its order is theirs; a copy is put back where a
// transaction is undone.
struct Model {
  std::map<std::string, Entry> entries;
  std::int64_t first_counter = 0;
};
using Counter = std::optional<std::int64_t>;

Counter add(Model& model, const std::string& key, const std::string& value) {
  const Entry entry{value, model.first_counter, std::nullopt};
  return model.entries.try_emplace(key, entry).second ? Counter(entry.counter) : std::nullopt;
}
std::int64_t put(Model& model, const std::string& key, const std::string& value) {
  if (const Counter added = add(model, key, value)) return *added;
  const auto at = model.entries.find(key);
  at->second.value = value;
  return ++at->second.counter;
}
Updated update(Model& model, const std::string& key, const std::string& value,
               std::int64_t counter) {
  const auto at = model.entries.find(key);
  if (at == model.entries.end()) return Updated::missing;
  if (at->second.counter != counter) return Updated::other_counter;
  at->second = {value, counter + 1, std::nullopt};
  return Updated::yes;
}
bool remove(Model& model, const std::string& key) {
  const auto at = model.entries.find(key);
  if (at == model.entries.end()) return false;
  model.first_counter = std::max(model.first_counter, at->second.counter + 1);
  model.entries.erase(at);
  return true;
}
Counter counter_of(const Model& model, const std::string& key) {
  const auto at = model.entries.find(key);
  return at == model.entries.end() ? std::nullopt : Counter(at->second.counter);
}

class RandomSteps {
 public:
  explicit RandomSteps(unsigned seed) : random_(seed) {}

  // One step on both; each has to have the same outcome.
  void step(Entries& entries, Model& model) {
    const std::string key = "key" + std::to_string(below(12));
    const std::string value = std::to_string(below(1'000));
    switch (below(6)) {
      case 0: EXPECT_EQ(entries.add(key, value), add(model, key, value)); break;
      case 1: EXPECT_EQ(entries.put(key, value), put(model, key, value)); break;
      case 2: {
        const std::int64_t counter = counter_of(model, key).value_or(0) + below(3) - 1;
        EXPECT_EQ(entries.update(key, value, counter), update(model, key, value, counter));
        break;
      }
      case 3: EXPECT_EQ(entries.remove(key), remove(model, key)); break;
      case 4: {
        const auto at = model.entries.find(key);
        EXPECT_EQ(entries.get(key),
                  at == model.entries.end() ? std::nullopt : std::optional(at->second));
        break;
      }
      default: EXPECT_EQ(entries.size(), static_cast<std::int64_t>(model.entries.size()));
    }
  }
  unsigned below(unsigned end) { return static_cast<unsigned>(random_() % end); }

 private:
  std::mt19937 random_;
};

// A few steps, of which some throw in the end, and some in a part that is caught.
int several_steps(Transaction& t, const Table& table, Model& model, RandomSteps& random) {
  const Model before = model;
  Entries entries = t.table(table);
  for (unsigned left = random.below(4); left > 0; --left) random.step(entries, model);
  const Model before_part = model;
  try {
    t.part([&] {
      random.step(entries, model);
      if (random.below(3) == 0) throw std::runtime_error("in a part");
    });
  } catch (const std::runtime_error&) {
    model = before_part;
  }
  if (random.below(4) == 0) {
    model = before;
    throw 1;
  }
  return 2;
}

TEST(Store, DoesWhatAMapDoesHoweverManyThreadsWrite) {
  Kept kept;
  Model model;
  std::vector<std::thread> threads;
  for (unsigned seed = 1; seed <= 6; ++seed) {
    threads.emplace_back([&kept, &model, seed] {
      RandomSteps random(seed);
      for (int i = 0; i < 150; ++i) {
        // It is done once: nothing here makes SQLite undo a whole transaction.
        auto outcome = kept.store.transaction([&, &table = kept.users](Transaction& t) {
          return several_steps(t, table, model, random);
        });
        try {
          EXPECT_EQ(outcome.get(), 2);
        } catch (int thrown) {
          EXPECT_EQ(thrown, 1);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  kept.database.stop();
  kept.database.start();
  EXPECT_EQ(kept.users.size(), static_cast<std::int64_t>(model.entries.size()));
  for (const auto& [key, entry] : model.entries) EXPECT_EQ(kept.users.get(key), entry) << key;
}

// Each thread adds to a sum by its counter, and tries again where another was faster.
TEST(Store, LosesNoUpdateOfMany) {
  Kept kept;
  kept.users.add("sum", "0").get();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&kept] {
      for (int added = 0; added < 50;) {
        const Entry sum = *kept.users.get("sum");
        const std::string next = std::to_string(std::stoll(sum.value) + 1);
        if (kept.users.update("sum", next, sum.counter).get() == Updated::yes) ++added;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(kept.users.get("sum"), (Entry{"200", 200, std::nullopt}));
}

}  // namespace
}  // namespace assay::storage
