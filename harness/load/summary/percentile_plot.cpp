#include "harness/load/summary/percentile_plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "harness/load/text/dot_canvas.h"
#include "harness/load/text/quantity_text.h"

namespace assay::load {
namespace {

constexpr std::size_t columns = 54;
constexpr std::size_t rows = 8;
constexpr double fewest_nines = 1;
const double median_nines = std::log10(2.0);

// Of a percentile: 1 for p90, 2 for p99, ...
double last_nines(const Histogram& histogram) {
  const auto count = static_cast<double>(std::max<std::uint64_t>(histogram.count(), 1));
  return std::log10(count / static_cast<double>(Histogram::fewest_beyond));
}

double latency_at(const Histogram& histogram, double nines) {
  return static_cast<double>(histogram.percentile(1 - std::pow(10, -nines)).count());
}

struct Scale {
  double least = 0;
  double most = 0;
  bool by_factors = false;

  double share(double value) const {  // of the height, from the bottom
    const double part = by_factors ? std::log(value / least) / std::log(most / least)
                                   : (value - least) / (most - least);
    return std::clamp(part, 0.0, 1.0);
  }
};

Scale scale_of(std::span<const Curve> curves) {
  double least = latency_at(curves.front().histogram, median_nines);
  double most = 0;
  for (const auto& [name, histogram] : curves) {
    least = std::min(least, latency_at(histogram, median_nines));
    most = std::max(most, latency_at(histogram, last_nines(curves.front().histogram)));
  }
  // A place of the histogram reaches up to a thousandth above what was recorded in it: 1 ms is read
  // as 1.0004 ms, and its tick shall be on the scale.
  constexpr double place = 0.001;
  most *= 1 + place;
  if (least > 0 && most > 10 * least) return {least * (1 - place), most, true};
  return {0, most, false};
}

constexpr std::size_t most_ticks = 5;

// Every number of these digits and any power of ten that the scale has room for.
std::vector<double> ticks_by(const Scale& scale, std::initializer_list<int> digits) {
  std::vector<double> ticks;
  for (double power = 1; power <= scale.most; power *= 10) {
    for (const int digit : digits) {
      const double tick = power * digit;
      if (tick >= scale.least && tick <= scale.most) ticks.push_back(tick);
    }
  }
  return ticks;
}

std::vector<double> even_ticks(const Scale& scale) {
  double step = 1;
  for (double power = 1; scale.most / step > most_ticks; power *= 10) {
    for (const int digit : {1, 2, 5}) {
      step = power * digit;
      if (scale.most / step <= most_ticks) break;
    }
  }
  std::vector<double> ticks;
  for (double tick = 0; tick <= scale.most; tick += step) ticks.push_back(tick);
  return ticks;
}

std::vector<double> ticks_of(const Scale& scale) {
  if (!scale.by_factors) return even_ticks(scale);
  for (const auto& digits : {std::initializer_list<int>{1, 2, 5}, {1, 3}}) {
    const std::vector<double> ticks = ticks_by(scale, digits);
    if (ticks.size() <= most_ticks) return ticks;
  }
  return ticks_by(scale, {1});
}

// In dots, from the top.
std::size_t height_of(double share) {
  return static_cast<std::size_t>(
      std::lround((1 - share) * static_cast<double>(rows * DotCanvas::dots_down - 1)));
}

std::size_t row_of(double share) { return height_of(share) / DotCanvas::dots_down; }

std::array<std::string, rows> labels_of(const Scale& scale) {
  std::array<std::string, rows> labels;
  for (const double tick : ticks_of(scale)) {
    std::string& label = labels.at(row_of(scale.share(tick)));
    const auto time = nanoseconds(std::llround(tick));
    if (label.empty()) label = tick == 0 ? "0" : time_text(time);
  }
  return labels;
}

// Where the curves' names stand: at the height of their ends, and no two in one row.
std::array<std::string_view, rows> names_of(std::span<const Curve> curves, const Scale& scale,
                                            double end) {
  std::array<std::string_view, rows> names;
  if (curves.size() < 2) return names;
  std::array<std::size_t, 2> at{};
  for (std::size_t curve = 0; curve < 2; ++curve) {
    at.at(curve) = row_of(scale.share(latency_at(curves[curve].histogram, end)));
  }
  if (at[1] == at[0]) {
    at[1] + 1 < rows ? ++at[1] : --at[0];
  }
  for (std::size_t curve = 0; curve < 2; ++curve) names.at(at.at(curve)) = curves[curve].name;
  return names;
}

void draw(DotCanvas& canvas, const Curve& curve, const Scale& scale, double end, bool dotted) {
  const double own_end = std::min(end, last_nines(curve.histogram));
  std::optional<std::size_t> before;
  for (std::size_t x = 0; x < canvas.width(); ++x) {
    const double part = static_cast<double>(x) / static_cast<double>(canvas.width() - 1);
    const double nines = median_nines + part * (end - median_nines);
    if (nines > own_end + 1e-9) break;
    const double share = scale.share(latency_at(curve.histogram, nines));
    const std::size_t y = height_of(share);
    const std::size_t from = before.value_or(y);
    if (dotted) {
      if (x % canvas.dot_gap() == 0) canvas.set(x, y, true);
    } else {
      for (std::size_t each = std::min(from, y); each <= std::max(from, y); ++each) {
        canvas.set(x, each, false);
      }
    }
    before = y;
  }
}

// That of so many nines: "p90", "p99.9".
std::string percentile_name(int nines) {
  if (nines == 0) return "p50";
  if (nines == 1) return "p90";
  std::string name = "p99";
  if (nines > 2) name += "." + std::string(static_cast<std::size_t>(nines) - 2, '9');
  return name;
}

// The axis below, and the percentiles that it passes.
std::string percentile_axis(double end, Glyphs glyphs) {
  const bool is_ascii = glyphs == Glyphs::ascii;
  std::string names(columns + 8, ' ');
  std::vector<std::string_view> line(columns, is_ascii ? "-" : "─");
  for (int nines = 0; nines <= end; ++nines) {
    const double part = nines == 0 ? 0 : (nines - median_nines) / (end - median_nines);
    const auto at = static_cast<std::size_t>(std::lround(part * (columns - 1)));
    const std::string name = percentile_name(nines);
    line.at(at) = is_ascii ? "+" : "┴";
    const std::size_t start = at > 0 ? at - 1 : 0;
    names.replace(std::min(start, names.size() - name.size()), name.size(), name);
  }
  names.erase(names.find_last_not_of(' ') + 1);
  return fmt::format("{:>11} {}{}\n{:13}{}\n", "", is_ascii ? "+" : "└", fmt::join(line, ""), "",
                     names);
}

}  // namespace

std::string percentile_plot(std::span<const Curve> curves, Glyphs glyphs) {
  const double end = last_nines(curves.front().histogram);
  const Scale scale = scale_of(curves);
  if (end < fewest_nines || scale.most <= 0) return "";
  DotCanvas canvas(columns, rows, glyphs);
  for (std::size_t curve = curves.size(); curve-- > 0;) {
    draw(canvas, curves[curve], scale, end, curve > 0);
  }
  const auto labels = labels_of(scale);
  const auto names = names_of(curves, scale, end);
  const bool is_ascii = glyphs == Glyphs::ascii;
  std::string plot;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::string_view ticked = is_ascii ? "+" : "┤";
    const std::string_view plain = is_ascii ? "|" : "│";
    std::string line = fmt::format("{:>11} {}{}", labels.at(row),
                                   labels.at(row).empty() ? plain : ticked, canvas.row(row));
    if (!names.at(row).empty()) line += fmt::format(" {}", names.at(row));
    line.erase(line.find_last_not_of(' ') + 1);
    plot += line + "\n";
  }
  return plot + percentile_axis(end, glyphs);
}

}  // namespace assay::load
