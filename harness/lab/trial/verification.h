// Does a baseline answer each workload as all must? Asked of a started server before anything is
// timed: every request of the workload, then a hundred with other numbers in them, sixteen at a
// time. One that keeps something is then started twice more, and must begin twice alike.
//
// Workloads of one server are asked in their order: what takes away stands behind what looks it up.
//
// Blocks while it asks, seconds; starts threads and ends them.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/lab/plan/baseline.h"
#include "harness/lab/plan/workload.h"
#include "harness/lab/trial/facts.h"
#include "harness/load/stop.h"

namespace assay::lab {

enum class Answer {
  right,
  wrong,            // `words` says how, with both replies
  known_wrong,      // as a finding of the baseline says: it is shown, and not timed
  sometimes_wrong,  // a finding too, but right when asked alone: timed, its errors counted
  not_wrong,        // a finding that is none any more
};

struct Verified {
  std::string workload;
  Answer answer = Answer::right;
  std::string words;  // of a right one: how its bytes differ, where they do by over 1 %; else empty
};

struct Verification {
  std::string reason;  // why the server could not be asked; empty when it could
  std::vector<Verified> workloads;
  std::optional<Facts> facts = {};  // what the server said of itself
};

struct VerificationSettings {
  std::filesystem::path server;  // assay-server
  std::filesystem::path log;     // of the server under test
  std::uint64_t seed = 1;        // of the numbers that are drawn
  int requests = 100;
};

// Of those workloads that the baseline runs.
Verification verify(const Baseline& baseline, const std::vector<const Workload*>& workloads,
                    const VerificationSettings& settings, const load::Stop& stop);

// Whether the baseline has this workload at all; why not, else.
std::string lacking_reason(const Baseline& baseline, const Workload& workload);

}  // namespace assay::lab
