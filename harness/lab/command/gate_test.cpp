#include "harness/lab/command/gate.h"

#include <gtest/gtest.h>

#include "harness/lab/scratch_checkout.h"

namespace assay::lab {
namespace {

const GateRules rules{"gate", {{"karak@w", "json", "close", 2.0}}};

RunResult result_with(Quantity ratio) {
  RunResult result;
  result.plan = "gate";
  result.ours = "reference@loop";
  result.ratios.push_back({"json", "close", "reference@loop", "karak@w", ratio, "faster"});
  return result;
}

TEST(Gate, IsJudgedByTheLowerBound) {
  EXPECT_TRUE(judge(rules, result_with({3, 2.0, 4})).front().kept);
  const Judged fell = judge(rules, result_with({3, 1.99, 4})).front();
  EXPECT_FALSE(fell.kept);
  EXPECT_NE(fell.line.find("fell"), std::string::npos);
  EXPECT_NE(fell.line.find("3.00 (1.99 to 4.00), at least 2.00 asked"), std::string::npos)
      << fell.line;
}

TEST(Gate, FallsWithoutAnInterval) {
  const Judged judged = judge(rules, result_with({9, {}, {}})).front();
  EXPECT_FALSE(judged.kept);
  EXPECT_NE(judged.line.find("no interval"), std::string::npos) << judged.line;
}

TEST(Gate, FallsWhereTheClientHeldTheBaselineBack) {
  RunResult result = result_with({3, 2.5, 4});
  result.ratios.front().verdict = "client-bound";
  const Judged judged = judge(rules, result).front();
  EXPECT_FALSE(judged.kept);
  EXPECT_NE(judged.line.find("the client held it back"), std::string::npos) << judged.line;
}

TEST(Gate, FallsWithTheReasonWhenABaselineWasNotMeasured) {
  RunResult result;
  result.plan = "gate";
  EXPECT_NE(judge(rules, result).front().line.find("plan gate has no such cell"),
            std::string::npos);
  CellRecord cell;
  cell.workload = "json";
  cell.baseline = "karak@w";
  cell.load = "close";
  cell.missing = "no free-threaded Python";
  result.cells.push_back(cell);
  const Judged judged = judge(rules, result).front();
  EXPECT_FALSE(judged.kept);
  EXPECT_NE(judged.line.find("no free-threaded Python"), std::string::npos) << judged.line;
}

TEST(Gate, OfThisCheckoutNamesCellsOfItsPlan) {
  const auto read = read_gate("ci/gate.toml");
  ASSERT_TRUE(read) << read.error().what();
  EXPECT_FALSE(read->leads.empty());
  const ScratchCheckout scratch;
  scratch.write("gate.toml", "plan = \"gate\"\n[[leads]]\nbaseline = \"b\"\n");
  EXPECT_NE(read_gate(scratch.folder() / "gate.toml").error().what().find("workload is missing"),
            std::string::npos);
}

}  // namespace
}  // namespace assay::lab
