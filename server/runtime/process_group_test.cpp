#include "server/runtime/process_group.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace assay::runtime {
namespace {

struct Said {
  std::size_t index = 0;
  pid_t process = 0;
  bool is_report = false;
};

// A child says that it is there, and waits to be told to end.
int wait_for_end(const Descriptor& news, std::size_t index) {
  const Said said{index, getpid(), false};
  if (write(news.number(), &said, sizeof said) < 0) return 1;
  sigset_t end;
  sigemptyset(&end);
  sigaddset(&end, SIGTERM);
  int signal = 0;
  sigwait(&end, &signal);
  return 0;
}

// A group whose parent is a process of its own; what its children say comes here. The pipe on which
// they say it has an end when the last of them has gone.
class Group {
 public:
  using Work = std::function<int(const Descriptor& news, std::size_t index)>;

  explicit Group(std::size_t processes, const Work& work = wait_for_end) {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    news_ = Descriptor(ends[0]);
    Descriptor writing(ends[1]);
    parent_ = fork();
    if (parent_ == 0) be_parent(processes, work, std::move(writing));
  }
  ~Group() {
    if (parent_ > 0) {
      kill(parent_, SIGKILL);
      waitpid(parent_, nullptr, 0);
    }
  }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  // The next that somebody says; none: all have gone. Waits ten seconds at most.
  std::optional<Said> next() const {
    pollfd file{news_.number(), POLLIN, 0};
    if (poll(&file, 1, 10'000) != 1) ADD_FAILURE() << "nobody says anything, and nobody ends";
    Said said;
    if (read(news_.number(), &said, sizeof said) != sizeof said) return std::nullopt;
    return said;
  }
  // By its index, once each has said that it is there.
  std::map<std::size_t, pid_t> processes(std::size_t count) const {
    std::map<std::size_t, pid_t> all;
    while (all.size() < count) {
      const auto said = next();
      if (!said) break;
      if (!said->is_report) all[said->index] = said->process;
    }
    return all;
  }
  bool all_gone() const {
    while (const auto said = next()) continue;
    return true;
  }
  pid_t parent() const { return parent_; }
  int end_status() {
    int status = 0;
    EXPECT_GT(waitpid(std::exchange(parent_, 0), &status, 0), 0);
    EXPECT_TRUE(WIFEXITED(status)) << status;
    return WEXITSTATUS(status);
  }

 private:
  [[noreturn]] static void be_parent(std::size_t processes, const Work& work, Descriptor news) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    const auto report = [&](const std::string&) {
      const Said said{0, getpid(), true};
      if (write(news.number(), &said, sizeof said) < 0) std::_Exit(9);
    };
    ProcessGroup group(processes, [&](std::size_t index) { return work(news, index); }, report);
    std::_Exit(group.run());
  }

  Descriptor news_;
  pid_t parent_ = 0;
};

TEST(ProcessGroup, RunsAsManyProcessesAsItIsAskedFor) {
  Group group(3);
  const auto processes = group.processes(3);
  EXPECT_EQ(processes.size(), 3U);
  for (const auto& [index, process] : processes) {
    EXPECT_LT(index, 3U);
    EXPECT_NE(process, group.parent());
  }
}

TEST(ProcessGroup, EndsWhenItIsToldTo) {
  for (const int signal : {SIGTERM, SIGINT}) {
    Group group(2);
    group.processes(2);
    kill(group.parent(), signal);
    EXPECT_EQ(group.end_status(), 0);
    EXPECT_TRUE(group.all_gone());
  }
}

TEST(ProcessGroup, SaysSoWhenAChildDoesNotEndWell) {
  Group group(2, [](const Descriptor& news, std::size_t index) {
    return wait_for_end(news, index) + (index == 1 ? 3 : 0);
  });
  group.processes(2);
  kill(group.parent(), SIGTERM);
  EXPECT_EQ(group.end_status(), 1);
}

TEST(ProcessGroup, StartsAKilledChildAgain) {
  Group group(2);
  auto processes = group.processes(2);
  const pid_t killed = processes[1];
  kill(killed, SIGKILL);
  const auto report = group.next();
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->is_report);
  const auto again = group.next();
  ASSERT_TRUE(again);
  EXPECT_EQ(again->index, 1U);
  EXPECT_NE(again->process, killed);
  kill(group.parent(), SIGTERM);
  EXPECT_EQ(group.end_status(), 0);
  EXPECT_TRUE(group.all_gone());
}

TEST(ProcessGroup, WaitsBeforeItStartsAChildThatEndsAtOnceAgain) {
  const auto began = std::chrono::steady_clock::now();
  Group group(1, [](const Descriptor& news, std::size_t index) {
    const Said said{index, getpid(), false};
    return static_cast<int>(write(news.number(), &said, sizeof said)) * 0 + 5;
  });
  for (int starts = 0; starts < 3;) {
    const auto said = group.next();
    ASSERT_TRUE(said);
    starts += said->is_report ? 0 : 1;
  }
  EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
}

TEST(ProcessGroup, KillsAtASecondSignal) {
  Group group(2, [](const Descriptor& news, std::size_t index) {
    wait_for_end(news, index);
    const Said said{index, 0, false};
    if (write(news.number(), &said, sizeof said) < 0) return 1;
    for (;;) pause();
  });
  group.processes(2);
  kill(group.parent(), SIGTERM);
  group.processes(2);
  kill(group.parent(), SIGINT);
  EXPECT_EQ(group.end_status(), 1);
  EXPECT_TRUE(group.all_gone());
}

TEST(ProcessGroup, EndsWithAParentThatIsKilled) {
  Group group(3);
  group.processes(3);
  kill(group.parent(), SIGKILL);
  EXPECT_TRUE(group.all_gone());
}

TEST(ProcessGroup, SaysWhatWentWrongInAChild) {
  Group group(1, [](const Descriptor&, std::size_t) -> int { throw std::runtime_error("no"); });
  const auto said = group.next();
  ASSERT_TRUE(said);
  EXPECT_TRUE(said->is_report);
  EXPECT_NE(said->process, group.parent());
}

}  // namespace
}  // namespace assay::runtime
