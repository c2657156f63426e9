// Latency by percentile as a small plot for a terminal: from the median to the last percentile that
// a hundred requests lie beyond, each further nine as wide as the one before. Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "harness/load/histogram/histogram.h"
#include "harness/load/text/glyphs.h"

namespace assay::load {

struct Curve {
  std::string_view name;  // written at its end when there are several; 11 letters at most
  const Histogram& histogram;
};

// Ten lines of 78 columns at most. The first curve is drawn through, others are dotted. Latency
// grows evenly from 0 upwards, or by factors where the tail is more than ten times the median.
// Nothing when the first has fewer than a thousand latencies: then p90 is all there is.
// REQUIRES: one or two curves
std::string percentile_plot(std::span<const Curve> curves, Glyphs glyphs);

}  // namespace assay::load
