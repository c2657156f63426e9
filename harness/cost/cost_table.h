// What server_cost found, as a person reads it. Pure; any thread.
#pragma once

#include <string>

#include "harness/cost/cost_figures.h"

namespace assay::cost {

std::string cost_table(const CostReport& report);

// Parts of it, for other tables: a row with each server's ratio to the first, and one such ratio.
std::string row_line(const RowFigures& row);
std::string ratio_text(const std::optional<Ratio>& ratio);

}  // namespace assay::cost
