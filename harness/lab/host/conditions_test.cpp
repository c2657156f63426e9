#include "harness/lab/host/conditions.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

#include <gtest/gtest.h>

#include "harness/load/socket/descriptor.h"

namespace assay::lab {
namespace {

constexpr pid_t init = 1, daemon = 20, laboratory = 50, server = 60, worker = 61, client = 70;
constexpr Parties parties{laboratory, server};

// Two cores, busy for the sum of the processes.
HostCounters counters(double second, std::vector<ProcessTime> processes) {
  HostCounters found;
  found.time += std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      std::chrono::duration<double>(second));
  found.cores = 2;
  found.busy_s = 0;
  for (const ProcessTime& each : processes) *found.busy_s += each.all_s();
  found.processes = std::move(processes);
  return found;
}

ProcessTime process(pid_t number, pid_t parent, double cpu_s, double ended_s = 0) {
  ProcessTime time;
  time.process = number;
  time.parent = parent;
  time.group = number == worker ? server : number;
  time.started = 1;
  time.cpu_s = cpu_s;
  time.ended_s = ended_s;
  return time;
}

double foreign(const HostCounters& first, const HostCounters& last) {
  return conditions_between(first, last, parties).foreign_cores.value();
}

TEST(Conditions, WhatTheServerAndTheLaboratoryUseIsNotForeign) {
  const HostCounters first =
      counters(0, {process(init, 0, 5), process(laboratory, daemon, 1), process(daemon, init, 0),
                   process(server, laboratory, 1), process(worker, server, 2)});
  const HostCounters last =
      counters(2, {process(init, 0, 5), process(laboratory, daemon, 2), process(daemon, init, 0.1),
                   process(server, laboratory, 2), process(worker, server, 3),
                   process(client, laboratory, 0.5)});
  EXPECT_NEAR(foreign(first, last), 0.05, 1e-9);
  EXPECT_DOUBLE_EQ(conditions_between(first, last, parties).seconds, 2);
  EXPECT_DOUBLE_EQ(cpu_seconds_of(last, server), 5);
}

TEST(Conditions, AProcessThatBeginsAndOneThatEndsInTheWindowAreForeign) {
  const HostCounters first = counters(0, {process(daemon, init, 1, 7)});
  HostCounters last = counters(1, {process(daemon, init, 1, 7), process(33, daemon, 0.25)});
  EXPECT_NEAR(foreign(first, last), 0.25, 1e-9);
  last = counters(1, {process(daemon, init, 1, 7.25)});
  EXPECT_NEAR(foreign(first, last), 0.25, 1e-9);
}

TEST(Conditions, WhatAProcessUsedBeforeTheWindowIsNotHeldAgainstWhoInheritsIt) {
  const HostCounters first =
      counters(0, {process(init, 0, 0), process(daemon, init, 1), process(33, daemon, 50)});
  EXPECT_NEAR(foreign(first, counters(1, {process(init, 0, 0), process(daemon, init, 1, 50.25)})),
              0.25, 1e-9);
  // Its parent ended first, so that another inherits it.
  EXPECT_NEAR(foreign(first, counters(1, {process(init, 0, 0, 51.25)})), 0.25, 1e-9);
  // Nobody waited for it, and another worked meanwhile.
  EXPECT_NEAR(foreign(first, counters(1, {process(init, 0, 0), process(daemon, init, 1.25)})), 0.25,
              1e-9);
}

TEST(Conditions, AClientThatEndsInTheWindowIsStillOurs) {
  const HostCounters first =
      counters(0, {process(laboratory, init, 1), process(client, laboratory, 3)});
  EXPECT_DOUBLE_EQ(foreign(first, counters(1, {process(laboratory, init, 1, 4)})), 0);
}

TEST(Conditions, ANumberThatIsUsedAgainIsAnotherProcess) {
  const HostCounters first = counters(0, {process(33, daemon, 50)});
  ProcessTime other = process(33, daemon, 0.5);
  other.started = 2;
  EXPECT_NEAR(foreign(first, counters(1, {other})), 0.5, 1e-9);
}

TEST(Conditions, TheKernelsThreadsAreNotForeign) {
  ProcessTime thread = process(33, 2, 0);
  thread.is_kernel = true;
  const HostCounters first = counters(0, {thread});
  thread.cpu_s = 0.5;
  EXPECT_DOUBLE_EQ(foreign(first, counters(1, {thread})), 0);
}

// Loads that no process shows: a tenth of what is busy may be the counting, and four ticks.
TEST(Conditions, HiddenLoadIsToldBeyondWhatTheCoresCountWrongly) {
  const HostCounters first = counters(0, {process(server, laboratory, 0)});
  HostCounters last = counters(1, {process(server, laboratory, 1)});
  last.busy_s = 1.0;
  EXPECT_DOUBLE_EQ(foreign(first, last), 0);
  last.busy_s = 0.9;  // fewer than its processes used: never below none
  EXPECT_DOUBLE_EQ(foreign(first, last), 0);
  last.busy_s = 1.14;
  EXPECT_DOUBLE_EQ(foreign(first, last), 0);
  last.busy_s = 1.7;
  EXPECT_NEAR(foreign(first, last), 0.7, 1e-9);
}

TEST(Conditions, AreSharesOfTheWindow) {
  HostCounters first = counters(0, {});
  HostCounters last = counters(2, {});
  first.steal_s = 1;
  last.steal_s = 1.04;
  first.pressure_s = 3;
  last.pressure_s = 4;
  first.temperature_c = 71;
  last.temperature_c = 64;
  first.frequency_mhz = 3000;
  last.frequency_mhz = 2000;
  first.throttled = 4;
  last.throttled = 6;
  const Conditions found = conditions_between(first, last, parties);
  EXPECT_NEAR(found.steal.value(), 0.01, 1e-9);
  EXPECT_NEAR(found.pressure.value(), 0.5, 1e-9);
  EXPECT_EQ(found.temperature_c, 71);
  EXPECT_EQ(found.frequency_mhz, 2500);
  EXPECT_EQ(found.throttled, 2U);
}

TEST(Conditions, WhatTheSystemDoesNotTellIsNothing) {
  HostCounters first = counters(0, {});
  HostCounters last = counters(1, {});
  first.busy_s.reset();
  const Conditions found = conditions_between(first, last, parties);
  EXPECT_FALSE(found.steal || found.pressure || found.temperature_c || found.frequency_mhz ||
               found.throttled || found.foreign_cores);
}

// A process that is nobody's child of ours, busy while this lives.
class Stranger {
 public:
  Stranger() {
    int ends[2] = {-1, -1};
    if (pipe(ends) != 0) return;
    const load::Descriptor tells(ends[0]);
    load::Descriptor told(ends[1]);
    const pid_t between = fork();
    if (between == 0) {
      const pid_t own = fork();
      if (own == 0) {
        setsid();
        alarm(20);  // should the test be killed
        while (true) getppid();
      }
      _exit(write(ends[1], &own, sizeof own) == sizeof own ? 0 : 1);
    }
    waitpid(between, nullptr, 0);
    if (read(tells.number(), &pid_, sizeof pid_) != sizeof pid_) pid_ = -1;
  }
  ~Stranger() {
    if (pid_ > 0) kill(pid_, SIGKILL);
  }
  Stranger(const Stranger&) = delete;
  Stranger& operator=(const Stranger&) = delete;
  bool is_there() const { return pid_ > 0; }

 private:
  pid_t pid_ = -1;
};

TEST(HostCounters, ShowAStrangerAtWork) {
  const Stranger stranger;
  ASSERT_TRUE(stranger.is_there());
  const HostCounters first = host_counters();
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const Conditions found = conditions_between(first, host_counters(), {getpid(), getpid()});
  EXPECT_GT(found.foreign_cores.value(), 0.06);
}

// As long as the host's other processes leave it a core at all.
TEST(HostCounters, CountWhatThisProcessDoes) {
  const auto own = [](const HostCounters& all) {
    const auto found = std::find_if(all.processes.begin(), all.processes.end(),
                                    [](const auto& each) { return each.process == getpid(); });
    return found == all.processes.end() ? -1 : found->cpu_s;
  };
  const HostCounters first = host_counters();
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(200);
  while (std::chrono::steady_clock::now() < end) continue;
  const HostCounters last = host_counters();
  EXPECT_GE(own(first), 0);
  EXPECT_GT(own(last), own(first));
  EXPECT_GT(last.busy_s.value(), first.busy_s.value());
}

}  // namespace
}  // namespace assay::lab
