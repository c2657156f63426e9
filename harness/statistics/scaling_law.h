// How throughput grows with workers, as two laws have it, and the fit of either. Pure; any thread.
//
// Gunther's universal scalability law: rate(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)).
// lambda is what one worker does alone, sigma the share of the work that only one does at a time
// (Amdahl's law, which has no kappa), kappa what each pair of workers costs by keeping in step.
//
// N / rate is a straight line in three unknowns, so the best fit is computed at once and needs no
// first guess. Its errors are relative, because noise is: a rate twice as high is twice as
// uncertain. sigma and kappa are never below 0: no law of these two makes work cheaper by adding
// workers.
#pragma once

#include <optional>
#include <span>

namespace assay::statistics {

struct ScalingLaw {
  double lambda = 0;
  double sigma = 0;
  double kappa = 0;
};

double rate_at(const ScalingLaw& law, double workers) noexcept;

// The number of workers beyond which more make it slower, never below 1: where (1 - sigma) / kappa
// is its square. Nothing when more never do: when kappa is 0, unless sigma is above 1.
std::optional<double> peak_workers(const ScalingLaw& law) noexcept;

struct Throughput {
  double workers = 1;
  double rate = 0;
};

enum class ScalingModel { amdahl, universal };

// Nothing when there are fewer different numbers of workers than unknowns (two, three), when one is
// below 1 or a rate is not positive, and when no lambda is above 0.
std::optional<ScalingLaw> fit(ScalingModel model, std::span<const Throughput> points);

// The same with sigma and kappa below 0 where the points say so. No law, but what blocks must be
// compared by: of a sigma of 0 half of them say less, and cutting those off leaves too large a
// mean.
std::optional<ScalingLaw> fit_unbounded(ScalingModel model, std::span<const Throughput> points);

}  // namespace assay::statistics
