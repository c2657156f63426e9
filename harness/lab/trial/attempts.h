// Which trials of a cell count. One that the host or the client spoilt is made once more in its
// block, and both are kept: the last attempt counts, those before it are told. Pure; any thread.
#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "harness/lab/plan/plan.h"
#include "harness/lab/record/quantity.h"
#include "harness/lab/record/trial_record.h"

namespace assay::lab {

// They point into the trials that they were found in.
struct CellTrials {
  std::vector<const Trial*> counted;   // the last attempt of each block, by block
  std::vector<const Trial*> repeated;  // those before them
};

CellTrials trials_of(const std::vector<Trial>& trials, std::string_view workload,
                     std::string_view baseline, std::string_view load, bool is_twin);
CellTrials trials_of(const std::vector<Trial>& trials, const Cell& cell);

// Lost to the host or the client, so that it may be made once more.
bool is_spoilt(const Trial& trial);

// A host that is never quiet would have no figures at all. Those of the last attempt stand, with
// what speaks against them as warnings, where it is the host's doing alone.
void let_stand(Trial& trial);

// In a row; a server without a reply in so many trials is not started again for that workload.
inline constexpr int tried_starts = 2;
// The last of those trials, where they keep this cell from being measured; or nothing. A server
// that does not start for a workload fails under each load, but where a load has cores or a rate of
// its own: `cells` are all of the run.
const Trial* dropped_for(const std::vector<Trial>& trials, const Cell& cell,
                         const std::vector<Cell>& cells);

inline constexpr int most_attempts = 3;
// Which attempt is next; nothing: the cell has its trial of the block.
std::optional<int> next_attempt(const std::vector<Trial>& trials, const Cell& cell, int block);

ByBlock rates_by_block(const CellTrials& trials);  // of the valid ones among those that count

// Likewise.
std::vector<double> values(const CellTrials& trials,
                           const std::function<double(const Trial&)>& value_of);

}  // namespace assay::lab
