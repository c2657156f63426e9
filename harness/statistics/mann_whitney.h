// Do two samples that are not paired lie apart, by their ranks alone (Mann and Whitney 1947). Two
// sided. Pure; any thread. A second opinion: verdicts come from `paired_ratio`.
//
// Up to 80 values in all, p is counted out: of all ways to deal the same values to the two sides,
// the share that is as far out, ties and all (equal values share the mean of their ranks). Twice
// the smaller side, because with ties the two differ; 1 ms for 30 beside 30. Above 80 values it is
// from the normal distribution, with the corrections for ties and for steps, and the type says so.
#pragma once

#include <optional>
#include <span>

namespace assay::statistics {

struct MannWhitney {
  enum class Method { exact, normal };
  double u = 0;  // how many of all pairs ours is above theirs in; equal ones count half
  double p = 1;
  Method method = Method::exact;
};

// Nothing when a side is empty or a value is not finite.
std::optional<MannWhitney> mann_whitney(std::span<const double> ours,
                                        std::span<const double> theirs);

}  // namespace assay::statistics
