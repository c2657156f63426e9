#include "server/runtime/process_group.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include <gtest/gtest.h>

#include "server/runtime/start_error.h"

namespace assay::runtime {
namespace {

struct Said {
  std::size_t index = 0;
  pid_t process = 0;
  enum : std::uint8_t { child, report, start } who = child;
};

using Ready = std::function<void()>;

// A child is ready, says that it is there, and waits to be told to end.
int wait_for_end(const Descriptor& news, std::size_t index, const Ready& ready) {
  ready();
  const Said said{index, getpid()};
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
  using Work = std::function<int(const Descriptor& news, std::size_t index, const Ready&)>;

  explicit Group(std::size_t processes, const Work& work = wait_for_end,
                 std::chrono::milliseconds patience = std::chrono::seconds(30)) {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    news_ = Descriptor(ends[0]);
    Descriptor writing(ends[1]);
    parent_ = fork();
    if (parent_ == 0) be_parent(processes, work, std::move(writing), patience);
  }
  ~Group() {
    if (parent_ > 0) {
      kill(parent_, SIGKILL);
      waitpid(parent_, nullptr, 0);
    }
  }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  // The next that somebody says; none: all have gone, or, which is a failure, ten seconds have.
  std::optional<Said> next() const {
    pollfd file{news_.number(), POLLIN, 0};
    if (poll(&file, 1, 10'000) != 1) {
      ADD_FAILURE() << "nobody says anything, and nobody ends";
      return std::nullopt;
    }
    Said said;
    if (read(news_.number(), &said, sizeof said) != sizeof said) return std::nullopt;
    return said;
  }
  Said next_but_the_start() const {
    auto said = next();
    while (said && said->who == Said::start) said = next();
    EXPECT_TRUE(said);
    return said.value_or(Said());
  }
  // By its index, once each has said that it is there.
  std::map<std::size_t, pid_t> processes(std::size_t count) const {
    std::map<std::size_t, pid_t> all;
    while (all.size() < count) {
      const auto said = next();
      if (!said) break;
      if (said->who == Said::child) all[said->index] = said->process;
    }
    return all;
  }
  bool all_gone() const {
    while (const auto said = next()) continue;
    pollfd file{news_.number(), POLLIN, 0};
    return poll(&file, 1, 0) == 1 && (file.revents & POLLHUP) != 0;
  }
  pid_t parent() const { return parent_; }
  int end_status() {
    int status = 0;
    EXPECT_GT(waitpid(std::exchange(parent_, 0), &status, 0), 0);
    EXPECT_TRUE(WIFEXITED(status)) << status;
    return WEXITSTATUS(status);
  }

 private:
  [[noreturn]] static void be_parent(std::size_t processes, const Work& work, Descriptor news,
                                     std::chrono::milliseconds patience) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    const auto say = [&](auto who) {
      const Said said{0, getpid(), who};
      if (write(news.number(), &said, sizeof said) < 0) std::_Exit(9);
    };
    const auto run_work = [&](std::size_t index, const Ready& ready) {
      return work(news, index, ready);
    };
    ProcessGroup group(
        processes, run_work, [&](const std::string&) { say(Said::report); }, patience);
    try {
      std::_Exit(group.run([&] { say(Said::start); }));
    } catch (const StartError& error) {
      std::_Exit(error.what() == std::string("no") ? 7 : 8);
    }
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
  Group group(2, [](const Descriptor& news, std::size_t index, const Ready& ready) {
    return wait_for_end(news, index, ready) + (index == 1 ? 3 : 0);
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
  const auto report = group.next_but_the_start();
  EXPECT_EQ(report.who, Said::report);
  const auto again = group.next_but_the_start();
  EXPECT_EQ(again.index, 1U);
  EXPECT_NE(again.process, killed);
  kill(group.parent(), SIGTERM);
  EXPECT_EQ(group.end_status(), 0);
  EXPECT_TRUE(group.all_gone());
}

TEST(ProcessGroup, WaitsBeforeItStartsAChildThatEndsAtOnceAgain) {
  const auto began = std::chrono::steady_clock::now();
  Group group(1, [](const Descriptor& news, std::size_t index, const Ready& ready) {
    ready();
    const Said said{index, getpid()};
    return static_cast<int>(write(news.number(), &said, sizeof said)) * 0 + 5;
  });
  for (int starts = 0; starts < 3;) {
    const auto said = group.next();
    ASSERT_TRUE(said);
    starts += said->who == Said::child ? 1 : 0;
  }
  EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
}

TEST(ProcessGroup, KillsAtASecondSignal) {
  Group group(2, [](const Descriptor& news, std::size_t index, const Ready& ready) {
    wait_for_end(news, index, ready);
    const Said said{index, 0};
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

TEST(ProcessGroup, HasStartedWhenEachChildIsReady) {
  Group group(2, [](const Descriptor& news, std::size_t index, const Ready& ready) {
    if (index == 0) return wait_for_end(news, index, ready);
    const Said said{index, getpid()};  // not yet ready
    if (write(news.number(), &said, sizeof said) < 0) return 1;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    if (write(news.number(), &said, sizeof said) < 0) return 1;
    return wait_for_end(news, index, ready);
  });
  int said_by_second = 0;
  for (auto said = group.next(); said && said->who != Said::start; said = group.next()) {
    said_by_second += said->index == 1 ? 1 : 0;
  }
  EXPECT_GE(said_by_second, 2);
}

TEST(ProcessGroup, DoesNotStartWhereAChildCannotAndSaysWhy) {
  Group group(3, [](const Descriptor& news, std::size_t index, const Ready& ready) {
    if (index == 1) throw std::runtime_error("no");
    return wait_for_end(news, index, ready);
  });
  EXPECT_EQ(group.end_status(), 7);
  EXPECT_TRUE(group.all_gone());
}

TEST(ProcessGroup, DoesNotStartWhereAChildEndsWithoutAWord) {
  Group group(3, [](const Descriptor& news, std::size_t index, const Ready& ready) {
    return index == 1 ? 0 : wait_for_end(news, index, ready);
  });
  EXPECT_EQ(group.end_status(), 8);
  EXPECT_TRUE(group.all_gone());
}

TEST(ProcessGroup, EndsWhenItIsToldToThoughAChildIsNotReady) {
  Group group(2, [](const Descriptor& news, std::size_t index, const Ready& ready) {
    return wait_for_end(news, index, index == 0 ? ready : [] {});
  });
  group.processes(2);
  kill(group.parent(), SIGTERM);
  EXPECT_EQ(group.end_status(), 0);
  EXPECT_TRUE(group.all_gone());
}

// Takes no notice of SIGTERM.
int be_stuck(const Descriptor& news, std::size_t index, const Ready& ready) {
  sigset_t end;
  sigemptyset(&end);
  sigaddset(&end, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &end, nullptr);
  ready();
  const Said said{index, getpid()};
  if (write(news.number(), &said, sizeof said) < 0) return 1;
  for (;;) pause();
}

TEST(ProcessGroup, KillsAChildThatDoesNotEndInTime) {
  Group group(2, be_stuck, std::chrono::milliseconds(200));
  group.processes(2);
  kill(group.parent(), SIGTERM);
  EXPECT_EQ(group.end_status(), 1);
  EXPECT_TRUE(group.all_gone());
}

TEST(ProcessGroup, EndsWithAParentThatIsKilledThoughAChildIsStuck) {
  Group group(2, be_stuck, std::chrono::milliseconds(200));
  group.processes(2);
  kill(group.parent(), SIGKILL);
  EXPECT_TRUE(group.all_gone());
}

TEST(ProcessGroup, SaysWhatWentWrongInAChildLater) {
  Group group(1, [](const Descriptor& news, std::size_t index, const Ready& ready) -> int {
    wait_for_end(news, index, ready);
    throw std::runtime_error("no");
  });
  const auto processes = group.processes(1);
  kill(processes.at(0), SIGTERM);
  const auto said = group.next_but_the_start();
  EXPECT_EQ(said.who, Said::report);
  EXPECT_EQ(said.process, group.parent());
}

}  // namespace
}  // namespace assay::runtime
