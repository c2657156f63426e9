#include "harness/validation/check.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace assay::validation {
namespace {

constexpr double least_share = 0.02;
constexpr double least_seconds = 20e-6;

std::string time_text(double seconds) {
  const double size = std::abs(seconds);
  if (size >= 1) return fmt::format("{:.3f} s", seconds);
  if (size >= 1e-3) return fmt::format("{:.2f} ms", seconds * 1e3);
  return fmt::format("{:.1f} us", seconds * 1e6);
}

}  // namespace

double time_tolerance(double seconds) noexcept {
  return std::max(least_share * seconds, least_seconds);
}

std::string quantity(double value, Unit unit) {
  switch (unit) {
    case Unit::seconds: return time_text(value);
    case Unit::share: return fmt::format("{:.3f} %", value * 100);
    case Unit::count: return fmt::format("{:.0f}", value);
    case Unit::ratio: break;
  }
  return fmt::format("{:.4f}", value);
}

std::string_view words(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::agrees: return "agrees";
    case Verdict::disagrees: return "DISAGREES";
    case Verdict::not_judged: break;
  }
  return "not judged";
}

}  // namespace assay::validation
