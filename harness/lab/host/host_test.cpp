#include "harness/lab/host/host.h"

#include <arpa/inet.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "harness/load/socket/descriptor.h"

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

TEST(Host, SaysHowItIsSet) {
  const auto settings = host_settings();
  EXPECT_TRUE(settings.contains("open files"));
  EXPECT_GE(std::stod(settings.at("load average")), 0);
  EXPECT_GT(settings.size(), 5U);  // every system tells more than these two
}

std::string printed_by(const std::string& command) {
  const auto close = [](std::FILE* pipe) { pclose(pipe); };
  const std::unique_ptr<std::FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
  std::string text;
  for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) {
    text += static_cast<char>(c);
  }
  return text;
}

TEST(Host, IsShownByDoctorWithHowItIsSetNamesAndValuesBeneathEachOther) {
  const std::string text = printed_by(ASSAY_LABORATORY " doctor");
  std::set<std::size_t> columns;
  for (const std::string name : {"open files", "open files at most"}) {
    const std::string value = host_settings().at(name);
    const std::size_t line = text.find("\n  " + name + "  ") + 1;
    ASSERT_NE(line, 0U) << name << " is not in:\n" << text;
    const std::size_t end = text.find('\n', line);
    EXPECT_EQ(text.substr(end - value.size(), value.size()), value);
    columns.insert(text.find(value, line + 2 + name.size()) - line);
  }
  EXPECT_EQ(columns.size(), 1U) << text;
}

TEST(Host, LetsAProcessHaveAsManyFilesOpenAsItCan) {
  rlimit usual{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &usual), 0);
  const rlimit few{100, usual.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  EXPECT_EQ(host_settings().at("open files"), "100");
  const std::uint64_t allowed = raise_open_files();
  rlimit now{};
  EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &now), 0);
  EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &usual), 0);
  EXPECT_EQ(now.rlim_cur, allowed);
  EXPECT_GE(allowed, std::min<rlim_t>(usual.rlim_max, 10'240));
  EXPECT_LE(allowed, 65'536U);
  EXPECT_EQ(now.rlim_max, usual.rlim_max);
}

TEST(Host, IsKnownByWhatStaysTheSame) {
  HostFacts facts{"Some CPU 3000", 8, 16ULL << 30U, "Linux 6.1.0", "x86_64", "Debian 12", "m"};
  const std::string id = host_id(facts);
  EXPECT_EQ(id.size(), 12U);
  facts.system = "Linux 6.18.0";      // a kernel update leaves the host what it is
  facts.memory_bytes += 100'000'000;  // as does a new firmware that reserves less
  EXPECT_EQ(host_id(facts), id);
  facts.machine = "n";  // another one of the same kind
  EXPECT_NE(host_id(facts), id);
  facts.machine = "m";
  facts.cores = 4;
  EXPECT_NE(host_id(facts), id);
}

TEST(Host, WarnsWhenClientAndServerMustShareCores) {
  HostFacts facts;
  const std::string shared = "shared cores";
  const auto says_so = [&] {
    for (const std::string& note : host_notes(facts)) {
      if (note.starts_with(shared)) return true;
    }
    return false;
  };
  facts.cores = 8;
  EXPECT_FALSE(says_so());
  facts.cores = 2;
  EXPECT_TRUE(says_so());
}

TEST(Host, CountsTheProcessorTimeOfAGroup) {
  const double before = cpu_seconds_of_group(getpgrp());
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(200);
  while (std::chrono::steady_clock::now() < end) continue;
  EXPECT_GT(cpu_seconds_of_group(getpgrp()), before);
}

// A socket that listens on a port of its own.
class Listening {
 public:
  Listening() : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* name = reinterpret_cast<sockaddr*>(&address);
    if (bind(socket_.number(), name, size) == 0 && listen(socket_.number(), 1) == 0 &&
        getsockname(socket_.number(), name, &size) == 0) {
      port_ = ntohs(address.sin_port);
    }
  }
  std::uint16_t port() const { return port_; }

 private:
  load::Descriptor socket_;
  std::uint16_t port_ = 0;
};

TEST(Host, KnowsWhetherAPortIsOfTheGroupOrOfOthers) {
  const Listening listening;
  ASSERT_NE(listening.port(), 0);
  EXPECT_TRUE(owners_of_port(listening.port(), getpgrp()).group);
  EXPECT_FALSE(owners_of_port(listening.port(), getpgrp()).others);
  EXPECT_FALSE(owners_of_port(listening.port(), getpgrp() + 1).group);
  EXPECT_TRUE(owners_of_port(listening.port(), getpgrp() + 1).others);
}

TEST(Host, FindsNoOwnerOfAPortThatNobodyListensOn) {
  std::uint16_t port = 0;
  {
    const Listening listening;
    port = listening.port();
  }
  EXPECT_FALSE(owners_of_port(port, getpgrp()).group);
  EXPECT_FALSE(owners_of_port(port, getpgrp()).others);
}

TEST(Host, HasAtLeastOneCoreAndEachThreadOnce) {
  std::set<unsigned> threads;
  std::size_t count = 0;
  for (const auto& core : physical_cores()) {
    EXPECT_FALSE(core.empty());
    count += core.size();
    threads.insert(core.begin(), core.end());
  }
  EXPECT_GE(count, 1U);
  EXPECT_EQ(threads.size(), count);
}

TEST(Host, CountsTheMemoryOfAGroup) { EXPECT_GT(memory_bytes_of_group(getpgrp()), 100'000U); }

}  // namespace
}  // namespace assay::lab
