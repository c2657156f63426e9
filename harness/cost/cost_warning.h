// What makes a row of the table doubtful. Values; pure; any thread.
//
// Judged where enough connections are active that a server and its client never both wait.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "harness/cost/cost_figures.h"

namespace assay::cost {

// Neither side had its core to itself, so caches were cold and clocks counted strangers.
struct ForeignLoad {
  std::vector<std::string> rows;
};
// The floor waited for the client, and paid for going to sleep and waking up; a slower server does
// not, and so looks better beside it than it is.
struct WaitingFloor {
  std::vector<std::string> rows;
};
using CostWarning = std::variant<ForeignLoad, WaitingFloor>;

std::vector<CostWarning> warnings_of(const std::vector<RowFigures>& rows);
std::string text(const CostWarning& warning);

}  // namespace assay::cost
