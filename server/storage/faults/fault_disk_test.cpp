#include "server/storage/faults/fault_disk.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "server/storage/sql/scratch_file.h"

namespace assay::storage {
namespace {

class FaultDiskTest : public testing::Test {
 protected:
  FaultDiskTest() { write({}); }
  ~FaultDiskTest() override { std::filesystem::remove(path_); }

  void write(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
  }
  std::string read() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  // What is left of the file in any of many cuts, after `act(disk)`.
  template <class Act>
  std::set<std::string> outcomes(Act act) const {
    std::set<std::string> seen;
    for (std::uint64_t seed = 0; seed < 64; ++seed) {
      write("there");
      FaultDisk disk(seed);
      disk.opened(path_);
      act(disk);
      disk.come_back();
      seen.insert(std::filesystem::exists(path_) ? read() : "(none)");
    }
    return seen;
  }

  const std::string path_ = scratch_place().string() + "/fault_disk_" +
                            testing::UnitTest::GetInstance()->current_test_info()->name();
};

using Outcomes = std::set<std::string>;

TEST_F(FaultDiskTest, KeepsWhatWasThereBefore) {
  EXPECT_EQ(outcomes([](FaultDisk& /*disk*/) {}), Outcomes{"there"});
}

TEST_F(FaultDiskTest, KeepsWhatWasSynced) {
  const auto act = [this](FaultDisk& disk) {
    disk.wrote(path_, 1, "HER");
    disk.truncated(path_, 4);
    disk.synced(path_);
  };
  EXPECT_EQ(outcomes(act), Outcomes{"tHER"});
}

TEST_F(FaultDiskTest, LosesOrKeepsEachSectorThatWasNotSynced) {
  const auto act = [this](FaultDisk& disk) {
    disk.wrote(path_, 0, std::string(510, '.'));
    disk.synced(path_);
    disk.wrote(path_, 508, "abcdefgh");  // four bytes in each of two sectors
  };
  const std::string before(508, '.');
  const Outcomes all{before + "..", before + "abcd", before + ".." + std::string(2, '\0') + "efgh",
                     before + "abcdefgh"};
  EXPECT_EQ(outcomes(act), all);
}

TEST_F(FaultDiskTest, IsNotMadeSureByASyncThatFollowsAFailedOne) {
  const auto act = [this](FaultDisk& disk) {
    disk.wrote(path_, 0, "T");
    disk.failed_to_sync(path_);
    disk.synced(path_);
  };
  EXPECT_EQ(outcomes(act), (Outcomes{"There", "there"}));
}

TEST_F(FaultDiskTest, MayBringBackAFileWhoseRemovalWasNotSynced) {
  const auto act = [this](FaultDisk& disk) {
    std::filesystem::remove(path_);
    disk.removed(path_, false);
  };
  EXPECT_EQ(outcomes(act), (Outcomes{"(none)", "there"}));
}

TEST_F(FaultDiskTest, MayBringItBackInPlaceOfANewOneOfItsName) {
  const auto act = [this](FaultDisk& disk) {
    std::filesystem::remove(path_);
    disk.removed(path_, false);
    disk.opened(path_);
    disk.wrote(path_, 0, "new");
  };
  EXPECT_EQ(outcomes(act), (Outcomes{"(none)", "", "new", "there"}));
}

TEST_F(FaultDiskTest, DoesNotBringItBackOnceAnotherFileWasMadeAndSynced) {
  const auto act = [this](FaultDisk& disk) {
    std::filesystem::remove(path_);
    disk.removed(path_, false);
    disk.opened(path_ + "-other");
    disk.synced(path_ + "-other");
  };
  EXPECT_EQ(outcomes(act), Outcomes{"(none)"});
  std::filesystem::remove(path_ + "-other");
}

TEST_F(FaultDiskTest, MayLoseANewFileUntilItIsSynced) {
  const auto make = [this](FaultDisk& disk) {
    disk.removed(path_, true);
    std::filesystem::remove(path_);
    disk.opened(path_);
    write("new");
    disk.wrote(path_, 0, "new");
  };
  EXPECT_EQ(outcomes(make), (Outcomes{"(none)", "", "new"}));
  const auto make_and_sync = [&](FaultDisk& disk) {
    make(disk);
    disk.synced(path_);
  };
  EXPECT_EQ(outcomes(make_and_sync), Outcomes{"new"});
}

}  // namespace
}  // namespace assay::storage
