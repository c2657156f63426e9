// How far apart two distributions are: the largest difference of the shares that lie at or below
// one value (Kolmogorov and Smirnov). Pure; any thread.
#pragma once

#include <functional>
#include <span>

namespace assay::statistics {

// A value and how often it was seen, so that a histogram is a sample too.
struct Counted {
  double value = 0;
  double count = 1;
};

// Of a sample, by value, from a distribution. `slack`: how far off its place every value may be,
// so that a step of the distribution need not be met to the last digit. REQUIRES: counts above 0
double kolmogorov_distance(std::span<const Counted> sample,
                           const std::function<double(double)>& share_up_to, double slack = 0);

// Of two samples, each by value. REQUIRES: counts above 0
double kolmogorov_distance(std::span<const Counted> one, std::span<const Counted> other);

// Which distance only one in a thousand samples of so many independent values exceeds, whatever
// continuous distribution they come from. For a hundred values or more.
double kolmogorov_bound(double values) noexcept;

}  // namespace assay::statistics
