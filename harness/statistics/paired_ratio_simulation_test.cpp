// What a comparison promises, tried on trials whose truth is known: how often its interval holds
// it, how often two copies of one program are told apart, and how small a difference it finds.
// Seeded, and with rounds enough that the shares' own error is a fraction of the margins.
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "harness/statistics/comparison.h"
#include "harness/statistics/mann_whitney.h"
#include "harness/statistics/noise_floor.h"
#include "harness/statistics/paired_ratio.h"
#include "harness/statistics/simulated_noise.h"

namespace assay::statistics {
namespace {

struct Sides {
  std::vector<double> ours;
  std::vector<double> theirs;
};

// Ours is `ratio` times as fast. `drift`: how far apart blocks lie, for both sides alike.
Sides sides(SimulatedNoise& noise, NoiseLaw law, double cv, std::size_t blocks, double ratio,
            double drift) {
  Sides made;
  for (std::size_t block = 0; block < blocks; ++block) {
    const double host = std::exp(drift * noise.normal());
    made.ours.push_back(1000 * ratio * host * std::exp(noise.draw(law, cv)));
    made.theirs.push_back(1000 * host * std::exp(noise.draw(law, cv)));
  }
  return made;
}

TEST(PairedRatio, HoldsTheTruthInNinetyFiveOfAHundredCases) {
  for (const NoiseLaw law : {NoiseLaw::log_normal, NoiseLaw::spoiled, NoiseLaw::skewed}) {
    for (const std::size_t blocks : {8U, 10U, 15U}) {
      SimulatedNoise noise(2026);
      int held = 0;
      for (int round = 0; round < 6000; ++round) {
        const auto [ours, theirs] = sides(noise, law, 0.05, blocks, 1.2, 0.1);
        const auto ratio = paired_ratio(ours, theirs);
        if (ratio && ratio->low <= 1.2 && 1.2 <= ratio->high) ++held;
      }
      EXPECT_GE(held / 6000.0, 0.93) << "law " << static_cast<int>(law) << ", " << blocks;
      EXPECT_LE(held / 6000.0, 0.97) << "law " << static_cast<int>(law) << ", " << blocks;
    }
  }
}

// A run with three workloads, each with twins: the floor comes from those, the comparison is of two
// other copies.
bool is_told_apart(SimulatedNoise& noise, NoiseLaw law, double cv, std::size_t blocks) {
  std::vector<double> twins;
  for (int workload = 0; workload < 3; ++workload) {
    const auto [one, other] = sides(noise, law, cv, blocks, 1, 0.05);
    twins.push_back(paired_ratio(one, other)->median);
  }
  const auto [ours, theirs] = sides(noise, law, cv, blocks, 1, 0.05);
  const auto verdict = compared(paired_ratio(ours, theirs), verdict_floor(noise_floor(twins)));
  return verdict != Comparison::tie;
}

TEST(Comparison, TellsTwoCopiesOfAProgramApartInFiveOfAHundredCasesAtMost) {
  for (const NoiseLaw law : {NoiseLaw::log_normal, NoiseLaw::spoiled}) {
    for (const double cv : {0.02, 0.05, 0.1}) {
      for (const std::size_t blocks : {8U, 10U, 15U}) {
        SimulatedNoise noise(2027);
        int apart = 0;
        for (int round = 0; round < 4000; ++round) apart += is_told_apart(noise, law, cv, blocks);
        EXPECT_LE(apart / 4000.0, 0.05)
            << "law " << static_cast<int>(law) << ", cv " << cv << ", " << blocks << " blocks";
      }
    }
  }
}

// How often a difference of so many coefficients of variation (5 %) gives a verdict. Blocks drift
// three times as far.
double share_found(std::size_t blocks, double times_cv) {
  const double ratio = std::exp(times_cv * std::sqrt(std::log1p(0.0025)));
  SimulatedNoise noise(2028);
  int found = 0;
  for (int round = 0; round < 8000; ++round) {
    const auto [ours, theirs] = sides(noise, NoiseLaw::log_normal, 0.05, blocks, ratio, 0.15);
    found += compared(paired_ratio(ours, theirs)) == Comparison::faster ? 1 : 0;
  }
  return found / 8000.0;
}

TEST(PairedRatio, FindsADifferenceOfAboutTheNoiseInFourOfFiveCasesHoweverBlocksDrift) {
  EXPECT_GE(share_found(8, 1.7), 0.8);
  EXPECT_GE(share_found(10, 1.5), 0.8);
  EXPECT_GE(share_found(15, 1.2), 0.8);
  EXPECT_GE(share_found(20, 1.0), 0.8);
}

double share_found_unpaired(std::size_t trials, double times_cv, double drift) {
  const double ratio = std::exp(times_cv * std::sqrt(std::log1p(0.0025)));
  SimulatedNoise noise(2029);
  int found = 0;
  for (int round = 0; round < 4000; ++round) {
    const auto [ours, theirs] = sides(noise, NoiseLaw::log_normal, 0.05, trials, ratio, drift);
    found += mann_whitney(ours, theirs)->p < 0.05 ? 1 : 0;
  }
  return found / 4000.0;
}

TEST(MannWhitney, FindsALittleMoreOnAHostThatNeverDrifts) {
  EXPECT_GE(share_found_unpaired(5, 2.4, 0), 0.8);
  EXPECT_GE(share_found_unpaired(8, 1.6, 0), 0.8);
  EXPECT_GE(share_found_unpaired(10, 1.45, 0), 0.8);
}

TEST(MannWhitney, FindsNextToNothingOnAHostThatDrifts) {
  EXPECT_LE(share_found_unpaired(10, 1.5, 0.15), 0.2);
}

}  // namespace
}  // namespace assay::statistics
