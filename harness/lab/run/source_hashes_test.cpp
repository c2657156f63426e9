#include "harness/lab/run/source_hashes.h"

#include <gtest/gtest.h>

#include "harness/lab/scratch_tree.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

class SourceHashes : public testing::Test {
 protected:
  SourceHashes() {
    write("plans/quick.toml", "abc");
    write("baselines/karak/serve.py", "one");
    write("baselines/karak/routes/json.py", "two");
  }
  void write(const std::string& name, const std::string& text) const { tree_.write(name, text); }
  std::string of(const std::string& path) const {
    return source_hashes(checkout_, {path}).at(path);
  }
  const ScratchTree tree_;
  const fs::path& checkout_ = tree_.folder();
};

TEST_F(SourceHashes, OfAFileIsThatOfWhatItHolds) {  // FIPS 180-2, appendix B.1
  EXPECT_EQ(of("plans/quick.toml"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(SourceHashes, OfAFolderChangeWithTextNameAndPlaceOfEachFileInIt) {
  const std::string first = of("baselines/karak");
  EXPECT_EQ(first.size(), 64U);
  write("baselines/karak/routes/json.py", "three");
  const std::string changed = of("baselines/karak");
  EXPECT_NE(changed, first);
  write("baselines/karak/routes/json.py", "two");
  EXPECT_EQ(of("baselines/karak"), first);
  fs::rename(checkout_ / "baselines/karak/routes/json.py", checkout_ / "baselines/karak/json.py");
  EXPECT_NE(of("baselines/karak"), first);
}

TEST_F(SourceHashes, OfAFolderDoNotHeedWhatARunLeavesThere) {
  const std::string first = of("baselines/karak");
  write("baselines/karak/__pycache__/serve.pyc", "compiled");
  write("baselines/karak/routes/__pycache__/json.pyc", "compiled");
  EXPECT_EQ(of("baselines/karak"), first);
}

TEST_F(SourceHashes, OfWhatIsNotThereAreEmpty) {
  EXPECT_EQ(of("workloads/none"), "");
  fs::create_directory(checkout_ / "empty");
  EXPECT_EQ(of("empty"), "");
}

// As one who may not read everything: root may.
class AsNobody {
 public:
  AsNobody() { EXPECT_EQ(geteuid() == 0 ? seteuid(nobody) : 0, 0); }
  ~AsNobody() { EXPECT_EQ(seteuid(usual_), 0); }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  static constexpr uid_t nobody = 65'534;
  const uid_t usual_ = geteuid();
};

TEST_F(SourceHashes, OfAFolderThatCannotAllBeReadAreEmpty) {
  fs::permissions(checkout_, fs::perms(0755));
  write("baselines/karak/later.py", "three");  // one stands before `routes`, in whatever order
  for (const auto* part : {"baselines/karak/routes", "baselines/karak/serve.py"}) {
    fs::permissions(checkout_ / part, fs::perms::none);
    {
      const AsNobody nobody;
      EXPECT_EQ(of("baselines/karak"), "") << part;
    }
    fs::permissions(checkout_ / part, fs::perms(0755));
  }
  const AsNobody nobody;
  EXPECT_EQ(of("baselines/karak").size(), 64U);
}

}  // namespace
}  // namespace assay::lab
