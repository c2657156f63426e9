#include "harness/validation/proof.h"

#include <gtest/gtest.h>

namespace assay::validation {
namespace {

Proof small_proof() {
  Proof proof;
  proof.date = "2026-11-22T02:00:00Z";
  proof.machine = "2 cores";
  proof.checks = {
      {"T4", "stands still", "p99", Unit::seconds, 0.181, 0.1815, 0.00362, Verdict::agrees, ""},
      {"T8", "faults", "status 500", Unit::count, 20, 19, 0, Verdict::disagrees, ""},
      {"T1", "at once", "p50", Unit::seconds, 60e-6, 99e-6, 20e-6, Verdict::not_judged,
       "the machine was busy"}};
  proof.clients = {{"two values", "truth", {2.9e-3, 2e-3, 2e-3, 50e-3}, ""},
                   {"two values", "wrk 4.1.0", {7.64e-3, 2.16e-3, 27.2e-3, 50.1e-3}, ""},
                   {"two values", "oha", {}, "not installed"}};
  return proof;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

TEST(Proof, SaysOfEachFigureWhatWasExpectedReadAndConcluded) {
  const std::string page = markdown(small_proof());
  EXPECT_TRUE(has(page, "| p99 | 181.00 ms | 181.50 ms | +-3.62 ms | agrees |")) << page;
  EXPECT_TRUE(has(page, "| status 500 | 20 | 19 | exact | DISAGREES |")) << page;
  EXPECT_TRUE(
      has(page, "| p50 | 60.0 us | 99.0 us | +-20.0 us | not judged: the machine was busy |"))
      << page;
}

TEST(Proof, SaysByWhichFactorAClientIsOffAndWhyOneIsMissing) {
  const std::string page = markdown(small_proof());
  EXPECT_TRUE(has(page, "| wrk 4.1.0 | 7.64 ms (2.6 x) | 2.16 ms | 27.20 ms (14 x) | 50.10 ms |"))
      << page;
  EXPECT_TRUE(has(page, "| oha | - | - | - | not installed |")) << page;
}

TEST(Proof, CountsItsVerdicts) {
  EXPECT_EQ(closing(small_proof()),
            "3 figures: 1 agree, 1 disagree, 1 not judged; 0 s\n"
            "The ruler is NOT straight: look at what disagrees.\n");
  EXPECT_TRUE(has(text(small_proof()), "DISAGREES"));
}

TEST(Proof, SaysOfWhichTryAReadingIsAndThatNobodySlept) {
  Proof proof = small_proof();
  proof.is_awake = true;
  proof.checks.front().at_try = 2;
  const std::string page = markdown(proof);
  proof.checks.front().disagreed = 1;
  EXPECT_TRUE(has(page, "+-3.62 ms | agrees (try 2) |")) << page;
  EXPECT_TRUE(has(markdown(proof), "| agrees (try 2), after 1 that disagreed |"));
  EXPECT_TRUE(has(page, "1 not judged; 0 s, server and client awake\n")) << page;
}

Check check_of(const char* test, Verdict verdict) {
  return {test, "", "p50", Unit::seconds, 1, 1, 1, verdict, ""};
}

TEST(Proof, ShowsNothingOfATestOfWhichLittleWasJudged) {
  Proof proof;
  EXPECT_EQ(answer(proof), Answer::not_shown);  // nothing was asked
  proof.checks = {check_of("T1", Verdict::agrees), check_of("T1", Verdict::not_judged),
                  check_of("T2", Verdict::agrees)};
  EXPECT_EQ(answer(proof), Answer::straight);
  proof.checks.push_back(check_of("T1", Verdict::not_judged));
  EXPECT_EQ(answer(proof), Answer::not_shown);
  EXPECT_TRUE(has(closing(proof),
                  "NOT SHOWN: nothing disagrees, but fewer than half of the figures "
                  "could be judged here of T1 (1 of 3). Ask"))
      << closing(proof);
  proof.checks.push_back(check_of("T2", Verdict::disagrees));
  EXPECT_EQ(answer(proof), Answer::bent);
}

}  // namespace
}  // namespace assay::validation
