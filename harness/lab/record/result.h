// A run's result as it is kept: typed models, written as result.json and read again by the gate and
// by reports/. A change of meaning or a removed member raises `current_schema`.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "harness/lab/record/bench_record.h"
#include "harness/lab/record/cell_record.h"
#include "harness/lab/record/effect_record.h"
#include "harness/lab/record/provenance_record.h"
#include "harness/lab/record/trial_record.h"
#include "server/model/annotations.h"
#include "server/model/field.h"

namespace assay::lab {

using model::description;
using model::field;

inline constexpr int current_schema = 1;

struct RunResult {
  int schema = current_schema;
  std::string run;
  std::string plan;
  std::string title;
  std::string document;
  std::string table;
  std::string ours;
  std::uint64_t seed = 0;
  int blocks = 0;
  int blocks_done = 0;
  bool complete = false;
  std::string ended_by;
  std::string started;
  std::string finished;
  std::vector<std::string> resumed;
  double duration_s = 0;
  double warm_up_s = 0;
  double measure_s = 0;
  HostRecord host;
  Provenance provenance;
  std::vector<WorkloadRecord> workloads;
  std::vector<BaselineRecord> baselines;
  std::vector<LoadRecord> loads;
  std::vector<CellRecord> cells;
  std::vector<RatioRecord> ratios;
  std::vector<FactorRecord> factors;
  std::vector<ScalingRecord> scalings;
  std::optional<NoiseRecord> noise;
  std::vector<Trial> trials;
  static constexpr auto model() {
    return std::tuple{
        field<"schema">(&RunResult::schema,
                        description("Raised when a member goes away or changes its meaning")),
        field<"run">(&RunResult::run, description("Name of its folder")),
        field<"plan">(&RunResult::plan, description("Its file in harness/plans")),
        field<"title">(&RunResult::title, description("Of the plan")),
        field<"document">(&RunResult::document,
                          description("Whose table it measures; empty: none")),
        field<"table">(&RunResult::table, description("Which one")),
        field<"ours">(&RunResult::ours,
                      description("Label of the baseline that the others are compared with")),
        field<"seed">(&RunResult::seed, description("Of the order of trials")),
        field<"blocks">(
            &RunResult::blocks,
            description("That the plan asks for; more while a rate is not known well enough")),
        field<"blocks_done">(&RunResult::blocks_done, description("Whole ones")),
        field<"complete">(&RunResult::complete, description("Whether it came to its end")),
        field<"ended_by">(&RunResult::ended_by,
                          description("blocks, precision, time or cut: why there are no more")),
        field<"started">(&RunResult::started, description("UTC")),
        field<"finished">(&RunResult::finished, description("UTC")),
        field<"resumed">(&RunResult::resumed,
                         description("When it went on after it was cut off, UTC")),
        field<"duration_s">(&RunResult::duration_s,
                            description("That it took, without what passed while it was cut off")),
        field<"warm_up_s">(&RunResult::warm_up_s, description("Of each trial, at least")),
        field<"measure_s">(&RunResult::measure_s,
                           description("Of each trial, unless its load has its own")),
        field<"host">(&RunResult::host, description("Where")),
        field<"provenance">(&RunResult::provenance, description("What measured")),
        field<"workloads">(&RunResult::workloads, description("What was asked")),
        field<"baselines">(&RunResult::baselines, description("Who answered")),
        field<"loads">(&RunResult::loads, description("How it was asked")),
        field<"cells">(&RunResult::cells,
                       description("What came of each workload, baseline and load")),
        field<"ratios">(&RunResult::ratios, description("Cells of ours over those of others")),
        field<"factors">(&RunResult::factors,
                         description("What each factor makes of a documented lead")),
        field<"scalings">(&RunResult::scalings,
                          description("How rates grow with workers or cores")),
        field<"noise">(&RunResult::noise, description("null: no cell was measured twice")),
        field<"trials">(
            &RunResult::trials,
            description("All that were made, in their order, those that do not count too"))};
  }
};

}  // namespace assay::lab
