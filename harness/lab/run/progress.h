// Where a run stands, said on standard error while it goes on: what runs, how far, when it ends.
//
// On a terminal one line that is rewritten; elsewhere a line for each trial. Belongs to one run.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string>

#include "harness/lab/plan/plan.h"
#include "harness/lab/record/result.h"

namespace assay::lab {

class Progress {
 public:
  // `trial_s`: how long a trial is expected to take until one has been seen.
  Progress(std::FILE* out, std::size_t trials, double trial_s);

  void say(const std::string& line);      // a line that stays
  void checks(const Baseline& baseline);  // asks it for its replies, before anything is timed
  void begins(const Cell& cell, int block, int blocks);
  void ended(const Trial& trial);
  void expects(std::size_t trials) { trials_ += trials; }  // beyond those that it began with
  double seconds_left() const;

 private:
  void show(const std::string& text, bool stays);

  std::FILE* out_;
  bool terminal_;
  std::size_t trials_;
  std::size_t done_ = 0;
  double trial_s_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::string doing_;
};

}  // namespace assay::lab
