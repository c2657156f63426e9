#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "harness/lab/run.h"
#include "harness/lab/scratch_checkout.h"

namespace assay::lab {
namespace {

// A process that does this until it is ended. Of no group and no parent of ours, if `is_foreign`.
class Intruder {
 public:
  Intruder(bool is_foreign, const std::function<void(pid_t laboratory)>& act) {
    int ends[2] = {-1, -1};
    if (pipe(ends) != 0) return;
    const pid_t laboratory = getpid();
    const pid_t child = fork();
    if (child == 0) {
      if (is_foreign && (setsid() < 0 || fork() != 0)) _exit(0);
      alarm(60);  // should the test be killed
      const pid_t own = getpid();
      if (write(ends[1], &own, sizeof own) != sizeof own) _exit(1);
      while (true) act(laboratory);
    }
    if (read(ends[0], &process_, sizeof process_) != sizeof process_) process_ = -1;
    close(ends[0]);
    close(ends[1]);
    if (is_foreign) {
      waitpid(child, nullptr, 0);
    } else {
      child_ = child;
    }
  }
  ~Intruder() {
    if (process_ > 0) kill(process_, SIGKILL);
    if (child_ > 0) waitpid(child_, nullptr, 0);
  }
  Intruder(const Intruder&) = delete;
  Intruder& operator=(const Intruder&) = delete;

 private:
  pid_t process_ = -1;
  pid_t child_ = -1;
};

class RunGates : public testing::Test {
 protected:
  // One cell in so many blocks, of so many seconds each.
  RunResult run_with(int blocks, const std::string& measure_s) const {
    scratch_.plan("p", blocks, R"("reference@only")", measure_s);
    const auto close = [](std::FILE* file) { std::fclose(file); };
    const std::unique_ptr<std::FILE, decltype(close)> nowhere(std::tmpfile(), close);
    RunOptions options;
    options.plan = "p";
    const auto made = run(scratch_.checkout(), options, {}, nowhere.get());
    EXPECT_TRUE(made) << made.error().what();
    return made ? made->result : RunResult{};
  }
  static bool is_said(const CellRecord& cell, const std::string& reason) {
    return std::any_of(cell.warnings.begin(), cell.warnings.end(), [&](const std::string& each) {
      return each.find(reason) != std::string::npos;
    });
  }

  const ScratchCheckout scratch_;
};

TEST_F(RunGates, TryTwiceMoreBesideForeignLoadAndThenLetItStandWithIt) {
  const auto work = [](pid_t) { getppid(); };
  const Intruder first(true, work);
  const Intruder second(true, work);
  const RunResult result = run_with(1, "0.4");
  const CellRecord& cell = result.cells.at(0);
  EXPECT_EQ(cell.rejected, 2);
  EXPECT_EQ(cell.trials, 1);
  EXPECT_TRUE(cell.rate) << cell.missing;
  EXPECT_TRUE(is_said(cell, "1 of 1 trials: foreign load: other programs used more than 2 %"));
  ASSERT_TRUE(result.trials.back().conditions);
  EXPECT_GT(result.trials.back().conditions->foreign_cores.value_or(0), 0.1);
}

TEST_F(RunGates, TakeNoFigureOfAClientThatStoodStill) {
  const Intruder stopper(false, [](pid_t laboratory) {
    kill(laboratory, SIGSTOP);
    usleep(250'000);
    kill(laboratory, SIGCONT);
    usleep(100'000);
  });
  const RunResult result = run_with(1, "0.8");
  const CellRecord& cell = result.cells.at(0);
  EXPECT_FALSE(cell.rate);
  EXPECT_EQ(cell.rejected, 2);
  EXPECT_TRUE(is_said(cell, "the client stood still"));
}

TEST_F(RunGates, TakeNoFigureOfAProgramThatIsNotTheOneOfTheFirstTrial) {
  scratch_.write("baselines/reference/serve.sh", "echo '#' >> serve.sh; exec \"$@\"\n");
  scratch_.write(
      "baselines/reference/baseline.toml",
      ScratchCheckout::baseline(
          R"(["/bin/sh", "serve.sh", "{server}", "--host", "{host}", "--port", "{port}"])"));
  const RunResult result = run_with(2, "0.1");
  EXPECT_TRUE(is_said(result.cells.at(0), "the server's program is not the one"));
  EXPECT_FALSE(result.trials.back().valid);
  EXPECT_NE(result.trials.front().program_sha256, result.trials.back().program_sha256);
}

}  // namespace
}  // namespace assay::lab
