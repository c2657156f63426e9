#include "harness/lab/figures/run_text.h"

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

CellRecord cell_of(const std::string& baseline, const std::string& load,
                   std::vector<std::string> warnings) {
  CellRecord cell;
  cell.workload = "json";
  cell.load = load;
  cell.baseline = baseline;
  cell.missing = "not asked";
  cell.warnings = std::move(warnings);
  return cell;
}

TEST(RunText, SaysEachSentenceOnceAndOfWhichCells) {
  RunResult result;
  result.cells = {
      cell_of("reference@loop", "close", {"2 of 7 trials: still rising", "client-bound: 97 %"}),
      cell_of("karak@workers-4", "close",
              {"7 of 7 trials: still rising", "1 trial made once more: steal"}),
      cell_of("reference@loop", "kept",
              {"1 of 7 trials: still rising", "1 of 7 trials not valid: x",
               "3 trials made once more: steal", "36.5 % of the trials"}),
  };
  const std::string all = text(result);
  EXPECT_EQ(all.substr(all.find("\n\n", all.find("json, kept"))),
            "\n\n  still rising\n"
            "      json, close: reference@loop (2 of 7), karak@workers-4 (7 of 7)\n"
            "      json, kept: reference@loop (1 of 7)\n"
            "\n  client-bound: 97 %\n"
            "      json, close: reference@loop\n"
            "\n  made once more: steal\n"
            "      json, close: karak@workers-4 (1)\n"
            "      json, kept: reference@loop (3)\n"
            "\n  not valid: x\n"
            "      json, kept: reference@loop (1 of 7)\n"
            "\n  36.5 % of the trials\n"
            "      json, kept: reference@loop\n\n");
}

TEST(RunText, OfARunWithoutAWarningEndsWithItsTable) {
  RunResult result;
  result.cells = {cell_of("reference@loop", "close", {})};
  EXPECT_TRUE(text(result).ends_with("not asked\n\n"));
}

}  // namespace
}  // namespace assay::lab
