#include "harness/lab/trial/attempts.h"

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

Trial trial(int block, int attempt, double rate, bool is_twin = false) {
  Trial made;
  made.workload = "json";
  made.baseline = "fast@v";
  made.load = "two";
  made.block = block;
  made.attempt = attempt;
  made.rate = rate;
  made.twin = is_twin;
  made.valid = true;
  return made;
}

TEST(Attempts, OnlyTheLastOfEachBlockCountsHoweverTheyAreOrdered) {
  const std::vector<Trial> trials{trial(1, 2, 30), trial(0, 0, 10), trial(1, 0, 11),
                                  trial(1, 1, 20)};
  const CellTrials found = trials_of(trials, "json", "fast@v", "two", false);
  EXPECT_EQ(values(found, [](const Trial& each) { return each.rate; }),
            (std::vector<double>{10, 30}));
  EXPECT_EQ(found.repeated.size(), 2U);
}

TEST(Attempts, ATwinAndAnotherLoadHaveTheirOwn) {
  std::vector<Trial> trials{trial(0, 0, 10), trial(0, 1, 20, true)};
  trials.push_back(trial(0, 3, 40));
  trials.back().load = "many";
  const CellTrials found = trials_of(trials, "json", "fast@v", "two", false);
  ASSERT_EQ(found.counted.size(), 1U);
  EXPECT_EQ(found.counted[0]->rate, 10);
  EXPECT_TRUE(found.repeated.empty());
  EXPECT_EQ(trials_of(trials, "json", "fast@v", "two", true).counted.at(0)->rate, 20);
}

}  // namespace
}  // namespace assay::lab
