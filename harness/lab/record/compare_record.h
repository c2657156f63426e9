// What two runs say beside each other: typed models, written by `assay compare --json`. A and B are
// the runs in the order in which they were named; every ratio is B over A.
#pragma once
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "harness/lab/record/result.h"
#include "server/model/field.h"

namespace assay::lab {

struct ComparedRun {
  std::string run;
  std::string plan;
  std::string host;
  std::string cpu;
  std::string started;
  bool complete = false;
  std::string commit;
  bool dirty = false;
  std::string server_sha256;
  static constexpr auto model() {
    return std::tuple{field<"run">(&ComparedRun::run),
                      field<"plan">(&ComparedRun::plan),
                      field<"host">(&ComparedRun::host),
                      field<"cpu">(&ComparedRun::cpu),
                      field<"started">(&ComparedRun::started),
                      field<"complete">(&ComparedRun::complete),
                      field<"commit">(&ComparedRun::commit),
                      field<"dirty">(&ComparedRun::dirty),
                      field<"server_sha256">(&ComparedRun::server_sha256)};
  }
};

// A cell of both runs, of one host.
struct ComparedCell {
  std::string workload;
  std::string load;
  std::string baseline;
  std::optional<Quantity> rate_a;
  std::optional<Quantity> rate_b;
  std::optional<Quantity> ratio;  // nothing where the rate is what was asked for
  // Of B: "faster", "slower", "tie", "no interval" or "client-bound"; empty: none.
  std::string verdict;
  std::optional<double> cpu_ratio;
  std::optional<double> p99_ratio;
  std::string missing_a;  // why there is no figure
  std::string missing_b;
  static constexpr auto model() {
    return std::tuple{
        field<"workload">(&ComparedCell::workload),   field<"load">(&ComparedCell::load),
        field<"baseline">(&ComparedCell::baseline),   field<"rate_a">(&ComparedCell::rate_a),
        field<"rate_b">(&ComparedCell::rate_b),       field<"ratio">(&ComparedCell::ratio),
        field<"verdict">(&ComparedCell::verdict),     field<"cpu_ratio">(&ComparedCell::cpu_ratio),
        field<"p99_ratio">(&ComparedCell::p99_ratio), field<"missing_a">(&ComparedCell::missing_a),
        field<"missing_b">(&ComparedCell::missing_b)};
  }
};

// The lead of the reference over a baseline, as each run of two hosts has it.
struct ComparedLead {
  std::string workload;
  std::string load;
  std::string theirs;
  Quantity lead_a;
  std::string verdict_a;
  Quantity lead_b;
  std::string verdict_b;
  static constexpr auto model() {
    return std::tuple{
        field<"workload">(&ComparedLead::workload),   field<"load">(&ComparedLead::load),
        field<"theirs">(&ComparedLead::theirs),       field<"lead_a">(&ComparedLead::lead_a),
        field<"verdict_a">(&ComparedLead::verdict_a), field<"lead_b">(&ComparedLead::lead_b),
        field<"verdict_b">(&ComparedLead::verdict_b)};
  }
};

// A cell that is not compared.
struct UncomparedCell {
  std::string workload;
  std::string load;
  std::string baseline;
  std::string reason;
  static constexpr auto model() {
    return std::tuple{
        field<"workload">(&UncomparedCell::workload), field<"load">(&UncomparedCell::load),
        field<"baseline">(&UncomparedCell::baseline), field<"reason">(&UncomparedCell::reason)};
  }
};

struct RunComparison {
  ComparedRun a;
  ComparedRun b;
  std::string ours;                 // the reference of A; of both, when they are of two hosts
  double floor = 0;                 // below which nothing is called faster
  std::vector<ComparedCell> cells;  // of one host; empty for two
  std::vector<ComparedLead> leads;  // of two hosts; empty for one
  std::vector<UncomparedCell> others;
  std::vector<std::string> remarks;  // what else differs between the runs
  static constexpr auto model() {
    return std::tuple{
        field<"a">(&RunComparison::a),           field<"b">(&RunComparison::b),
        field<"ours">(&RunComparison::ours),     field<"floor">(&RunComparison::floor),
        field<"cells">(&RunComparison::cells),   field<"leads">(&RunComparison::leads),
        field<"others">(&RunComparison::others), field<"remarks">(&RunComparison::remarks)};
  }
  bool is_of_one_host() const { return a.host == b.host; }
};

}  // namespace assay::lab
