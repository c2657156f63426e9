#include "harness/lab/run/progress.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "harness/lab/figures/invented_trials.h"

namespace assay::lab {
namespace {

class ProgressText : public InventedTrials {
 protected:
  // What stands there when one trial of a block has ended: of two that the plan has.
  std::string line_of(int block, const std::string& reason) {
    char* text = nullptr;
    std::size_t size = 0;
    std::FILE* out = open_memstream(&text, &size);
    Progress progress(out, 4, 1.0);
    progress.begins(cells().front(), block, 2);
    trial(fast_, block, 1000, reason);
    progress.ended(trials_.back());
    std::fclose(out);
    std::string said(text, size);
    std::free(text);
    return said;
  }
};

TEST_F(ProgressText, SaysWhichTrialOfHowManyWithWhatItGaveAndWhatIsLeft) {
  const std::string said = line_of(1, "");
  EXPECT_EQ(said.rfind("[1/4] block 2 of 2  json two fast@v  1000 requests/s  ", 0), 0U) << said;
  EXPECT_NE(said.find(" left\n"), std::string::npos) << said;
}

TEST_F(ProgressText, SaysWhyATrialIsNotValid) {
  EXPECT_EQ(line_of(0, "errors"), "[1/4] block 1 of 2  json two fast@v  not valid: errors\n");
}

TEST_F(ProgressText, SaysWhatABlockBeyondThePlansIsFor) {
  EXPECT_EQ(line_of(2, "errors"),
            "[1/4] block 3 for precision  json two fast@v  not valid: errors\n");
}

}  // namespace
}  // namespace assay::lab
