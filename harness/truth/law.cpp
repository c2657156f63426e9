#include "harness/truth/law.h"

#include <algorithm>
#include <cmath>

#include "harness/truth/normal.h"

namespace assay::truth {
namespace {

constexpr Seconds longest = std::chrono::hours(24);

std::string_view name_of(const Constant&) { return "constant"; }
std::string_view name_of(const TwoValued&) { return "two-valued"; }
std::string_view name_of(const Exponential&) { return "exponential"; }
std::string_view name_of(const LogNormal&) { return "log-normal"; }

double squared(Seconds time) { return time.count() * time.count(); }

Seconds mean_of(const Constant& law) { return law.time; }
Seconds mean_of(const TwoValued& law) {
  return (1 - law.rare_share) * law.usual + law.rare_share * law.rare;
}
Seconds mean_of(const Exponential& law) { return law.mean; }
Seconds mean_of(const LogNormal& law) { return law.median * std::exp(law.sigma * law.sigma / 2); }

double square_of(const Constant& law) { return squared(law.time); }
double square_of(const TwoValued& law) {
  return (1 - law.rare_share) * squared(law.usual) + law.rare_share * squared(law.rare);
}
double square_of(const Exponential& law) { return 2 * squared(law.mean); }
double square_of(const LogNormal& law) {
  return squared(law.median) * std::exp(2 * law.sigma * law.sigma);
}

double cdf_of(const Constant& law, Seconds time) { return time < law.time ? 0 : 1; }
double cdf_of(const TwoValued& law, Seconds time) {
  if (time < law.usual) return 0;
  return time < law.rare ? 1 - law.rare_share : 1;
}
double cdf_of(const Exponential& law, Seconds time) { return -std::expm1(-time / law.mean); }
double cdf_of(const LogNormal& law, Seconds time) {
  return normal_cdf(std::log(time / law.median) / law.sigma);
}

Seconds quantile_of(const Constant& law, double) { return law.time; }
Seconds quantile_of(const TwoValued& law, double share) {
  return share <= 1 - law.rare_share ? law.usual : law.rare;
}
Seconds quantile_of(const Exponential& law, double share) { return -std::log1p(-share) * law.mean; }
Seconds quantile_of(const LogNormal& law, double share) {
  return law.median * std::exp(law.sigma * normal_quantile(share));
}

}  // namespace

std::string_view name(const Law& law) noexcept {
  return std::visit([](const auto& each) { return name_of(each); }, law);
}

Seconds mean(const Law& law) noexcept {
  return std::visit([](const auto& each) { return mean_of(each); }, law);
}

double mean_square(const Law& law) noexcept {
  return std::visit([](const auto& each) { return square_of(each); }, law);
}

double cdf(const Law& law, Seconds time) noexcept {
  if (time < Seconds(0)) return 0;
  return std::visit([time](const auto& each) { return cdf_of(each, time); }, law);
}

Seconds quantile(const Law& law, double share) noexcept {
  return std::visit([share](const auto& each) { return quantile_of(each, share); }, law);
}

nanoseconds drawn(const Law& law, double uniform) noexcept {
  return std::chrono::round<nanoseconds>(std::min(quantile(law, uniform), longest));
}

}  // namespace assay::truth
