#include "harness/truth/queue_law.h"

#include <algorithm>
#include <cmath>

namespace assay::truth {
namespace {

constexpr int most_halvings = 200;

}  // namespace

double MarkovQueue::utilisation() const noexcept {
  return arrivals_per_second / (services_per_second * static_cast<double>(servers));
}

// Erlang C from Erlang B, which is built up server by server so that no factorial overflows.
double MarkovQueue::share_that_waits() const noexcept {
  const double offered = arrivals_per_second / services_per_second;
  double blocked = 1;
  for (std::size_t server = 1; server <= servers; ++server) {
    blocked = offered * blocked / (static_cast<double>(server) + offered * blocked);
  }
  return blocked / (1 - utilisation() * (1 - blocked));
}

Seconds MarkovQueue::mean_wait() const noexcept {
  const double spare = services_per_second * static_cast<double>(servers) - arrivals_per_second;
  return Seconds(share_that_waits() / spare);
}

Seconds MarkovQueue::mean_response() const noexcept {
  return mean_wait() + Seconds(1 / services_per_second);
}

// Who waits does so for an exponential time of rate `spare`; its service comes after that.
double MarkovQueue::response_cdf(Seconds time) const noexcept {
  const double t = std::max(time.count(), 0.0);
  const double mu = services_per_second;
  const double spare = mu * static_cast<double>(servers) - arrivals_per_second;
  const double waits = share_that_waits();
  const double in_service = std::exp(-mu * t);
  const bool are_equal = std::abs(mu - spare) < 1e-9 * mu;
  const double in_both = are_equal
                             ? (1 + mu * t) * in_service
                             : (mu * std::exp(-spare * t) - spare * in_service) / (mu - spare);
  return 1 - (1 - waits) * in_service - waits * in_both;
}

Seconds MarkovQueue::response_quantile(double share) const noexcept {
  if (servers == 1) {
    return Seconds(-std::log1p(-share) / (services_per_second - arrivals_per_second));
  }
  Seconds below{0};
  Seconds above = mean_response();
  while (response_cdf(above) < share) above *= 2;
  for (int halving = 0; halving < most_halvings && below < above; ++halving) {
    const Seconds middle = (below + above) / 2;
    if (middle <= below || middle >= above) break;
    (response_cdf(middle) < share ? below : above) = middle;
  }
  return above;
}

Seconds mean_wait(double arrivals_per_second, const Law& service) noexcept {
  const double utilisation = arrivals_per_second * mean(service).count();
  return Seconds(arrivals_per_second * mean_square(service) / (2 * (1 - utilisation)));
}

double EvenQueue::backlog_after(Seconds time) const noexcept {
  return std::max(0.0, (arrivals_per_second - services_per_second) * time.count());
}

Seconds EvenQueue::response_of_arrival_at(Seconds time) const noexcept {
  return Seconds((1 + backlog_after(time)) / services_per_second);
}

double EvenQueue::rate_ratio() const noexcept {
  return std::min(1.0, services_per_second / arrivals_per_second);
}

bool StalledQueue::holds() const noexcept {
  constexpr double rounding = 1e-9;  // 0.9 of a second is not 0.9 in a double
  return utilisation < 1 && lasts <= (1 + rounding) * (1 - utilisation) * every;
}

Seconds StalledQueue::response_quantile(double share) const noexcept {
  const Seconds wait = lasts - (1 - share) * (1 - utilisation) * every;
  return service + std::max(wait, Seconds(0));
}

double StalledQueue::response_cdf(Seconds time) const noexcept {
  const Seconds wait = time - service;
  if (wait < Seconds(0)) return 0;
  if (wait >= lasts) return 1;
  return 1 - (lasts - wait) / ((1 - utilisation) * every);
}

// The waits of a period are a triangle: lasts high, lasts / (1 - utilisation) long.
Seconds StalledQueue::mean_response() const noexcept {
  return service + lasts * (lasts / every) / (2 * (1 - utilisation));
}

double ClosedLoop::rate() const noexcept {
  const double unhindered = static_cast<double>(clients) / (mean_service + added).count();
  if (servers == 0) return unhindered;
  return std::min(unhindered, static_cast<double>(servers) / mean_service.count());
}

Seconds ClosedLoop::mean_response() const noexcept {
  return Seconds(static_cast<double>(clients) / rate());
}

}  // namespace assay::truth
