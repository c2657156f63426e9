// Trials as a host might give them, for the tests that simulate: what noise does to the logarithm
// of a rate. Seeded, the same everywhere; one thread at a time.
#pragma once

#include <cmath>
#include <numbers>

#include "harness/statistics/random_stream.h"

namespace assay::statistics {

enum class NoiseLaw {
  log_normal,   // a quiet host
  spoiled,      // the same, and one trial in ten loses 10 to 40 % to a neighbour
  long_tailed,  // double exponential
  skewed,       // exponential: never much faster, at times much slower
};

class SimulatedNoise {
 public:
  explicit SimulatedNoise(std::uint64_t seed) : random_(seed) {}

  double even() { return (random_.below(1U << 30U) + 0.5) / (1U << 30U); }  // in (0, 1)

  double normal() {  // Box and Muller 1958
    const double radius = std::sqrt(-2 * std::log(even()));
    return radius * std::cos(2 * std::numbers::pi * even());
  }

  // What one trial's logarithm is off by, at a coefficient of variation of `cv` (of a quiet host).
  double draw(NoiseLaw law, double cv) {
    const double deviation = std::sqrt(std::log1p(cv * cv));
    switch (law) {
      case NoiseLaw::log_normal: return deviation * normal();
      case NoiseLaw::spoiled:
        return deviation * normal() + (even() < 0.1 ? std::log(0.6 + 0.3 * even()) : 0);
      case NoiseLaw::long_tailed: {
        const double size = -std::log(even()) * deviation / std::numbers::sqrt2;
        return even() < 0.5 ? -size : size;
      }
      case NoiseLaw::skewed: return deviation * (1 + std::log(even()));
    }
    return 0;
  }

 private:
  RandomStream random_;
};

}  // namespace assay::statistics
