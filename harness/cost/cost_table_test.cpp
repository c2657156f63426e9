#include "harness/cost/cost_table.h"

#include <gtest/gtest.h>

#include "server/model/json_write.h"

namespace assay::cost {
namespace {

Series series(const std::string& name, const std::vector<double>& cpu_us) {
  Series made{name, {}};
  for (const double each : cpu_us) made.costs.push_back({each, 1000, 1, 0.5});
  return made;
}

CostReport report_of(std::vector<Series> all) {
  CostReport report;
  report.rows = figures_of({{{Shape::keep_alive, 64}, std::move(all)}});
  return report;
}

TEST(CostTable, ShowsEachServersRatioToTheFloorOfTheSameRound) {
  // Each round is slower than the one before, for both alike: the ratio stays.
  const auto report = report_of({series("floor", {4, 5, 6, 7, 8, 9, 10}),
                                 series("assay", {4.4, 5.5, 6.6, 7.7, 8.8, 9.9, 11})});
  EXPECT_NE(cost_table(report).find(
                "keep-alive   64   floor 7.00 us   assay 7.70 us  1.10 (1.10 to 1.10)\n"),
            std::string::npos)
      << cost_table(report);
}

TEST(CostTable, ShowsADashBelowSixRounds) {
  const auto report = report_of({series("floor", {4, 5}), series("assay", {4, 5})});
  EXPECT_NE(cost_table(report).find("assay 4.50 us  -\n"), std::string::npos);
}

TEST(CostTable, ShowsWhoIsMissingAndWhy) {
  CostReport report;
  report.absent.push_back(figures_of(Absent{"nginx", CostError::no_program("nginx", "get it")}));
  EXPECT_EQ(cost_table(report), "nginx   -   there is no nginx; get it\n");
}

TEST(CostTable, ShowsMemoryByConnection) {
  IdleCost idle;
  idle.idle = 10000;
  idle.empty_bytes = {1 << 20};
  idle.filled_bytes = {(1 << 20) + 20'480'000};
  CostReport report;
  report.idle = figures_of(idle);
  EXPECT_NE(cost_table(report).find("empty 1.00 MiB   filled 20.53 MiB   2048 bytes a connection"),
            std::string::npos)
      << cost_table(report);
}

TEST(CostFigures, AreJsonAsTheyStand) {
  const auto report = report_of({series("floor", {4})});
  EXPECT_NE(model::to_json(report).find(R"("shape":"keep-alive","connections":64)"),
            std::string::npos);
}

}  // namespace
}  // namespace assay::cost
