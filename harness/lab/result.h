// A run's result as it is kept: typed models, written as result.json and read again by the gate and
// by reports/. A change of meaning or a removed member raises `current_schema`.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "harness/lab/trial_record.h"
#include "server/model/field.h"

namespace assay::lab {

using model::field;

inline constexpr int current_schema = 1;

// A median with its 95 % interval; no interval where there were too few trials for one.
struct Quantity {
  double median = 0;
  std::optional<double> low;
  std::optional<double> high;
  static constexpr auto model() {
    return std::tuple{field<"median">(&Quantity::median), field<"low">(&Quantity::low),
                      field<"high">(&Quantity::high)};
  }
};

struct HostRecord {
  std::string id;
  std::string cpu;
  std::uint64_t cores = 0;
  std::uint64_t memory_bytes = 0;
  std::string system;
  std::string architecture;
  std::string distribution;
  std::vector<std::string> notes;
  std::map<std::string, std::string> settings;  // as the system names them
  static constexpr auto model() {
    return std::tuple{field<"id">(&HostRecord::id),
                      field<"cpu">(&HostRecord::cpu),
                      field<"cores">(&HostRecord::cores),
                      field<"memory_bytes">(&HostRecord::memory_bytes),
                      field<"system">(&HostRecord::system),
                      field<"architecture">(&HostRecord::architecture),
                      field<"distribution">(&HostRecord::distribution),
                      field<"notes">(&HostRecord::notes),
                      field<"settings">(&HostRecord::settings)};
  }
};

struct Provenance {
  std::string commit;  // empty outside a git checkout
  bool dirty = false;
  std::string server_sha256;                       // of the reference server
  std::string assay_sha256;                        // of the laboratory, which is the client too
  std::map<std::string, std::string> sources;      // SHA-256 by path in the checkout
  std::map<std::string, std::string> environment;  // what of it reaches servers and bears on speed
  std::string compiler;
  std::string flags;  // that the compiler was given
  std::string build;
  std::vector<std::string> argv;
  static constexpr auto model() {
    return std::tuple{field<"commit">(&Provenance::commit),
                      field<"dirty">(&Provenance::dirty),
                      field<"server_sha256">(&Provenance::server_sha256),
                      field<"assay_sha256">(&Provenance::assay_sha256),
                      field<"sources">(&Provenance::sources),
                      field<"environment">(&Provenance::environment),
                      field<"compiler">(&Provenance::compiler),
                      field<"flags">(&Provenance::flags),
                      field<"build">(&Provenance::build),
                      field<"argv">(&Provenance::argv)};
  }
};

struct WorkloadRecord {
  std::string name;
  std::string title;
  std::string measures;
  std::string method;
  std::string path;
  int status = 0;
  std::string type;
  std::uint64_t bytes = 0;
  static constexpr auto model() {
    return std::tuple{
        field<"name">(&WorkloadRecord::name),         field<"title">(&WorkloadRecord::title),
        field<"measures">(&WorkloadRecord::measures), field<"method">(&WorkloadRecord::method),
        field<"path">(&WorkloadRecord::path),         field<"status">(&WorkloadRecord::status),
        field<"type">(&WorkloadRecord::type),         field<"bytes">(&WorkloadRecord::bytes)};
  }
};

struct BaselineRecord {
  std::string name;
  std::string variant;
  std::string label;
  std::string title;
  std::string variant_title;
  std::string about;
  std::string language;
  std::string model_in_words;
  std::vector<std::string> adapted;
  bool available = false;
  std::string reason;  // why it is not
  // What the running server said of itself; what it does not know is empty.
  std::string runtime;
  std::string python;
  std::optional<bool> gil_before;
  std::optional<bool> gil;
  std::string python_build;
  std::map<std::string, std::string> packages;
  std::optional<std::int64_t> workers;
  std::string loop;
  std::string parser;
  std::string keep_alive;
  std::string json;
  static constexpr auto model() {
    return std::tuple{field<"name">(&BaselineRecord::name),
                      field<"variant">(&BaselineRecord::variant),
                      field<"label">(&BaselineRecord::label),
                      field<"title">(&BaselineRecord::title),
                      field<"variant_title">(&BaselineRecord::variant_title),
                      field<"about">(&BaselineRecord::about),
                      field<"language">(&BaselineRecord::language),
                      field<"model">(&BaselineRecord::model_in_words),
                      field<"adapted">(&BaselineRecord::adapted),
                      field<"available">(&BaselineRecord::available),
                      field<"reason">(&BaselineRecord::reason),
                      field<"runtime">(&BaselineRecord::runtime),
                      field<"python">(&BaselineRecord::python),
                      field<"gil_before">(&BaselineRecord::gil_before),
                      field<"gil">(&BaselineRecord::gil),
                      field<"python_build">(&BaselineRecord::python_build),
                      field<"packages">(&BaselineRecord::packages),
                      field<"workers">(&BaselineRecord::workers),
                      field<"loop">(&BaselineRecord::loop),
                      field<"parser">(&BaselineRecord::parser),
                      field<"keep_alive">(&BaselineRecord::keep_alive),
                      field<"json">(&BaselineRecord::json)};
  }
};

struct LoadRecord {
  std::string name;
  std::string title;
  std::uint64_t connections = 0;
  bool keep_alive = true;
  std::string client;                     // who asked: "native", or a document's
  std::optional<std::uint64_t> requests;  // in all; nothing: as many as the time allowed
  std::optional<double> warm_up_s;        // nothing: the client has none
  std::optional<double> measure_s;        // nothing: until the requests were answered
  std::optional<double> rate;             // of an open loop, in requests a second
  std::optional<double> share;            // or as a share of the cell's rate under the load `of`
  std::string of;
  std::optional<double> p99_limit_ms;         // the highest rate that keeps it is looked for
  std::optional<std::uint64_t> server_cores;  // that the server may use; nothing: its usual share
  static constexpr auto model() {
    return std::tuple{field<"name">(&LoadRecord::name),
                      field<"title">(&LoadRecord::title),
                      field<"connections">(&LoadRecord::connections),
                      field<"keep_alive">(&LoadRecord::keep_alive),
                      field<"client">(&LoadRecord::client),
                      field<"requests">(&LoadRecord::requests),
                      field<"warm_up_s">(&LoadRecord::warm_up_s),
                      field<"measure_s">(&LoadRecord::measure_s),
                      field<"rate">(&LoadRecord::rate),
                      field<"share">(&LoadRecord::share),
                      field<"of">(&LoadRecord::of),
                      field<"p99_limit_ms">(&LoadRecord::p99_limit_ms),
                      field<"server_cores">(&LoadRecord::server_cores)};
  }
};

// Which places of its table a cell may have, 1 the fastest.
struct RankRecord {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  static constexpr auto model() {
    return std::tuple{field<"low">(&RankRecord::low), field<"high">(&RankRecord::high)};
  }
};

// The ends of a 95 % interval whose middle stands beside it.
struct RangeRecord {
  double low = 0;
  double high = 0;
  static constexpr auto model() {
    return std::tuple{field<"low">(&RangeRecord::low), field<"high">(&RangeRecord::high)};
  }
};

struct CellRecord {
  std::string workload;
  std::string baseline;
  std::string load;
  int trials = 0;
  int valid = 0;
  int rejected = 0;     // trials that were made once more, since the host or the client spoilt them
  std::string missing;  // why there is no figure; empty when there is
  std::optional<Quantity> rate;
  std::optional<RankRecord> rank;
  std::optional<double> asked_rate;  // of an open loop, the median of its trials
  std::optional<double> p50_us;
  std::optional<double> p99_us;
  std::optional<RangeRecord> p50_range_us;  // their 95 % intervals
  std::optional<RangeRecord> p99_range_us;
  std::optional<Quantity> cpu_us_per_request;
  std::optional<double> memory_bytes;
  std::optional<double> client_cpu;
  // Of all trials, valid or not: what share of the requests failed, and each status's count.
  std::optional<double> error_share;
  std::map<std::string, std::uint64_t> status;
  std::vector<std::string> warnings;
  static constexpr auto model() {
    return std::tuple{field<"workload">(&CellRecord::workload),
                      field<"baseline">(&CellRecord::baseline),
                      field<"load">(&CellRecord::load),
                      field<"trials">(&CellRecord::trials),
                      field<"valid">(&CellRecord::valid),
                      field<"rejected">(&CellRecord::rejected),
                      field<"missing">(&CellRecord::missing),
                      field<"rate">(&CellRecord::rate),
                      field<"rank">(&CellRecord::rank),
                      field<"asked_rate">(&CellRecord::asked_rate),
                      field<"p50_us">(&CellRecord::p50_us),
                      field<"p99_us">(&CellRecord::p99_us),
                      field<"p50_range_us">(&CellRecord::p50_range_us),
                      field<"p99_range_us">(&CellRecord::p99_range_us),
                      field<"cpu_us_per_request">(&CellRecord::cpu_us_per_request),
                      field<"memory_bytes">(&CellRecord::memory_bytes),
                      field<"client_cpu">(&CellRecord::client_cpu),
                      field<"error_share">(&CellRecord::error_share),
                      field<"status">(&CellRecord::status),
                      field<"warnings">(&CellRecord::warnings)};
  }
};

// How far apart two copies of one program were in this run, as shares: no smaller effect is
// believed than `floor`.
struct NoiseRecord {
  double median = 0;
  double p95 = 0;
  double floor = 0;
  std::uint64_t pairs = 0;  // of cells that were measured twice
  static constexpr auto model() {
    return std::tuple{field<"median">(&NoiseRecord::median), field<"p95">(&NoiseRecord::p95),
                      field<"floor">(&NoiseRecord::floor), field<"pairs">(&NoiseRecord::pairs)};
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
  // Holm's correction for all ratios of the run, and by how many requests a second they differ.
  std::optional<double> p = {};
  std::optional<Quantity> shift = {};
  static constexpr auto model() {
    return std::tuple{field<"workload">(&RatioRecord::workload),
                      field<"load">(&RatioRecord::load),
                      field<"ours">(&RatioRecord::ours),
                      field<"theirs">(&RatioRecord::theirs),
                      field<"rate">(&RatioRecord::rate),
                      field<"verdict">(&RatioRecord::verdict),
                      field<"p">(&RatioRecord::p),
                      field<"shift">(&RatioRecord::shift)};
  }
};

// Two baselines under one load: by how much the one leads.
struct LeadRecord {
  std::string ours;
  std::string theirs;
  std::string load;
  std::optional<Quantity> ratio;
  static constexpr auto model() {
    return std::tuple{field<"ours">(&LeadRecord::ours), field<"theirs">(&LeadRecord::theirs),
                      field<"load">(&LeadRecord::load), field<"ratio">(&LeadRecord::ratio)};
  }
};

// What one factor makes of a documented lead: the lead as documented and with that factor alone
// made fair; the fair lead and with that factor alone as documented.
struct FactorRecord {
  std::string name;
  std::string workload;
  LeadRecord documented;
  LeadRecord documented_but;
  LeadRecord fair;
  LeadRecord fair_but;
  std::optional<Quantity> first;  // documented over documented_but: above 1, it made the lead
  std::optional<Quantity> last;   // fair_but over fair: the same from the other end
  std::optional<Quantity> share;  // of the logarithm of the documented lead, the mean of both ways
  std::string missing;            // why there is none
  static constexpr auto model() {
    return std::tuple{field<"name">(&FactorRecord::name),
                      field<"workload">(&FactorRecord::workload),
                      field<"documented">(&FactorRecord::documented),
                      field<"documented_but">(&FactorRecord::documented_but),
                      field<"fair">(&FactorRecord::fair),
                      field<"fair_but">(&FactorRecord::fair_but),
                      field<"first">(&FactorRecord::first),
                      field<"last">(&FactorRecord::last),
                      field<"share">(&FactorRecord::share),
                      field<"missing">(&FactorRecord::missing)};
  }
};

struct ScalingPoint {
  double size = 0;  // workers or cores
  std::string baseline;
  std::string load;
  std::optional<Quantity> rate;
  static constexpr auto model() {
    return std::tuple{field<"size">(&ScalingPoint::size),
                      field<"baseline">(&ScalingPoint::baseline),
                      field<"load">(&ScalingPoint::load), field<"rate">(&ScalingPoint::rate)};
  }
};

// How a rate grows with workers or cores, and the law fitted to it.
struct ScalingRecord {
  std::string name;
  std::string workload;
  std::string by;   // "workers" or "cores"
  std::string law;  // "universal", "amdahl"; empty: no fit
  std::vector<ScalingPoint> points;
  std::optional<Quantity> sigma;  // the share that only one does at a time
  std::optional<Quantity> kappa;  // what each pair of workers costs
  std::optional<double> peak;     // beyond which more make it slower; nothing: not seen
  std::string missing;            // why there is no fit
  static constexpr auto model() {
    return std::tuple{
        field<"name">(&ScalingRecord::name),      field<"workload">(&ScalingRecord::workload),
        field<"by">(&ScalingRecord::by),          field<"law">(&ScalingRecord::law),
        field<"points">(&ScalingRecord::points),  field<"sigma">(&ScalingRecord::sigma),
        field<"kappa">(&ScalingRecord::kappa),    field<"peak">(&ScalingRecord::peak),
        field<"missing">(&ScalingRecord::missing)};
  }
};

struct RunResult {
  int schema = current_schema;
  std::string run;
  std::string plan;
  std::string title;
  std::string document;
  std::string table;
  std::string ours;  // the label that the others are compared with
  std::uint64_t seed = 0;
  int blocks = 0;
  int blocks_done = 0;
  bool complete = false;
  std::string ended_by;  // "blocks", "precision", "time" or "cut": why there are no more
  std::string started;
  std::string finished;
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
    return std::tuple{field<"schema">(&RunResult::schema),
                      field<"run">(&RunResult::run),
                      field<"plan">(&RunResult::plan),
                      field<"title">(&RunResult::title),
                      field<"document">(&RunResult::document),
                      field<"table">(&RunResult::table),
                      field<"ours">(&RunResult::ours),
                      field<"seed">(&RunResult::seed),
                      field<"blocks">(&RunResult::blocks),
                      field<"blocks_done">(&RunResult::blocks_done),
                      field<"complete">(&RunResult::complete),
                      field<"ended_by">(&RunResult::ended_by),
                      field<"started">(&RunResult::started),
                      field<"finished">(&RunResult::finished),
                      field<"duration_s">(&RunResult::duration_s),
                      field<"warm_up_s">(&RunResult::warm_up_s),
                      field<"measure_s">(&RunResult::measure_s),
                      field<"host">(&RunResult::host),
                      field<"provenance">(&RunResult::provenance),
                      field<"workloads">(&RunResult::workloads),
                      field<"baselines">(&RunResult::baselines),
                      field<"loads">(&RunResult::loads),
                      field<"cells">(&RunResult::cells),
                      field<"ratios">(&RunResult::ratios),
                      field<"factors">(&RunResult::factors),
                      field<"scalings">(&RunResult::scalings),
                      field<"noise">(&RunResult::noise),
                      field<"trials">(&RunResult::trials)};
  }
};

}  // namespace assay::lab
