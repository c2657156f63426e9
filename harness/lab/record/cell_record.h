// What came of each cell, how noisy the host was, and how two cells compare. Typed models.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "harness/lab/record/quantity_record.h"
#include "server/model/annotations.h"
#include "server/model/field.h"

namespace assay::lab {

using model::description;
using model::field;

struct CellRecord {
  std::string workload;
  std::string baseline;
  std::string load;
  int trials = 0;
  int valid = 0;
  int rejected = 0;
  std::string missing;
  std::optional<Quantity> rate;
  std::optional<RankRecord> rank;
  std::optional<double> asked_rate;
  std::optional<double> p50_us;
  std::optional<double> p99_us;
  std::optional<RangeRecord> p50_range_us;
  std::optional<RangeRecord> p99_range_us;
  std::optional<Quantity> cpu_us_per_request;
  std::optional<double> memory_bytes;
  std::optional<double> client_cpu;
  // Of all trials, valid or not: what share of the requests failed, and each status's count.
  std::optional<double> error_share;
  std::map<std::string, std::uint64_t> status;
  std::vector<std::string> warnings;
  static constexpr auto model() {
    return std::tuple{
        field<"workload">(&CellRecord::workload, description("What is asked")),
        field<"baseline">(&CellRecord::baseline, description("Who answers: label of a baseline")),
        field<"load">(&CellRecord::load, description("How it is asked")),
        field<"trials">(&CellRecord::trials, description("That count, one a block")),
        field<"valid">(&CellRecord::valid, description("Those of them with figures")),
        field<"rejected">(
            &CellRecord::rejected,
            description(
                "Trials that were made once more, since the host or the client spoilt them")),
        field<"missing">(&CellRecord::missing,
                         description("Why there is no figure; empty when there is")),
        field<"rate">(&CellRecord::rate, description("Right replies a second")),
        field<"rank">(&CellRecord::rank, description("null where there is none")),
        field<"asked_rate">(&CellRecord::asked_rate,
                            description("Of an open loop: the median of its trials")),
        field<"p50_us">(&CellRecord::p50_us, description("Median latency")),
        field<"p99_us">(&CellRecord::p99_us,
                        description("null where too few replies lie beyond it")),
        field<"p50_range_us">(&CellRecord::p50_range_us, description("95 % interval of p50_us")),
        field<"p99_range_us">(&CellRecord::p99_range_us, description("95 % interval of p99_us")),
        field<"cpu_us_per_request">(&CellRecord::cpu_us_per_request,
                                    description("Processor time of all the server's processes")),
        field<"memory_bytes">(
            &CellRecord::memory_bytes,
            description(
                "Of all the server's processes: PSS on Linux, physical footprint on macOS")),
        field<"client_cpu">(
            &CellRecord::client_cpu,
            description("Median of its trials: of our client's busiest thread, 1 is a whole core; "
                        "of a document's client, of the cores that it could have had")),
        field<"error_share">(&CellRecord::error_share,
                             description("Of all requests of all trials, valid or not")),
        field<"status">(&CellRecord::status, description("Replies by status, of all trials")),
        field<"warnings">(&CellRecord::warnings,
                          description("What a reader must know of the cell"))};
  }
};

// How far apart two copies of one program were in this run, as shares: no smaller effect is
// believed than `floor`.
struct NoiseRecord {
  double median = 0;
  double p95 = 0;
  double floor = 0;
  std::uint64_t pairs = 0;
  static constexpr auto model() {
    return std::tuple{
        field<"median">(&NoiseRecord::median,
                        description("How far apart two copies of one program were, as a share")),
        field<"p95">(&NoiseRecord::p95, description("95 % of the pairs were no farther apart")),
        field<"floor">(&NoiseRecord::floor, description("No smaller effect is believed")),
        field<"pairs">(&NoiseRecord::pairs, description("Of cells that were measured twice"))};
  }
};

// Ours over theirs, paired by block.
struct RatioRecord {
  std::string workload;
  std::string load;
  std::string ours;
  std::string theirs;
  Quantity rate;
  std::string verdict;
  // Beside the interval, which decides: the exact Mann-Whitney test of the two cells' rates, with
  // Holm's correction for the ratios of its workload and load, and by how many requests a second
  // they differ.
  std::optional<double> p = {};
  std::optional<Quantity> shift = {};
  static constexpr auto model() {
    return std::tuple{
        field<"workload">(&RatioRecord::workload, description("Of both cells")),
        field<"load">(&RatioRecord::load, description("Of both cells")),
        field<"ours">(&RatioRecord::ours, description("Label of the one")),
        field<"theirs">(&RatioRecord::theirs, description("Label of the other")),
        field<"rate">(&RatioRecord::rate, description("Ours over theirs, paired by block")),
        field<"verdict">(&RatioRecord::verdict,
                         description("faster, slower, tie, no interval, or client-bound: the "
                                     "client held back the one that is behind, or one of a tie")),
        field<"p">(&RatioRecord::p,
                   description("Beside the interval, which decides: exact Mann-Whitney test with "
                               "Holm's correction for the ratios of its workload and load")),
        field<"shift">(
            &RatioRecord::shift,
            description("By how many requests a second ours is faster (Hodges-Lehmann)"))};
  }
};

}  // namespace assay::lab
