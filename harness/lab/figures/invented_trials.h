// For tests: two baselines on one workload under one load, and trials with given rates.
#pragma once
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/lab/plan/plan.h"
#include "harness/lab/record/trial_record.h"

namespace assay::lab {

class InventedTrials : public testing::Test {
 protected:
  InventedTrials() {
    workload_.name = "json";
    workload_.implementations = {"fast", "slow"};
    load_.name = "two";
    fast_.name = "fast";
    slow_.name = "slow";
    fast_.implementation = "fast";
    slow_.implementation = "slow";
    fast_.variant = slow_.variant = "v";
  }
  std::vector<Cell> cells() { return {{&workload_, &fast_, &load_}, {&workload_, &slow_, &load_}}; }
  void trial(const Baseline& baseline, int block, double rate, const std::string& reason = "") {
    Trial trial;
    trial.block = block;
    trial.workload = "json";
    trial.baseline = baseline.label();
    trial.load = "two";
    trial.rate = rate;
    trial.valid = reason.empty();
    if (!reason.empty()) trial.reasons.push_back(reason);
    trials_.push_back(trial);
  }
  void seven_blocks() {
    for (int block = 0; block < 7; ++block) {
      trial(fast_, block, 1000 + 10 * block);
      trial(slow_, block, 500 + 5 * block);
    }
  }

  Workload workload_;
  Load load_;
  Baseline fast_;
  Baseline slow_;
  std::vector<Trial> trials_;
};

}  // namespace assay::lab
