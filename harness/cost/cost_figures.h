// What server_cost found, summed up: medians and ratios of the rounds. Pure; any thread.
//
// Typed models, so that they are the JSON of `--json` as they stand. Ratios are medians of the
// rounds' own ratios with their 95 % interval, and missing below six rounds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "harness/cost/cost_rounds.h"
#include "harness/cost/idle_cost.h"
#include "harness/cost/scaling_cost.h"
#include "server/model/field.h"

namespace assay::cost {

struct Ratio {
  double median = 0;
  double low = 0;
  double high = 0;
  static constexpr auto model() {
    return std::tuple{model::field<"median">(&Ratio::median), model::field<"low">(&Ratio::low),
                      model::field<"high">(&Ratio::high)};
  }
};

struct ServerFigures {
  std::string server;
  double cpu_us = 0;              // for one request
  std::optional<Ratio> to_floor;  // of cpu_us; none for the floor itself
  double requests_per_second = 0;
  double server_cores = 0;
  double client_cores = 0;
  std::vector<double> cpu_us_by_round;
  static constexpr auto model() {
    using S = ServerFigures;
    return std::tuple{model::field<"server">(&S::server),
                      model::field<"cpu_us">(&S::cpu_us),
                      model::field<"to_floor">(&S::to_floor),
                      model::field<"requests_per_second">(&S::requests_per_second),
                      model::field<"server_cores">(&S::server_cores),
                      model::field<"client_cores">(&S::client_cores),
                      model::field<"cpu_us_by_round">(&S::cpu_us_by_round)};
  }
};

struct RowFigures {
  std::string shape;
  std::uint64_t connections = 0;
  std::vector<ServerFigures> servers;  // the floor first
  static constexpr auto model() {
    return std::tuple{model::field<"shape">(&RowFigures::shape),
                      model::field<"connections">(&RowFigures::connections),
                      model::field<"servers">(&RowFigures::servers)};
  }
};

struct AbsentFigures {
  std::string server;
  std::string reason;
  std::string remedy;
  static constexpr auto model() {
    return std::tuple{model::field<"server">(&AbsentFigures::server),
                      model::field<"reason">(&AbsentFigures::reason),
                      model::field<"remedy">(&AbsentFigures::remedy)};
  }
};

struct IdleFigures {
  std::uint64_t idle = 0;
  std::uint64_t closed = 0;
  double empty_bytes = 0;
  double filled_bytes = 0;
  double bytes_per_connection = 0;
  double alone_cpu_us = 0;
  double beside_cpu_us = 0;
  std::optional<Ratio> cpu;  // beside to alone
  std::optional<Ratio> rate;
  static constexpr auto model() {
    using I = IdleFigures;
    return std::tuple{model::field<"idle">(&I::idle),
                      model::field<"closed">(&I::closed),
                      model::field<"empty_bytes">(&I::empty_bytes),
                      model::field<"filled_bytes">(&I::filled_bytes),
                      model::field<"bytes_per_connection">(&I::bytes_per_connection),
                      model::field<"alone_cpu_us">(&I::alone_cpu_us),
                      model::field<"beside_cpu_us">(&I::beside_cpu_us),
                      model::field<"cpu">(&I::cpu),
                      model::field<"rate">(&I::rate)};
  }
};

struct ScalingFigures {
  bool is_apart = false;
  double one_per_second = 0;
  double two_per_second = 0;
  double one_server_cores = 0;
  double two_server_cores = 0;
  std::optional<Ratio> rate;  // two to one
  std::optional<Ratio> cpu;   // of a request, two to one: what sharing costs, whoever else runs
  static constexpr auto model() {
    using S = ScalingFigures;
    return std::tuple{model::field<"is_apart">(&S::is_apart),
                      model::field<"one_per_second">(&S::one_per_second),
                      model::field<"two_per_second">(&S::two_per_second),
                      model::field<"one_server_cores">(&S::one_server_cores),
                      model::field<"two_server_cores">(&S::two_server_cores),
                      model::field<"rate">(&S::rate),
                      model::field<"cpu">(&S::cpu)};
  }
};

struct CostReport {
  std::uint64_t rounds = 0;
  double seconds = 0;
  std::uint64_t seed = 0;
  std::vector<std::string> notes;  // what the reader must know of this machine
  std::vector<RowFigures> rows;
  std::vector<AbsentFigures> absent;
  std::optional<IdleFigures> idle;
  std::optional<ScalingFigures> scaling;
  static constexpr auto model() {
    using C = CostReport;
    return std::tuple{model::field<"rounds">(&C::rounds), model::field<"seconds">(&C::seconds),
                      model::field<"seed">(&C::seed),     model::field<"notes">(&C::notes),
                      model::field<"rows">(&C::rows),     model::field<"absent">(&C::absent),
                      model::field<"idle">(&C::idle),     model::field<"scaling">(&C::scaling)};
  }
};

std::vector<RowFigures> figures_of(const std::vector<RowCosts>& rows);
// Of requests a second; none below six rounds.
std::optional<Ratio> rate_ratio(const Series& ours, const Series& theirs);
AbsentFigures figures_of(const Absent& absent);
IdleFigures figures_of(const IdleCost& idle);
ScalingFigures figures_of(const ScalingCost& scaling);

}  // namespace assay::cost
