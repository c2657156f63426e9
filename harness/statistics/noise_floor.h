// How far apart two copies of the same program lie on a host, and so from where an effect counts.
// Pure; any thread.
//
// Every run enters one baseline twice (A/A). The ratio of the two is 1 but for what the host does
// to them, and no comparison of that host is believed below it.
#pragma once

#include <optional>
#include <span>

#include "harness/statistics/comparison.h"

namespace assay::statistics {

// Of the distances of the twins' ratios from 1, alike in both directions: 0.02 stands for 1.02 and
// 1 / 1.02.
struct NoiseFloor {
  double median = 0;
  double p95 = 0;
};

// One ratio for each workload and load that the twins ran. Nothing without a ratio, or when one is
// not positive and finite.
std::optional<NoiseFloor> noise_floor(std::span<const double> twin_ratios);

// Twice the median distance, and never less than `default_floor`: what `compared` takes.
double verdict_floor(const std::optional<NoiseFloor>& noise) noexcept;

}  // namespace assay::statistics
