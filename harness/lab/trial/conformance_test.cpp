#include "harness/lab/trial/conformance.h"

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

Baseline baseline_of(const std::string& name) {
  Baseline baseline;
  baseline.name = name;
  baseline.variant = "v";
  return baseline;
}

Workload workload_of(const std::string& name) {
  Workload workload;
  workload.name = name;
  return workload;
}

Conformance conformance_with(Answer answer, const std::string& words) {
  Conformance conformance;
  conformance.add(baseline_of("a"), {"", {{"json", answer, words}}});
  return conformance;
}

TEST(Conformance, LetsPairsBeTimedThatAnswerRightOrWereNotAsked) {
  const Conformance conformance = conformance_with(Answer::right, "");
  EXPECT_EQ(conformance.refusal(baseline_of("a"), workload_of("json")), "");
  EXPECT_EQ(conformance.refusal(baseline_of("b"), workload_of("json")), "");
}

TEST(Conformance, RefusesAWrongPairWithWhatIsWrong) {
  EXPECT_EQ(
      conformance_with(Answer::wrong, "status 500").refusal(baseline_of("a"), workload_of("json")),
      "status 500");
  EXPECT_EQ(conformance_with(Answer::known_wrong, "status 500")
                .refusal(baseline_of("a"), workload_of("json")),
            "a finding, not timed: status 500");
}

TEST(Conformance, LetsAFindingBeTimedThatIsWrongOnlySometimesAndSaysSo) {
  const Conformance conformance = conformance_with(Answer::sometimes_wrong, "one of 100: 500");
  EXPECT_EQ(conformance.refusal(baseline_of("a"), workload_of("json")), "");
  EXPECT_EQ(conformance.remark(baseline_of("a"), workload_of("json")),
            "a finding: one of 100: 500");
}

TEST(Conformance, RefusesAllOfABaselineThatCouldNotBeAsked) {
  Conformance conformance;
  conformance.add(baseline_of("a"), {"not ready within 60 s", {}});
  EXPECT_EQ(conformance.refusal(baseline_of("a"), workload_of("json")), "not ready within 60 s");
}

TEST(Conformance, RemarksOnOtherBytesWithoutRefusing) {
  const Conformance conformance = conformance_with(Answer::right, "591 bytes where 532");
  EXPECT_EQ(conformance.refusal(baseline_of("a"), workload_of("json")), "");
  EXPECT_EQ(conformance.remark(baseline_of("a"), workload_of("json")),
            "not the same bytes: 591 bytes where 532");
}

}  // namespace
}  // namespace assay::lab
