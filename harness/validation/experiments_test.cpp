// The judge is judged: straight rulers and bent ones, on servers that keep their times exactly.
#include "harness/validation/experiments.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "harness/truth/fault.h"
#include "harness/validation/simulated_run.h"

namespace assay::validation {
namespace {

using load::nanoseconds;
using std::chrono::microseconds;
using std::chrono::milliseconds;

std::size_t count(const Checks& checks, Verdict verdict) {
  return static_cast<std::size_t>(std::count_if(
      checks.begin(), checks.end(), [&](const Check& check) { return check.verdict == verdict; }));
}

std::string listed(const Checks& checks) {
  std::string text;
  for (const Check& check : checks) {
    text += check.what + ": " + quantity(check.expected, check.unit) + " read as " +
            quantity(check.measured, check.unit) + ", " + std::string(words(check.verdict)) + "\n";
  }
  return text;
}

Checks judged_by(const Experiment& experiment, const Observation& seen) {
  return experiment.judge(seen, simulated_floor_run());
}

void expect_agreement(const std::vector<Experiment>& experiments) {
  for (const Experiment& experiment : experiments) {
    const Checks checks = judged_by(experiment, simulated(experiment));
    EXPECT_FALSE(checks.empty()) << experiment.on;
    EXPECT_EQ(count(checks, Verdict::agrees), checks.size()) << experiment.on << "\n"
                                                             << listed(checks);
  }
}

void expect_disagreement(const std::vector<Experiment>& experiments, const Ruler& ruler) {
  for (const Experiment& experiment : experiments) {
    Observation seen = simulated(experiment, ruler);
    EXPECT_GT(count(judged_by(experiment, seen), Verdict::disagrees), 0U)
        << experiment.on << "\n"
        << listed(judged_by(experiment, seen));
    // A machine that is busy, but by less than the ruler is wrong, is no excuse for it.
    seen.wakes = wakes_after(microseconds(20));
    EXPECT_GT(count(judged_by(experiment, seen), Verdict::disagrees), 0U)
        << "busy: " << experiment.on << "\n"
        << listed(judged_by(experiment, seen));
  }
}

// A twentieth too much, and never less than a fifth of a millisecond.
std::vector<nanoseconds> too_long(const Passage& passage) {
  return {passage.latency + std::max<nanoseconds>(passage.latency / 20, microseconds(200))};
}

// wrk's: a latency that is longer than usual stands for others that were never measured.
std::vector<nanoseconds> back_filling(const Passage& passage) {
  constexpr nanoseconds usual = milliseconds(4);
  std::vector<nanoseconds> written{passage.latency};
  for (nanoseconds missing = passage.latency - usual; missing > usual; missing -= usual) {
    written.push_back(missing);
  }
  return written;
}

// Who waits for a reply before asking again hardly asks a server that stands still.
Ruler from_the_send(nanoseconds own) {
  return [own](const Passage& passage) {
    return std::vector<nanoseconds>{std::min(passage.latency, own + simulated_floor)};
  };
}

// wrk2's: waits are rounded up to whole milliseconds.
std::vector<nanoseconds> by_the_millisecond(const Passage& passage) {
  return {passage.latency + microseconds(700)};
}

// Slow replies are given up, and forgotten.
std::vector<nanoseconds> forgetful(const Passage& passage) {
  if (passage.latency > milliseconds(40)) return {};
  return {passage.latency};
}

TEST(Experiments, AgreeWithAStraightRuler) {
  expect_agreement(constant_delay(Length::whole));
  expect_agreement(two_values(Length::brief));
  expect_agreement(two_values(Length::whole));
  expect_agreement(littles_law(Length::whole));
  expect_agreement(periodic_stall(Length::brief));
  expect_agreement(periodic_stall(Length::whole));
  expect_agreement(even_queue(Length::brief));
  expect_agreement(even_queue(Length::whole));
  expect_agreement(arrivals(Length::brief));
  expect_agreement(arrivals(Length::whole));
}

TEST(Experiments, AgreeWithAStraightRulerInEveryRandomQueue) {
  expect_agreement(random_queue(Length::brief));
  expect_agreement(random_queue(Length::whole));
}

// What is in every reading is in the floor too, and cancels out wherever the floor is added.
TEST(PlainFloor, GivesTheLeastThatAShareDoesNotExceed) {
  PlainFloor floor;
  EXPECT_EQ(floor.percentile(0.5), nanoseconds(0));
  for (int i = 1; i <= 10; ++i) floor.latencies.emplace_back(i);
  EXPECT_EQ(floor.percentile(0), nanoseconds(1));
  EXPECT_EQ(floor.percentile(0.5), nanoseconds(5));
  EXPECT_EQ(floor.percentile(0.9), nanoseconds(9));
  EXPECT_EQ(floor.percentile(0.91), nanoseconds(10));
}

TEST(Experiments, DisagreeWithARulerThatAddsTheSameToEverything) {
  const auto adding = [](nanoseconds more) {
    return
        [more](const Passage& passage) { return std::vector<nanoseconds>{passage.latency + more}; };
  };
  PlainFloor plain;
  plain.latencies.assign(100, simulated_floor);
  plain.wakes = wakes_after(nanoseconds(0));
  const Experiment at_once = floor_experiment(Length::brief);
  const auto found = [&](nanoseconds more) {
    return floor_checks(simulated(at_once, adding(more)), plain);
  };
  EXPECT_EQ(count(found(nanoseconds(0)), Verdict::agrees), 2U) << listed(found(nanoseconds(0)));
  EXPECT_EQ(count(found(microseconds(15)), Verdict::agrees), 2U);
  EXPECT_EQ(count(found(microseconds(25)), Verdict::disagrees), 2U);
  EXPECT_EQ(count(found(-microseconds(25)), Verdict::disagrees), 2U);
  Observation busy = simulated(at_once, adding(microseconds(100)));
  busy.wakes = wakes_after(microseconds(10));
  EXPECT_EQ(count(floor_checks(busy, plain), Verdict::disagrees), 2U);
  busy.wakes = wakes_after(microseconds(50));
  EXPECT_EQ(count(floor_checks(busy, plain), Verdict::not_judged), 2U);
}

TEST(Experiments, DisagreeWithARulerThatReadsTooMuch) {
  expect_disagreement(constant_delay(Length::brief), too_long);
  expect_disagreement(two_values(Length::brief), too_long);
  expect_disagreement(littles_law(Length::brief), too_long);
  expect_disagreement(periodic_stall(Length::brief), too_long);
  expect_disagreement(random_queue(Length::brief), too_long);
}

TEST(Experiments, DisagreeWithARulerThatFillsIn) {
  expect_disagreement(two_values(Length::brief), back_filling);
  expect_disagreement(periodic_stall(Length::brief), back_filling);
}

TEST(Experiments, DisagreeWithARulerThatReadsFromTheSend) {
  expect_disagreement(periodic_stall(Length::whole), from_the_send(microseconds(200)));
  expect_disagreement(random_queue(Length::brief), from_the_send(microseconds(500)));
}

TEST(Experiments, DisagreeWithARulerOfWholeMilliseconds) {
  expect_disagreement(constant_delay(Length::brief), by_the_millisecond);
}

TEST(Experiments, DisagreeWithARulerThatForgetsSlowReplies) {
  expect_disagreement(two_values(Length::brief), forgetful);
  expect_disagreement(periodic_stall(Length::whole), forgetful);
}

TEST(Experiments, SayNothingWhereTheServerWasItselfLate) {
  const Experiment experiment = constant_delay(Length::brief).front();
  Observation seen = simulated(experiment);
  seen.after.lateness_us = {1000, 300, 300, 300, 300, 300, 300};
  const Checks checks = judged_by(experiment, seen);
  EXPECT_EQ(count(checks, Verdict::not_judged), checks.size()) << listed(checks);
}

TEST(Experiments, SayNothingWhereTheMachineWasLateByAsMuchAsTheRuler) {
  const Experiment experiment = constant_delay(Length::brief).front();
  Observation seen = simulated(experiment, too_long);
  seen.wakes = wakes_after(microseconds(200));
  const Checks checks = judged_by(experiment, seen);
  EXPECT_EQ(count(checks, Verdict::not_judged), checks.size()) << listed(checks);
}

// Evenly, though it was to be Poisson; and a clock that runs a hundred-thousandth too slow.
TEST(Arrivals, DisagreeWithAnotherProcessAndWithAClockThatDrifts) {
  const auto experiments = arrivals(Length::brief);
  Observation even = simulated(experiments.at(0));
  Observation poisson = simulated(experiments.at(1));
  for (std::size_t i = 0; i < poisson.served.size(); ++i) {
    poisson.served[i].visit.arrival = poisson.started + i * milliseconds(2);
  }
  EXPECT_GT(count(judged_by(experiments.at(1), poisson), Verdict::disagrees), 1U);
  for (Served& served : even.served) {
    served.visit.arrival += (served.visit.arrival - even.started) / 100'000;
  }
  EXPECT_EQ(count(judged_by(experiments.at(0), even), Verdict::disagrees), 1U);
}

// What a client reads that counts each fault as what it is.
Observation counted(const Experiment& experiment) {
  using load::ErrorKind;
  using truth::Fate;
  Observation seen;
  const std::uint64_t requests = *experiment.job.requests;
  const auto fates =
      truth::fates_of_first(experiment.service.faults, experiment.service.seed, requests);
  load::Tally& tally = seen.summary.tally;
  tally.errors.add(ErrorKind::status, fates[Fate::error]);
  tally.errors.add(ErrorKind::reset, fates[Fate::reset]);
  tally.errors.add(ErrorKind::short_reply, fates[Fate::truncated]);
  tally.errors.add(ErrorKind::body, fates[Fate::wrong]);
  tally.errors.add(ErrorKind::timeout, fates[Fate::silent]);
  tally.requests = fates[Fate::right] + fates[Fate::slow];
  for (std::uint64_t i = 0; i < fates[Fate::slow]; ++i) tally.latency.record(milliseconds(31));
  seen.after.requests = requests;
  return seen;
}

TEST(Faults, AgreeWhenEachIsCountedAndDisagreeWhenOneIsNot) {
  for (const Experiment& experiment : faults(Length::brief)) {
    const Observation right = counted(experiment);
    EXPECT_EQ(count(judged_by(experiment, right), Verdict::agrees),
              judged_by(experiment, right).size())
        << listed(judged_by(experiment, right));
    Observation one_short = right;
    --one_short.summary.tally.requests;
    EXPECT_GT(count(judged_by(experiment, one_short), Verdict::disagrees), 0U);
    Observation one_dropped = right;
    one_dropped.wakes = wakes_after(milliseconds(1));
    ++one_dropped.after.requests;
    EXPECT_GT(count(judged_by(experiment, one_dropped), Verdict::disagrees), 0U);
  }
}

// An error that is taken for a right reply, as three known laboratories did.
TEST(Faults, DisagreeWithAClientThatTakesAnErrorForAReply) {
  const Experiment experiment = faults(Length::brief).front();
  Observation seen = counted(experiment);
  load::Tally& tally = seen.summary.tally;
  tally.requests += tally.errors[load::ErrorKind::status];
  tally.errors = {};
  EXPECT_GE(count(judged_by(experiment, seen), Verdict::disagrees), 2U);
}

}  // namespace
}  // namespace assay::validation
