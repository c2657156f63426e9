#include "harness/validation/proof.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace assay::validation {
namespace {

constexpr double far_off = 0.1;  // of the truth: then the factor is given too

std::string tolerance_text(const Check& check) {
  return check.tolerance == 0 ? "exact" : "+-" + quantity(check.tolerance, check.unit);
}

std::string verdict_text(const Check& check) {
  std::string text(words(check.verdict));
  if (check.at_try > 1) text += fmt::format(" (try {})", check.at_try);
  const bool is_outvoted = check.disagreed > 0 && check.verdict == Verdict::agrees;
  if (is_outvoted) text += fmt::format(", after {} that disagreed", check.disagreed);
  return check.reason.empty() ? text : text + ": " + check.reason;
}

std::string reading_text(const std::optional<double>& value, const std::optional<double>& truth) {
  if (!value) return "-";
  std::string text = quantity(*value, Unit::seconds);
  if (truth && std::abs(*value / *truth - 1) > far_off) {
    text += fmt::format(" ({:.2g} x)", *value / *truth);
  }
  return text;
}

const ClientRow& truth_of(const Proof& proof, const ClientRow& row) {
  const auto is_same = [&](const ClientRow& each) { return each.law == row.law; };
  return *std::find_if(proof.clients.begin(), proof.clients.end(), is_same);
}

struct Cells {
  std::string client, mean, p50, p90, p99;
};

Cells cells_of(const Proof& proof, const ClientRow& row) {
  if (!row.missing.empty()) return {row.client, "-", "-", "-", row.missing};
  const Reading& truth = truth_of(proof, row).reading;
  return {row.client, reading_text(row.reading.mean, truth.mean),
          reading_text(row.reading.p50, truth.p50), reading_text(row.reading.p90, truth.p90),
          reading_text(row.reading.p99, truth.p99)};
}

std::string clients_text(const Proof& proof) {
  std::string text;
  std::string law;
  for (const ClientRow& row : proof.clients) {
    if (row.law != law) {
      text += fmt::format("\nT10  {}\n  {:<22}{:<20}{:<20}{:<20}{}\n", row.law, "", "mean", "p50",
                          "p90", "p99");
    }
    law = row.law;
    const Cells cells = cells_of(proof, row);
    text += fmt::format("  {:<22}{:<20}{:<20}{:<20}{}\n", cells.client, cells.mean, cells.p50,
                        cells.p90, cells.p99);
  }
  return text;
}

std::string clients_markdown(const Proof& proof) {
  std::string text;
  std::string law;
  for (const ClientRow& row : proof.clients) {
    if (row.law != law) {
      text += fmt::format("\n## T10: {}\n\n| client | mean | p50 | p90 | p99 |\n", row.law);
      text += "|---|---|---|---|---|\n";
    }
    law = row.law;
    const Cells cells = cells_of(proof, row);
    text += fmt::format("| {} | {} | {} | {} | {} |\n", cells.client, cells.mean, cells.p50,
                        cells.p90, cells.p99);
  }
  return text;
}

std::string answer_text(const Proof& proof) {
  switch (answer(proof)) {
    case Answer::straight: return "The ruler is straight, as far as these tests can tell.";
    case Answer::bent: return "The ruler is NOT straight: look at what disagrees.";
    case Answer::not_shown: break;
  }
  std::string tests;
  for (const auto& [test, judged, of] : hardly_judged(proof)) {
    tests += fmt::format("{}{} ({} of {})", tests.empty() ? "" : ", ", test, judged, of);
  }
  return fmt::format(
      "NOT SHOWN: nothing disagrees, but fewer than half of the figures could be judged here of "
      "{}. "
      "Ask a machine with two idle cores.",
      tests);
}

}  // namespace

std::size_t Proof::count(Verdict verdict) const {
  const auto has = [&](const Check& check) { return check.verdict == verdict; };
  return static_cast<std::size_t>(std::count_if(checks.begin(), checks.end(), has));
}

std::vector<HardlyJudged> hardly_judged(const Proof& proof) {
  std::vector<HardlyJudged> tests;
  for (const Check& check : proof.checks) {
    const auto is_it = [&](const HardlyJudged& each) { return each.test == check.test; };
    auto found = std::find_if(tests.begin(), tests.end(), is_it);
    if (found == tests.end()) found = tests.insert(tests.end(), {check.test, 0, 0});
    ++found->of;
    if (check.verdict != Verdict::not_judged) ++found->judged;
  }
  std::erase_if(tests, [](const HardlyJudged& each) { return 2 * each.judged >= each.of; });
  return tests;
}

Answer answer(const Proof& proof) {
  if (proof.count(Verdict::disagrees) > 0) return Answer::bent;
  const bool is_shown = !proof.checks.empty() && hardly_judged(proof).empty();
  return is_shown ? Answer::straight : Answer::not_shown;
}

std::string closing(const Proof& proof) {
  return fmt::format("{} figures: {} agree, {} disagree, {} not judged; {:.0f} s{}\n{}\n",
                     proof.checks.size(), proof.count(Verdict::agrees),
                     proof.count(Verdict::disagrees), proof.count(Verdict::not_judged),
                     proof.seconds, proof.is_awake ? ", server and client awake" : "",
                     answer_text(proof));
}

std::string text(const Proof& proof) {
  std::string text;
  std::string on;
  for (const Check& check : proof.checks) {
    if (check.on != on) {
      text += fmt::format("\n{:<6}{}\n  {:<28}{:>14}{:>14}{:>14}  {}\n", check.test, check.on, "",
                          "expected", "measured", "tolerance", "verdict");
    }
    on = check.on;
    text += fmt::format("  {:<28}{:>14}{:>14}{:>14}  {}\n", check.what,
                        quantity(check.expected, check.unit), quantity(check.measured, check.unit),
                        tolerance_text(check), verdict_text(check));
  }
  return text + clients_text(proof) + "\n" + closing(proof);
}

std::string markdown(const Proof& proof) {
  std::string text = fmt::format("# Is the ruler straight?\n\n{}, {}. {}", proof.date,
                                 proof.machine, closing(proof));
  std::string on;
  for (const Check& check : proof.checks) {
    if (check.on != on) {
      text += fmt::format("\n## {}: {}\n\n", check.test, check.on);
      text += "| figure | expected | measured | tolerance | verdict |\n|---|---|---|---|---|\n";
    }
    on = check.on;
    text += fmt::format("| {} | {} | {} | {} | {} |\n", check.what,
                        quantity(check.expected, check.unit), quantity(check.measured, check.unit),
                        tolerance_text(check), verdict_text(check));
  }
  return text + clients_markdown(proof);
}

}  // namespace assay::validation
