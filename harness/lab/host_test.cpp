#include "harness/lab/host.h"

#include <unistd.h>

#include <chrono>

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

TEST(Host, SaysWhatItIs) {
  const HostFacts facts = host_facts();
  EXPECT_FALSE(facts.cpu.empty());
  EXPECT_FALSE(facts.system.empty());
  EXPECT_FALSE(facts.architecture.empty());
  EXPECT_GE(facts.cores, 1U);
  EXPECT_GT(facts.memory_bytes, 100U << 20U);
}

TEST(Host, IsKnownByWhatStaysTheSame) {
  HostFacts facts{"Some CPU 3000", 8, 16ULL << 30U, "Linux 6.1.0", "x86_64", "Debian 12"};
  const std::string id = host_id(facts);
  EXPECT_EQ(id.size(), 12U);
  facts.system = "Linux 6.18.0";      // a kernel update leaves the host what it is
  facts.memory_bytes += 100'000'000;  // as does a new firmware that reserves less
  EXPECT_EQ(host_id(facts), id);
  facts.cores = 4;
  EXPECT_NE(host_id(facts), id);
}

TEST(Host, WarnsWhenClientAndServerMustShareCores) {
  EXPECT_EQ(host_notes({"", 8, 0, "", "", ""}).size(), 0U);
  EXPECT_EQ(host_notes({"", 2, 0, "", "", ""}).size(), 1U);
}

TEST(Host, CountsTheProcessorTimeOfAGroup) {
  const double before = cpu_seconds_of_group(getpgrp());
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(200);
  while (std::chrono::steady_clock::now() < end) continue;
  EXPECT_GT(cpu_seconds_of_group(getpgrp()), before);
}

TEST(Host, CountsTheMemoryOfAGroup) { EXPECT_GT(memory_bytes_of_group(getpgrp()), 100'000U); }

}  // namespace
}  // namespace assay::lab
