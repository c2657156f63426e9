// Servers against the floor in rounds: each round starts every server anew and measures all of them
// row by row, in random order, so that what disturbs the machine for a while disturbs all alike.
//
// Belongs to one thread. The first round is for warming up and is not kept.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/cost/contender.h"
#include "harness/cost/cost.h"
#include "harness/cost/running_server.h"
#include "harness/cost/shape.h"
#include "harness/load/clock.h"
#include "harness/load/stop.h"

namespace assay::cost {

struct CostPlan {
  std::string path = "/json";
  std::vector<Row> rows;
  std::size_t rounds = 9;
  // Of one server in one row in one round.
  load::nanoseconds duration = std::chrono::milliseconds(500);
  load::nanoseconds lead_in = usual_lead_in;
  std::uint64_t seed = 1;
  std::vector<int> server_cores;
  // Told of each measurement that is kept, while its server still runs; an error of its own ends
  // all.
  std::function<Result<void>(const RunningServer& server)> after = nullptr;
};

// Moves this process to the client's cores and the plan's servers to theirs; says what of that
// could not be had.
std::optional<std::string> keep_apart(const std::vector<int>& usable, CostPlan& plan);

struct Series {
  std::string server;
  std::vector<Cost> costs;  // one a round
};

struct RowCosts {
  Row row;
  std::vector<Series> series;  // the floor first
};

struct CostRun {
  std::vector<RowCosts> rows;
  std::vector<Absent> absent;  // fell out on the way
};

using Say = std::function<void(const std::string& line)>;

// The first two, the floor and the reference, must be measured, or there is no run; any other that
// answers wrongly falls out with its reason.
Result<CostRun> measured_rounds(const CostPlan& plan, std::vector<Contender> contenders,
                                const load::Stop& stop, const Say& say);

}  // namespace assay::cost
