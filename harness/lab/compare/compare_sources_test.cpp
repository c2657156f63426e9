#include "harness/lab/compare/compare_sources.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "harness/lab/scratch_checkout.h"

namespace assay::lab {
namespace {

class CompareSources : public testing::Test {
 protected:
  CompareSources() {
    scratch_.write("results/hosts/one/20260101T000000Z-quick/result.json", "{}");
    scratch_.write("results/hosts/two/20260102T000000Z-quick/result.json", "{}");
  }
  Result<std::filesystem::path> found(const std::string& named) const {
    return result_of(named, hosts_);
  }
  const ScratchCheckout scratch_;
  const std::filesystem::path hosts_ = scratch_.folder() / "results" / "hosts";
};

TEST_F(CompareSources, FindARunByFileFolderOrName) {
  const auto file = hosts_ / "two" / "20260102T000000Z-quick" / "result.json";
  for (const std::string& named :
       {file.string(), file.parent_path().string(), std::string("20260102T000000Z-quick")}) {
    const auto path = found(named);
    ASSERT_TRUE(path) << path.error().what();
    EXPECT_TRUE(std::filesystem::equivalent(*path, file)) << named;
  }
}

TEST_F(CompareSources, NameTheRunsThereAre) {
  const auto none = found("20260102T000000Z-quik");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().what(), "there is no run \"20260102T000000Z-quik\"");
  EXPECT_EQ(none.error().remedy(),
            "did you mean 20260102T000000Z-quick? there are: 20260102T000000Z-quick, "
            "20260101T000000Z-quick");
  EXPECT_FALSE(found(""));
  EXPECT_EQ(found("../one/20260101T000000Z-quick").error().what(),
            "there is no run \"../one/20260101T000000Z-quick\"")
      << "a path is of this folder or from /";
  EXPECT_FALSE(result_of("any", scratch_.folder() / "nowhere"));
}

TEST_F(CompareSources, RefuseANameThatTwoHostsHave) {
  scratch_.write("results/hosts/one/20260102T000000Z-quick/result.json", "{}");
  const auto both = found("20260102T000000Z-quick");
  ASSERT_FALSE(both);
  EXPECT_EQ(both.error().what(), "more than one host has a run 20260102T000000Z-quick");
}

}  // namespace
}  // namespace assay::lab
