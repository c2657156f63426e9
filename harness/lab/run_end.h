// When a run has blocks enough. Pure.
#pragma once
#include <string_view>
#include <vector>

#include "harness/lab/plan.h"
#include "harness/lab/trial_record.h"

namespace assay::lab {

// blocks: all that the plan has. precision: every figure is as narrow as it needs to be. time: the
// next block would end after the plan's budget. cut: stopped by hand.
enum class RunEnd { goes_on, blocks, precision, time, cut };
std::string_view text(RunEnd end) noexcept;  // "precision": as in results; empty: it goes on

struct BlockTimes {
  int done = 0;
  double gone_s = 0;     // since the first began
  double longest_s = 0;  // of one block
};

// What stands after some blocks. A cell without figures does not keep a run going.
RunEnd end_of(const Plan& plan, const std::vector<Cell>& cells, const std::vector<Trial>& trials,
              const BlockTimes& times);

}  // namespace assay::lab
