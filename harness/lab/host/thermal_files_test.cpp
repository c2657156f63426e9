#include "harness/lab/host/thermal_files.h"

#include <string>

#include <gtest/gtest.h>

#include "harness/lab/scratch_tree.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

// A tree as of /sys, gone with the test.
class ThermalFiles : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) const {
    tree_.write(name, text + '\n');
  }
  const ScratchTree tree_;
  const fs::path& root_ = tree_.folder();
};

TEST_F(ThermalFiles, OfAMachineWithoutThemAreNothing) {
  EXPECT_FALSE(temperature_in(root_));
  EXPECT_FALSE(frequency_in(root_));
  EXPECT_FALSE(throttled_in(root_));
}

TEST_F(ThermalFiles, TellTheHottestOfTheProcessorAndOfNothingElse) {
  write("class/thermal/thermal_zone0/type", "acpitz");
  write("class/thermal/thermal_zone0/temp", "90000");
  EXPECT_FALSE(temperature_in(root_));
  write("class/thermal/thermal_zone1/type", "x86_pkg_temp");
  write("class/thermal/thermal_zone1/temp", "51000");
  EXPECT_EQ(temperature_in(root_), 51);
  write("class/hwmon/hwmon0/name", "nvme");
  write("class/hwmon/hwmon0/temp1_input", "80000");
  write("class/hwmon/hwmon1/name", "k10temp");
  write("class/hwmon/hwmon1/temp1_input", "62500");
  write("class/hwmon/hwmon1/temp1_max", "95000");
  EXPECT_EQ(temperature_in(root_), 62.5);
}

TEST_F(ThermalFiles, TellTheMeanFrequencyOfTheCores) {
  write("devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "3000000");
  write("devices/system/cpu/cpu1/cpufreq/scaling_cur_freq", "2000000");
  write("devices/system/cpu/cpufreq/boost", "1");
  EXPECT_EQ(frequency_in(root_), 2500);
}

TEST_F(ThermalFiles, CountThePackageOnce) {
  for (const char* core : {"cpu0", "cpu1"}) {
    const std::string folder = std::string("devices/system/cpu/") + core + "/thermal_throttle/";
    write(folder + "core_throttle_count", "3");
    write(folder + "package_throttle_count", "5");
  }
  EXPECT_EQ(throttled_in(root_), 11U);
}

}  // namespace
}  // namespace assay::lab
