#include "harness/lab/host/settings_files.h"

#include <gtest/gtest.h>

#include "harness/lab/scratch_tree.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

// A tree as of a machine's root folder, gone with the test.
class SettingsFiles : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) const {
    tree_.write(name, text + '\n');
  }
  std::string of(const std::string& name) const {
    const auto settings = settings_in(root_);
    const auto found = settings.find(name);
    return found == settings.end() ? "-" : found->second;
  }
  const ScratchTree tree_;
  const fs::path& root_ = tree_.folder();
};

TEST_F(SettingsFiles, LeaveOutWhatIsNotKnown) { EXPECT_TRUE(settings_in(root_).empty()); }

TEST_F(SettingsFiles, NameTheProcessorAndItsFirmware) {
  write("proc/cpuinfo",
        "model name\t: AMD EPYC\ncpu family\t: 25\nmodel\t\t: 17\nstepping\t: 1\n"
        "microcode\t: 0xa101148\nflags\t\t: fpu vme hypervisor lahf_lm");
  EXPECT_EQ(of("processor"), "family 25, model 17, stepping 1");
  EXPECT_EQ(of("microcode"), "0xa101148");
  EXPECT_EQ(of("virtual machine"), "yes");
  write("proc/cpuinfo", "flags\t\t: fpu vme nohypervisors");
  EXPECT_EQ(of("virtual machine"), "-");
}

// The rest of the command line may name disks, addresses and programs.
TEST_F(SettingsFiles, TellOnlyWhatGovernsSpeedOfTheCommandLine) {
  write("proc/cmdline",
        "root=UUID=1234 mitigations=off quiet isolcpus=2,3 idle=poll -- --token secret idle=x");
  EXPECT_EQ(of("boot options"), "mitigations=off isolcpus=2,3 idle=poll");
}

TEST_F(SettingsFiles, NameWeaknessesThatTheProcessorHas) {
  const std::string folder = "sys/devices/system/cpu/vulnerabilities/";
  write(folder + "meltdown", "Not affected");
  write(folder + "spectre_v2", "Mitigation: Retpolines");
  write(folder + "l1tf", "Vulnerable");
  EXPECT_EQ(of("mitigations"), "l1tf: Vulnerable | spectre_v2: Mitigation: Retpolines");
}

TEST_F(SettingsFiles, TellEachCacheAndWhoSharesIt) {
  const std::string folder = "sys/devices/system/cpu/cpu0/cache/";
  write(folder + "index0/level", "1");
  write(folder + "index0/type", "Data");
  write(folder + "index0/size", "32K");
  write(folder + "index0/shared_cpu_list", "0");
  write(folder + "index3/level", "3");
  write(folder + "index3/type", "Unified");
  write(folder + "index3/size", "32768K");
  write(folder + "index3/shared_cpu_list", "0-1");
  EXPECT_EQ(of("caches"), "L1d 32K of cores 0, L3 32768K of cores 0-1");
}

TEST_F(SettingsFiles, TellWhatIsChosenAndWhatTheKernelIsSetTo) {
  write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never");
  write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance");
  write("proc/sys/net/ipv4/tcp_rmem", "4096\t131072\t33554432");
  write(".dockerenv", "");
  EXPECT_EQ(of("huge pages"), "madvise");
  EXPECT_EQ(of("governor"), "performance");
  EXPECT_EQ(of("net.ipv4.tcp_rmem"), "4096 131072 33554432");
  EXPECT_EQ(of("container"), "docker");
}

}  // namespace
}  // namespace assay::lab
