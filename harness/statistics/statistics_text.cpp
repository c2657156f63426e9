// Answers each line on standard input with one on standard output, for scipy_test.py: the name of a
// function, its numbers, a bar between one sample and the next; the numbers that it gives, or
// "none":
//   mann_whitney 3.1 4.7 2.2 | 2.0 1.7    5 0.4 1
//   universal 1 955 | 2 1878 | 4 3548     lambda, sigma and kappa of workers and rates
//   ranking 0.03 | 10 11 nan | 9 9 10     the floor, a cell after another; nan: no valid trial
// All digits are read and written, so that nothing is lost on the way.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iostream>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "harness/statistics/bca.h"
#include "harness/statistics/dispersion.h"
#include "harness/statistics/geometric_mean.h"
#include "harness/statistics/hodges_lehmann.h"
#include "harness/statistics/holm.h"
#include "harness/statistics/kolmogorov.h"
#include "harness/statistics/mann_whitney.h"
#include "harness/statistics/median.h"
#include "harness/statistics/median_interval.h"
#include "harness/statistics/normal.h"
#include "harness/statistics/paired_ratio.h"
#include "harness/statistics/quantile.h"
#include "harness/statistics/rank_interval.h"
#include "harness/statistics/rank_sums.h"
#include "harness/statistics/scaling_law.h"
#include "harness/statistics/slope.h"
#include "harness/statistics/unpaired_ratio.h"

namespace {

using namespace assay::statistics;

using Numbers = std::vector<double>;
using Samples = std::vector<Numbers>;
using Answer = std::optional<Numbers>;
using Function = std::function<Answer(const Samples&)>;

Samples samples_of(std::istream& words) {
  Samples samples(1);
  for (std::string word; words >> word;) {
    if (word == "|") {
      samples.emplace_back();
    } else {
      samples.back().push_back(std::stod(word));
    }
  }
  return samples;
}

Answer numbers_of(const std::optional<Interval>& interval) {
  if (!interval) return std::nullopt;
  return Numbers{interval->median, interval->low, interval->high};
}

Answer mann_whitney_of(const Samples& in) {
  const auto found = mann_whitney(in.at(0), in.at(1));
  if (!found) return std::nullopt;
  return Numbers{found->u, found->p, found->method == MannWhitney::Method::exact ? 1.0 : 0.0};
}

template <class Fit>
Answer law_of(const Fit& fit, ScalingModel model, const Samples& in) {
  std::vector<Throughput> points;
  for (const Numbers& point : in) points.push_back({point.at(0), point.at(1)});
  const std::optional<ScalingLaw> law = fit(model, points);
  if (!law) return std::nullopt;
  return Numbers{law->lambda, law->sigma, law->kappa};
}

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

Function bca_of(const ValueStatistic& statistic) {  // seed and resamples | sample
  return [statistic](const Samples& in) {
    return numbers_of(bca_interval(in.at(1), statistic, static_cast<std::uint64_t>(in[0].at(0)),
                                   static_cast<int>(in[0].at(1))));
  };
}

Answer ranking_of(const Samples& in) {
  std::vector<RatesByBlock> cells;
  for (const Numbers& rates : std::span(in).subspan(1)) {
    cells.emplace_back();
    for (const double rate : rates) {
      cells.back().push_back(std::isnan(rate) ? std::nullopt : std::optional(rate));
    }
  }
  const Ranking made = ranking(cells, in.at(0).at(0));
  Numbers places{made.confidence};
  for (const auto& [low, high] : made.ranks) {
    places.insert(places.end(), {static_cast<double>(low), static_cast<double>(high)});
  }
  return places;
}

Answer distance_of(const Samples& in) {
  std::array<std::vector<Counted>, 2> both;
  for (std::size_t side = 0; side < 2; ++side) {
    for (const double value : in.at(side)) both[side].push_back({value, 1});
  }
  return Numbers{kolmogorov_distance(both[0], both[1])};
}

Answer rank_sums_of(const Samples& in) {  // how many are chosen | ranks
  const std::vector<std::size_t> ranks(in.at(1).begin(), in.at(1).end());
  return rank_sum_chances(ranks, static_cast<std::size_t>(in[0].at(0)));
}

std::map<std::string, Function> functions() {
  return {
      {"median", [](const Samples& in) { return Numbers{median(in.at(0))}; }},
      {"median_interval", [](const Samples& in) { return numbers_of(median_interval(in.at(0))); }},
      {"centre",  // confidence | sample
       [](const Samples& in) { return numbers_of(hodges_lehmann_centre(in.at(1), in[0].at(0))); }},
      {"shift",  // confidence | ours | theirs
       [](const Samples& in) {
         return numbers_of(hodges_lehmann_shift(in.at(1), in.at(2), in[0].at(0)));
       }},
      {"paired_ratio",
       [](const Samples& in) { return numbers_of(paired_ratio(in.at(0), in.at(1))); }},
      {"unpaired_ratio",
       [](const Samples& in) { return numbers_of(unpaired_ratio(in.at(0), in.at(1))); }},
      {"mann_whitney", mann_whitney_of},
      {"rank_sums", rank_sums_of},
      {"signed_ranks",
       [](const Samples& in) {
         return signed_rank_chances(static_cast<std::size_t>(in.at(0).at(0)));
       }},
      {"holm", [](const Samples& in) { return holm_adjusted(in.at(0)); }},
      {"ranking", ranking_of},
      {"bca_mean", bca_of(mean)},
      {"bca_median", bca_of([](std::span<const double> values) { return median(values); })},
      {"amdahl", [](const Samples& in) { return law_of(fit, ScalingModel::amdahl, in); }},
      {"universal", [](const Samples& in) { return law_of(fit, ScalingModel::universal, in); }},
      {"unbounded",
       [](const Samples& in) { return law_of(fit_unbounded, ScalingModel::universal, in); }},
      {"normal_share", [](const Samples& in) { return Numbers{normal_share(in.at(0).at(0))}; }},
      {"normal_quantile",
       [](const Samples& in) { return Numbers{normal_quantile(in.at(0).at(0))}; }},
      {"quantile",  // share | sample, sorted
       [](const Samples& in) { return Numbers{quantile(in.at(1), in[0].at(0))}; }},
      {"distance", distance_of},
      {"slope", [](const Samples& in) { return Numbers{slope(in.at(0), in.at(1))}; }},
      {"dispersion", [](const Samples& in) { return Numbers{index_of_dispersion(in.at(0))}; }},
      {"geometric_mean", [](const Samples& in) { return Numbers{geometric_mean(in.at(0))}; }},
  };
}

std::string text(const Answer& answer) {
  if (!answer) return "none";
  std::ostringstream line;
  line.precision(17);
  for (const double number : *answer) line << (line.tellp() > 0 ? " " : "") << number;
  return line.str();
}

}  // namespace

int main() {
  const std::map<std::string, Function> known = functions();
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string name;
    words >> name;
    std::cout << text(known.at(name)(samples_of(words))) << '\n' << std::flush;
  }
}
