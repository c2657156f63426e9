#include "harness/lab/host/sha256.h"

#include <gtest/gtest.h>

#include "harness/lab/scratch_tree.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

class Sha256Files : public testing::Test {
 protected:
  std::string of(const std::string& text) const {
    tree_.write("file", text);
    return sha256_of_file(folder_ / "file");
  }
  const ScratchTree tree_;
  const fs::path& folder_ = tree_.folder();
};

// FIPS 180-2, appendices B.1 and B.3: the second is more than is read at once.
constexpr auto of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr auto of_a_million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256, OfPartsIsThatOfTheWhole) {
  Sha256 sum;
  sum.add("a");
  sum.add("");
  sum.add("bc");
  EXPECT_EQ(sum.text(), of_abc);
}

TEST_F(Sha256Files, AreReadToTheirEnd) {
  EXPECT_EQ(of("abc"), of_abc);
  EXPECT_EQ(of(std::string(1'000'000, 'a')), of_a_million);
}

TEST_F(Sha256Files, ThatCannotBeReadHaveNone) {
  EXPECT_EQ(sha256_of_file(folder_ / "missing"), "");
  EXPECT_EQ(sha256_of_file(folder_), "");
}

}  // namespace
}  // namespace assay::lab
