#include "harness/statistics/scaling_law.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace assay::statistics {
namespace {

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

// What the least squares of 1 = x . (rate / N) (1, N - 1, N (N - 1)) need of the points; x is
// (1, sigma, kappa) / lambda.
struct Sums {
  Matrix squares{};
  Vector right{};
};

// Rates as multiples of `unit`, so that no sum is much larger or smaller than another.
Sums sums_of(std::span<const Throughput> points, double unit) {
  Sums sums;
  for (const auto& [workers, rate] : points) {
    const double weight = rate / unit / workers;
    const Vector row{weight, weight * (workers - 1), weight * workers * (workers - 1)};
    for (std::size_t i = 0; i < 3; ++i) {
      sums.right[i] += row[i];
      for (std::size_t j = 0; j < 3; ++j) sums.squares[i][j] += row[i] * row[j];
    }
  }
  return sums;
}

constexpr std::size_t sigma = 1;
constexpr std::size_t kappa = 2;

// The same with one unknown held at 0: an equation of its own, that says so.
Sums without(std::size_t unknown, Sums sums) {
  for (std::size_t i = 0; i < 3; ++i) sums.squares[i][unknown] = sums.squares[unknown][i] = 0;
  sums.squares[unknown][unknown] = 1;
  sums.right[unknown] = 0;
  return sums;
}

// The lower triangle whose square the matrix is (Cholesky).
Matrix root_of(const Matrix& squares) {
  Matrix root{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double rest = squares[i][j];
      for (std::size_t k = 0; k < j; ++k) rest -= root[i][k] * root[j][k];
      root[i][j] = i == j ? std::sqrt(rest) : rest / root[j][j];
    }
  }
  return root;
}

Vector solved(const Sums& sums) {
  const Matrix root = root_of(sums.squares);
  Vector x = sums.right;
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t k = 0; k < i; ++k) x[i] -= root[i][k] * x[k];
    x[i] /= root[i][i];
  }
  for (std::size_t i = 3; i-- > 0;) {
    for (std::size_t k = i + 1; k < 3; ++k) x[i] -= root[k][i] * x[k];
    x[i] /= root[i][i];
  }
  return x;
}

// By how much the squares of the errors are less than with no law at all.
double gain(const Sums& sums, const Vector& x) {
  return x[0] * sums.right[0] + x[1] * sums.right[1] + x[2] * sums.right[2];
}

bool has_lambda(const Vector& x) { return x[0] > 0 && std::isfinite((1 + x[1] + x[2]) / x[0]); }

ScalingLaw law_of(const Vector& x, double unit) { return {unit / x[0], x[1] / x[0], x[2] / x[0]}; }

double unit_of(std::span<const Throughput> points) {
  return points.front().rate / points.front().workers;
}

bool is_fit_for(ScalingModel model, std::span<const Throughput> points) {
  const std::size_t unknowns = model == ScalingModel::amdahl ? 2 : 3;
  std::array<double, 3> different{};
  std::size_t found = 0;
  for (const auto& [workers, rate] : points) {
    if (!std::isfinite(workers) || !std::isfinite(rate) || workers < 1 || rate <= 0) return false;
    const std::span known(different.data(), found);
    if (found < unknowns && std::find(known.begin(), known.end(), workers) == known.end()) {
      different[found++] = workers;
    }
  }
  return found == unknowns;
}

}  // namespace

double rate_at(const ScalingLaw& law, double workers) noexcept {
  return law.lambda * workers /
         (1 + law.sigma * (workers - 1) + law.kappa * workers * (workers - 1));
}

std::optional<double> peak_workers(const ScalingLaw& law) noexcept {
  if (law.sigma > 1) return 1;
  if (law.kappa <= 0) return std::nullopt;
  return std::sqrt(std::max(1.0, (1 - law.sigma) / law.kappa));
}

// The best with some unknowns at 0 is the best of all that are allowed when it gains the most.
std::optional<ScalingLaw> fit(ScalingModel model, std::span<const Throughput> points) {
  if (!is_fit_for(model, points)) return std::nullopt;
  Sums all = sums_of(points, unit_of(points));
  if (model == ScalingModel::amdahl) all = without(kappa, all);
  std::optional<ScalingLaw> best;
  double best_gain = 0;
  for (const Sums& sums :
       {all, without(sigma, all), without(kappa, all), without(sigma, without(kappa, all))}) {
    const Vector x = solved(sums);
    if (!has_lambda(x) || x[sigma] < 0 || x[kappa] < 0) continue;
    if (best && gain(sums, x) <= best_gain) continue;
    best_gain = gain(sums, x);
    best = law_of(x, unit_of(points));
  }
  return best;
}

std::optional<ScalingLaw> fit_unbounded(ScalingModel model, std::span<const Throughput> points) {
  if (!is_fit_for(model, points)) return std::nullopt;
  Sums sums = sums_of(points, unit_of(points));
  if (model == ScalingModel::amdahl) sums = without(kappa, sums);
  const Vector x = solved(sums);
  if (!has_lambda(x)) return std::nullopt;
  return law_of(x, unit_of(points));
}

}  // namespace assay::statistics
