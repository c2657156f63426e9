// What is known, before anything is timed, of how baselines answer workloads. Filled by `verify`;
// plain data after that.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "harness/lab/plan/plan.h"
#include "harness/lab/trial/verification.h"

namespace assay::lab {

class Conformance {
 public:
  void add(const Baseline& baseline, const Verification& verification);

  // Why the pair must not be timed; empty: it may be.
  std::string refusal(const Baseline& baseline, const Workload& workload) const;
  // What a reader of its figures must know of its replies; empty: nothing.
  std::string remark(const Baseline& baseline, const Workload& workload) const;

  const std::map<std::string, Facts>& facts() const { return facts_; }  // by label

 private:
  std::map<std::string, std::string> unasked_;  // by label: why
  std::map<std::string, Facts> facts_;
  std::map<std::pair<std::string, std::string>, Verified> answers_;
};

// Verifies each baseline of the cells that can run here, with the workloads that it has in them.
// `begins` is told before each. A server that could not be asked is started a second time.
Conformance conformance_of(const std::vector<Cell>& cells, const VerificationSettings& settings,
                           const load::Stop& stop,
                           const std::function<void(const Baseline&)>& begins);

}  // namespace assay::lab
