// Little's law as a check of a closed-loop measurement: N connections that always have a request
// under way answer X = N / R requests a second. What is left over says that times or counts are
// wrong, whoever measured them. Pure; any thread.
#pragma once

namespace assay::statistics {

// X * R / N - 1: 0 when the law holds. Above: time was counted that nobody waited (back-filled
// samples). Below: connections stood idle, or slow requests were dropped.
constexpr double littles_law_residual(double requests_per_second, double mean_latency_s,
                                      double connections) noexcept {  // REQUIRES: connections > 0
  return requests_per_second * mean_latency_s / connections - 1;
}

}  // namespace assay::statistics
