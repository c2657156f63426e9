#include "harness/lab/trial/conformance.h"

#include <algorithm>
#include <filesystem>

#include "harness/lab/trial/server_log.h"

namespace assay::lab {
namespace {

// The workloads of the cells, by their baseline, each once and in the cells' order.
std::map<const Baseline*, std::vector<const Workload*>> asked_of(const std::vector<Cell>& cells) {
  std::map<const Baseline*, std::vector<const Workload*>> asked;
  for (const Cell& cell : cells) {
    if (!cell.baseline->unavailable().empty()) continue;
    if (!lacking_reason(*cell.baseline, *cell.workload).empty()) continue;
    auto& workloads = asked[cell.baseline];
    const bool is_known =
        std::find(workloads.begin(), workloads.end(), cell.workload) != workloads.end();
    if (!is_known) workloads.push_back(cell.workload);
  }
  return asked;
}

bool is_timed(Answer answer) {
  return answer == Answer::right || answer == Answer::sometimes_wrong;
}

// What a server said that could not be asked, or was wrong, is kept; the rest goes.
void settle_log(const std::filesystem::path& log, const Baseline& baseline,
                const Verification& verification) {
  const bool is_wrong =
      std::any_of(verification.workloads.begin(), verification.workloads.end(),
                  [](const Verified& verified) { return verified.answer == Answer::wrong; });
  if (verification.reason.empty() && !is_wrong) {
    drop_log(log);
  } else {
    keep_log(log, "verify-" + baseline.label() + ".log");
  }
}

}  // namespace

void Conformance::add(const Baseline& baseline, const Verification& verification) {
  if (!verification.reason.empty()) unasked_[baseline.label()] = verification.reason;
  if (verification.facts) facts_[baseline.label()] = *verification.facts;
  for (const Verified& verified : verification.workloads) {
    answers_[{baseline.label(), verified.workload}] = verified;
  }
}

std::string Conformance::refusal(const Baseline& baseline, const Workload& workload) const {
  const auto unasked = unasked_.find(baseline.label());
  if (unasked != unasked_.end()) return unasked->second;
  const auto answer = answers_.find({baseline.label(), workload.name});
  if (answer == answers_.end() || is_timed(answer->second.answer)) return {};
  const bool is_finding = answer->second.answer == Answer::known_wrong;
  return (is_finding ? "a finding, not timed: " : "") + answer->second.words;
}

std::string Conformance::remark(const Baseline& baseline, const Workload& workload) const {
  const auto answer = answers_.find({baseline.label(), workload.name});
  if (answer == answers_.end() || !is_timed(answer->second.answer)) return {};
  if (answer->second.words.empty()) return {};
  const bool is_finding = answer->second.answer == Answer::sometimes_wrong;
  return (is_finding ? "a finding: " : "not the same bytes: ") + answer->second.words;
}

Conformance conformance_of(const std::vector<Cell>& cells, const VerificationSettings& settings,
                           const load::Stop& stop,
                           const std::function<void(const Baseline&)>& begins) {
  Conformance conformance;
  for (const auto& [baseline, workloads] : asked_of(cells)) {
    if (stop.requested()) break;
    begins(*baseline);
    Verification verification = verify(*baseline, workloads, settings, stop);
    if (!verification.reason.empty() && !stop.requested()) {
      verification = verify(*baseline, workloads, settings, stop);
    }
    settle_log(settings.log, *baseline, verification);
    conformance.add(*baseline, verification);
  }
  return conformance;
}

}  // namespace assay::lab
