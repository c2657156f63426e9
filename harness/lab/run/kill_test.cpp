// `kill -9` of the laboratory's program at any moment: no server outlives it, no trial that its
// journal has is lost or made twice, and the next run goes on to the end.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "harness/lab/file_text.h"
#include "harness/lab/is_instrumented.h"
#include "harness/lab/record/journal.h"
#include "harness/lab/record/result_file.h"
#include "harness/lab/scratch_checkout.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr int blocks = 12;

class Kill : public testing::Test {
 protected:
  Kill() { scratch_.plan("p", blocks, R"("reference@only")", "0.15"); }
  void SetUp() override {
    if (!fs::exists("/proc/self/cmdline")) GTEST_SKIP() << "servers are found by /proc";
  }

  // `assay run p` in the scratch checkout; what it prints is thrown away.
  pid_t start(bool resume) const {
    const pid_t child = fork();
    if (child != 0) return child;
    const int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
    setenv("TMPDIR", scratch_.folder().c_str(), 1);  // another run on this host has its own lock
    if (chdir(scratch_.folder().c_str()) != 0) _exit(126);
    if (resume) execl(ASSAY_LABORATORY, "assay", "run", "p", "--resume", nullptr);
    execl(ASSAY_LABORATORY, "assay", "run", "p", nullptr);
    _exit(127);
  }
  static int exit_status(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  // With figures, where this program can measure any.
  static bool comes_to_its_end(pid_t laboratory) {
    const int status = exit_status(laboratory);
    return status == 0 || (is_instrumented && status == 1);
  }

  // The folder of the one run that has begun; empty before that.
  fs::path run_folder() const {
    std::error_code none;
    for (const auto& each :
         fs::recursive_directory_iterator(scratch_.folder() / "results/hosts", none)) {
      if (each.path().filename() == "run.json") return each.path().parent_path();
    }
    return {};
  }
  std::vector<std::string> journalled() const {
    std::vector<std::string> started;
    const fs::path folder = run_folder();
    if (folder.empty()) return started;
    const auto trials = Journal::read(folder / "journal.ndjson");
    EXPECT_TRUE(trials) << trials.error().what();
    if (trials) {
      for (const Trial& trial : *trials) started.push_back(trial.started);
    }
    return started;
  }
  // Those of this checkout, by the path of their program.
  bool has_servers() const {
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator("/proc", gone)) {
      const auto command = text_of(entry.path() / "cmdline").value_or("");
      if (command.starts_with((scratch_.folder() / "build/bin/assay-server").string())) return true;
    }
    return false;
  }

  const ScratchCheckout scratch_;
};

bool comes_true(const std::function<bool()>& condition) {
  const auto end = Clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (Clock::now() > end) return false;
    std::this_thread::sleep_for(milliseconds(5));
  }
  return true;
}

bool begins_with(const std::vector<std::string>& all, const std::vector<std::string>& first) {
  return first.size() <= all.size() && std::equal(first.begin(), first.end(), all.begin());
}

// What the laboratory has come to, and how long after it the kill comes.
enum class Reached { start, beginning, server, another_trial };
struct Moment {
  Reached reached;
  int later_ms;
};
constexpr Moment moments[] = {
    {Reached::start, 0},           {Reached::start, 30},         {Reached::beginning, 0},
    {Reached::beginning, 60},      {Reached::server, 0},         {Reached::server, 100},
    {Reached::another_trial, 0},   {Reached::another_trial, 20}, {Reached::another_trial, 90},
    {Reached::another_trial, 170},
};

TEST_F(Kill, LosesNoTrialAndLeavesNoServerWheneverItComes) {
  std::vector<std::string> before;
  for (const auto& [reached, later_ms] : moments) {
    const pid_t laboratory = start(!run_folder().empty());
    const auto is_reached = [&] {
      switch (reached) {
        case Reached::start: return true;
        case Reached::beginning: return !run_folder().empty();
        case Reached::server: return has_servers();
        case Reached::another_trial: return journalled().size() > before.size();
      }
      return false;
    };
    EXPECT_TRUE(comes_true(is_reached)) << "moment " << static_cast<int>(reached);
    std::this_thread::sleep_for(milliseconds(later_ms));
    kill(laboratory, SIGKILL);
    exit_status(laboratory);
    EXPECT_TRUE(comes_true([&] { return !has_servers(); })) << "a server outlives the laboratory";
    const auto now = journalled();
    EXPECT_TRUE(begins_with(now, before)) << "a trial was lost";
    before = now;
  }
  ASSERT_FALSE(run_folder().empty());
  EXPECT_TRUE(comes_to_its_end(start(true)));
  EXPECT_FALSE(has_servers());
  EXPECT_TRUE(begins_with(journalled(), before));

  const auto result = read_result(run_folder() / "result.json");
  ASSERT_TRUE(result) << result.error().what();
  EXPECT_TRUE(result->complete);
  std::set<int> measured;
  for (const Trial& trial : result->trials) {
    if (trial.attempt > 0) continue;  // the host spoilt the one before
    EXPECT_TRUE(measured.insert(trial.block).second) << "twice in block " << trial.block;
  }
  EXPECT_EQ(measured.size(), static_cast<std::size_t>(blocks));
}

// In the very write: once the journal grows, at once.
TEST_F(Kill, WithinATrialIsMadeGoodByTheNextRun) {
  scratch_.plan("p", 5, R"("reference@only")", "0.15");
  const pid_t laboratory = start(false);
  ASSERT_TRUE(comes_true([&] { return journalled().size() >= 2; }));
  kill(laboratory, SIGKILL);
  exit_status(laboratory);
  const auto before = journalled();
  EXPECT_TRUE(comes_to_its_end(start(true))) << before.size() << " trials were kept";
  EXPECT_TRUE(begins_with(journalled(), before));
  EXPECT_FALSE(has_servers());
}

}  // namespace
}  // namespace assay::lab
