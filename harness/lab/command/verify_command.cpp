#include "harness/lab/command/verify_command.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/lab/checkout.h"
#include "harness/lab/exit_status.h"
#include "harness/lab/host/host_lock.h"
#include "harness/lab/plan/catalogue.h"
#include "harness/lab/plan/plan.h"
#include "harness/lab/trial/verification.h"
#include "harness/load/command/interrupt.h"

namespace assay::lab {
namespace {

struct VerifyOptions {
  std::vector<std::string> baselines;
  std::vector<std::string> workloads;
  VerificationSettings settings;
};

// How many pairs there are of each answer, and of servers that could not be asked.
struct Counts {
  std::map<Answer, int> answers;
  int unasked = 0;
};

std::string_view mark(Answer answer) {
  switch (answer) {
    case Answer::right: return "note";
    case Answer::wrong: return "WRONG";
    case Answer::known_wrong:
    case Answer::sometimes_wrong: return "finding";
    case Answer::not_wrong: return "WRONG";
  }
  return {};
}

void print(const Baseline& baseline, const Verification& verification, Counts& counts) {
  if (!verification.reason.empty()) {
    ++counts.unasked;
    fmt::print("{:<31} WRONG  {}\n", baseline.label(), verification.reason);
    return;
  }
  const auto right =
      std::count_if(verification.workloads.begin(), verification.workloads.end(),
                    [](const Verified& verified) { return verified.answer == Answer::right; });
  fmt::print("{:<31} {} of {} workloads good\n", baseline.label(), right,
             verification.workloads.size());
  for (const Verified& verified : verification.workloads) {
    ++counts.answers[verified.answer];
    if (verified.words.empty()) continue;
    fmt::print("    {:<8}{:<22} {}\n", mark(verified.answer), verified.workload, verified.words);
  }
}

// Which baseline is asked now: some are for half a minute. A line that is written over.
void show(const std::string& text) {
  if (isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\r\x1b[K{}", text);
}

Result<std::vector<const Workload*>> chosen_workloads(const Catalogue& catalogue,
                                                      const std::vector<std::string>& names) {
  std::vector<const Workload*> chosen;
  for (const std::string& name : names) {
    const auto named = named_workloads(catalogue.workloads, name);
    if (!named) return named.error();
    chosen.insert(chosen.end(), named->begin(), named->end());
  }
  if (names.empty()) {
    for (const Workload& workload : catalogue.workloads) chosen.push_back(&workload);
  }
  return chosen;
}

Counts verify_all(const std::vector<const Baseline*>& baselines,
                  const std::vector<const Workload*>& workloads,
                  const VerificationSettings& settings) {
  load::Stop stop;
  const load::Interrupt interrupt(stop);
  Counts counts;
  for (const Baseline* baseline : baselines) {
    if (stop.requested()) break;
    if (!baseline->unavailable().empty()) {
      fmt::print("{:<31} -  {}\n", baseline->label(), baseline->unavailable());
      continue;
    }
    show(fmt::format("asking {} ...", baseline->label()));
    const Verification verification = verify(*baseline, workloads, settings, stop);
    show("");
    if (stop.requested()) break;
    print(*baseline, verification, counts);
    std::fflush(stdout);
  }
  if (stop.requested()) {
    ++counts.unasked;
    fmt::print(stderr, "cut short\n");
  }
  return counts;
}

int verify_command(VerifyOptions options) {
  const auto checkout = Checkout::here();
  if (!checkout) return say(checkout.error());
  const auto catalogue = read_catalogue(*checkout);
  if (!catalogue) return say(catalogue.error());
  const auto baselines = catalogue->chosen(options.baselines);
  if (!baselines) return say(baselines.error());
  const auto workloads = chosen_workloads(*catalogue, options.workloads);
  if (!workloads) return say(workloads.error());
  const auto lock = HostLock::take();
  if (!lock) return say(lock.error());
  std::filesystem::create_directories(checkout->logs());
  options.settings.server = checkout->server();
  options.settings.log = checkout->logs() / "server-under-test.log";
  Counts counts = verify_all(*baselines, *workloads, options.settings);
  const int wrong = counts.answers[Answer::wrong] + counts.answers[Answer::not_wrong];
  fmt::print("{} pairs good, {} wrong, {} known findings, {} servers that could not be asked\n",
             counts.answers[Answer::right], wrong,
             counts.answers[Answer::known_wrong] + counts.answers[Answer::sometimes_wrong],
             counts.unasked);
  return counts.answers[Answer::right] > 0 && wrong == 0 && counts.unasked == 0 ? good
                                                                                : answer_is_no;
}

constexpr auto verify_help = R"(Does every baseline give every workload's reply?

  assay verify                         all of them; minutes
  assay verify karak fastapi@tuned     these only
  assay verify go --workload echo      one workload, in all its variants

Each workload is asked as it stands, then 100 times with other numbers in it, 16 at a
time; a server that keeps something is started twice, and must begin where it began.
JSON that is equal in other bytes is good, with a note where they differ by over 1 %.

Exit status 0: all are good; 1: one is wrong, or could not be asked.
)";

}  // namespace

void add_verify_command(CLI::App& app, int& exit_status) {
  // Shared with the callback, which CLI11 calls after this function has returned.
  const auto options = std::make_shared<VerifyOptions>();
  CLI::App* verify = app.add_subcommand("verify", verify_help);
  verify->add_option("baselines", options->baselines,
                     "Only these, such as karak or karak@workers-4");
  verify->add_option("--workload", options->workloads, "Only these, such as echo or echo@sent-70");
  verify->add_option("--seed", options->settings.seed, "Of the numbers that are drawn")
      ->capture_default_str();
  verify->callback([=, &exit_status] { exit_status = verify_command(*options); });
}

}  // namespace assay::lab
