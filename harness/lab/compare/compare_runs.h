// Two runs beside each other. Pure; any thread.
//
// Runs of one host are compared by rate, cell by cell: their blocks are no pairs, so the interval
// is `unpaired_ratio`, and the verdict is that of a run, above the larger noise floor of the two;
// "client-bound" too, where the client held back the one that is behind, or one of a tie.
// Of two hosts rates say nothing; there each run's ratios to its own reference stand side by side.
// A cell is common to both when workload, load and baseline have the same names and both runs asked
// the same request in the same way.
#pragma once
#include "harness/lab/lab_error.h"
#include "harness/lab/record/compare_record.h"
#include "harness/lab/record/result.h"

namespace assay::lab {

Result<RunComparison> compare_runs(const RunResult& a, const RunResult& b);

// Why the answer to "is B no slower than A?" is no: in how many cells it is, or nobody can tell.
// Empty when it is yes. REQUIRES: runs of one host
std::string slower_text(const RunComparison& comparison);

}  // namespace assay::lab
