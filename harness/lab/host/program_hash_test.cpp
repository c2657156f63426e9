#include "harness/lab/host/program_hash.h"

#include <gtest/gtest.h>

#include "harness/lab/scratch_tree.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

class ProgramHash : public testing::Test {
 protected:
  ProgramHash() {
    write("python", "abc");
    write("serve.py", "one");
    write("data.db", "data");
  }
  void write(const std::string& name, const std::string& text) const { tree_.write(name, text); }
  std::string of(const std::vector<std::string>& command) const {
    return program_sha256(command, folder_);
  }
  const ScratchTree tree_;
  const fs::path& folder_ = tree_.folder();
};

constexpr auto hash_of_abc =  // FIPS 180-2, appendix B.1
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST_F(ProgramHash, OfOneProgramIsThatOfItsFile) {
  EXPECT_EQ(of({(folder_ / "python").string(), "--port", "0"}), hash_of_abc);
}

TEST_F(ProgramHash, ChangesWithTheScriptAndWithTheInterpreter) {
  const std::vector<std::string> command = {(folder_ / "python").string(), "serve.py", "--port"};
  const std::string first = of(command);
  EXPECT_EQ(first.size(), 64U);
  EXPECT_EQ(of(command), first);
  write("serve.py", "two");
  const std::string second = of(command);
  EXPECT_NE(second, first);
  write("python", "abd");
  EXPECT_NE(of(command), second);
}

TEST_F(ProgramHash, DoesNotReadTheValuesOfOptions) {
  const std::string program = (folder_ / "python").string();
  EXPECT_EQ(of({program, "--database", "data.db"}), hash_of_abc);
  EXPECT_NE(of({program, "data.db"}), hash_of_abc);
}

TEST_F(ProgramHash, OfWhatCannotBeReadIsEmpty) {
  EXPECT_EQ(of({(folder_ / "missing").string(), "serve.py"}), "");
  EXPECT_EQ(of({folder_.string()}), "");
  EXPECT_EQ(of({}), "");
}

}  // namespace
}  // namespace assay::lab
