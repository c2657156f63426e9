#include "harness/cost/storage_table.h"

#include <gtest/gtest.h>

#include "server/model/json_write.h"

namespace assay::cost {
namespace {

constexpr Row row{Shape::keep_alive, 64};

Series series(const std::string& name, const std::vector<double>& cpu_us, double rate = 1000) {
  Series made{name, {}};
  for (const double each : cpu_us) made.costs.push_back({each, rate, 1, 0.5});
  return made;
}

bool has(const StorageReport& report, const std::string& line) {
  const bool is_there = storage_table(report).find(line) != std::string::npos;
  if (!is_there) ADD_FAILURE() << storage_table(report);
  return is_there;
}

TEST(StorageTable, ShowsAGetBesideThePlainReply) {
  StorageReport report;
  report.reads = figures_of({{row,
                              {series("plain", {4, 5, 6, 7, 8, 9, 10}),
                               series("get", {6, 7.5, 9, 10.5, 12, 13.5, 15})}}});
  has(report, "keep-alive   64   plain 7.00 us   get 10.50 us  1.50 (1.50 to 1.50)\n");
}

TEST(StorageTable, ComparesPoliciesWithinTheirModel) {
  StorageReport report;
  report.policies = figures_of(by_model({row,
                                         {series("loop per-thread", {10, 10, 10, 10, 10, 10}),
                                          series("loop pool", {20, 20, 20, 20, 20, 20}),
                                          series("thread per-thread", {40, 40, 40, 40, 40, 40}),
                                          series("thread pool", {44, 44, 44, 44, 44, 44})}}));
  ASSERT_EQ(report.policies.size(), 2U);
  has(report, "loop pool              20.00 us   2.00 (2.00 to 2.00)       1000/s\n");
  has(report, "thread per-thread      40.00 us   -                         1000/s\n");
  has(report, "thread pool            44.00 us   1.10 (1.10 to 1.10)       1000/s\n");
}

TEST(StorageTable, ShowsWhatGroupCommitGainsAndHowManyWritesATransactionHeld) {
  StorageReport report;
  report.writes =
      figures_of({row,
                  {series("one by one", {90, 90, 90, 90, 90, 90}, 2000),
                   series("group commit", {20, 20, 20, 20, 20, 20}, 24000)}},
                 {{100, 100, 1, {{1, 100}}}},
                 {{10, 330, 60, {{1, 2}, {2, 0}, {4, 8}}}, {10, 310, 64, {{1, 1}, {2, 9}}}});
  has(report,
      "group commit      24000/s     20.00 us   32.0 writes a transaction, 64 at most:  1+ 3  2+ "
      "9  4+ 8\n");
  report.writes->disk_sync_us = 110;
  has(report, "rate           12.00 (12.00 to 12.00)   a page is on the disk after 110 us\n");
}

TEST(StorageReport, IsJsonAsItStands) {
  StorageReport report;
  report.rounds = 9;
  EXPECT_NE(model::to_json(report).find(R"("reads":[],"policies":[],"writes":null)"),
            std::string::npos)
      << model::to_json(report);
}

}  // namespace
}  // namespace assay::cost
