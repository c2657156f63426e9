// When a run has blocks enough. Pure.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/lab/plan/plan.h"
#include "harness/lab/record/trial_record.h"

namespace assay::lab {

// blocks: all that the plan has. precision: every figure is as narrow as it needs to be. time: the
// next block would end after the plan's budget. cut: stopped by hand.
enum class RunEnd { goes_on, blocks, precision, time, cut };
std::string_view text(RunEnd end) noexcept;  // "precision": as in results; empty: it goes on

struct BlockTimes {
  int done = 0;
  double gone_s = 0;     // since the first began, without the time for which the run was cut off
  double longest_s = 0;  // of one block
};

// How long the trials of a run that goes on took, by block: until the next began, or, of the last
// before the run was cut off, as long as its own figures tell. `resumed`: when it went on, in UTC.
std::map<int, double> seconds_by_block(const std::vector<Trial>& trials,
                                       const std::vector<std::string>& resumed);

// What stands after some blocks. A cell without figures does not keep a run going.
RunEnd end_of(const Plan& plan, const std::vector<Cell>& cells, const std::vector<Trial>& trials,
              const BlockTimes& times);

}  // namespace assay::lab
