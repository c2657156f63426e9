// What storage_cost found, summed up: medians and ratios of the rounds. Pure; any thread.
//
// Typed models, so that they are the JSON of `--json` as they stand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "harness/cost/cost_figures.h"
#include "harness/cost/storage_batches.h"
#include "server/model/field.h"

namespace assay::cost {

struct WriteFigures {
  RowFigures row;             // one by one, then group commit
  std::optional<Ratio> rate;  // the second's to the first's
  Batches one_by_one;
  Batches group_commit;
  double disk_sync_us = 0;  // of one page, between the measurements
  static constexpr auto model() {
    using W = WriteFigures;
    return std::tuple{model::field<"row">(&W::row), model::field<"rate">(&W::rate),
                      model::field<"one_by_one">(&W::one_by_one),
                      model::field<"group_commit">(&W::group_commit),
                      model::field<"disk_sync_us">(&W::disk_sync_us)};
  }
};

struct StorageReport {
  std::uint64_t rounds = 0;
  double seconds = 0;
  std::uint64_t seed = 0;
  std::vector<std::string> notes;    // what the reader must know of this machine
  std::vector<RowFigures> reads;     // a plain reply, then a get by key
  std::vector<RowFigures> policies;  // one for each model: per-thread, then the others
  std::optional<WriteFigures> writes;
  std::vector<AbsentFigures> absent;
  static constexpr auto model() {
    using S = StorageReport;
    return std::tuple{model::field<"rounds">(&S::rounds), model::field<"seconds">(&S::seconds),
                      model::field<"seed">(&S::seed),     model::field<"notes">(&S::notes),
                      model::field<"reads">(&S::reads),   model::field<"policies">(&S::policies),
                      model::field<"writes">(&S::writes), model::field<"absent">(&S::absent)};
  }
};

// The row of all models and policies, "loop per-thread" and so on, as one row for each model.
std::vector<RowCosts> by_model(const RowCosts& all);

WriteFigures figures_of(const RowCosts& row, const std::vector<Batches>& one_by_one,
                        const std::vector<Batches>& group_commit);

}  // namespace assay::cost
