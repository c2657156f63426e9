#include "harness/load/summary.h"

#include <array>
#include <cmath>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "harness/statistics/little.h"

namespace assay::load {
namespace {

struct Percentile {
  const char* name;
  std::uint64_t one_in;  // requests lies beyond it
};
constexpr std::array percentiles{Percentile{"p50", 2}, Percentile{"p90", 10},
                                 Percentile{"p99", 100}, Percentile{"p99.9", 1000},
                                 Percentile{"p99.99", 10'000}};

// Below this many requests per connection the edges of the run weigh more than the tolerance.
constexpr double fewest_per_connection = 100;

std::string duration_text(double ns) {
  if (ns < 1e6) return fmt::format("{:.1f} us", ns / 1e3);
  if (ns < 1e9) return fmt::format("{:.2f} ms", ns / 1e6);
  return fmt::format("{:.2f} s", ns / 1e9);
}

std::string rate_text(double rate) {
  return rate < 100 ? fmt::format("{:.1f}", rate) : fmt::format("{:.0f}", rate);
}

std::string bytes_text(double bytes) {
  if (bytes < 1e6) return fmt::format("{:.1f} kB", bytes / 1e3);
  if (bytes < 1e9) return fmt::format("{:.1f} MB", bytes / 1e6);
  return fmt::format("{:.2f} GB", bytes / 1e9);
}

std::string latency_text(const Histogram& latency) {
  std::string text = fmt::format("  latency    mean {}", duration_text(latency.mean_ns()));
  for (const auto& [name, one_in] : percentiles) {
    const auto value = latency.all_but_one_in(one_in);
    const auto ns = static_cast<double>(value.value_or(nanoseconds(0)).count());
    text += fmt::format("   {} {}", name, value ? duration_text(ns) : "-");
  }
  return text +
         fmt::format("   max {}\n", duration_text(static_cast<double>(latency.max().count())));
}

std::string errors_text(const Errors& errors) {
  if (errors.total() == 0) return "  errors     none\n";
  std::string text = fmt::format("  errors     {}:", errors.total());
  for (std::size_t index = 0; index < error_kinds; ++index) {
    const auto kind = static_cast<ErrorKind>(index);
    if (errors[kind] > 0) text += fmt::format(" {} {}", load::text(kind), errors[kind]);
  }
  return text + "\n";
}

std::string statuses_text(const Tally& tally) {
  std::string text = "  status    ";
  for (std::size_t status = 0; status < tally.statuses.size(); ++status) {
    if (tally.statuses.at(status) > 0)
      text += fmt::format(" {}: {}", status, tally.statuses[status]);
  }
  return text + "\n";
}

}  // namespace

double Summary::rate() const {
  const double seconds = in_seconds(duration);
  return seconds > 0 ? static_cast<double>(tally.requests) / seconds : 0;
}

double Summary::client_cpu_us_per_request() const {
  const auto sent = static_cast<double>(tally.requests + tally.errors.total());
  return sent > 0 ? in_microseconds(client_cpu_time) / sent : 0;
}

std::vector<Warning> Summary::warnings() const {
  std::vector<Warning> all;
  const std::uint64_t failed = tally.errors.total();
  if (cut) all.emplace_back(CutShort{in_seconds(duration)});
  if (failed > 0) all.emplace_back(RequestsFailed{failed, tally.requests + failed});
  if (client_cpu > highest_client_cpu) all.emplace_back(ClientBound{client_cpu, threads});
  const auto parties = static_cast<double>(connections);
  const bool is_judged = by_duration && failed == 0 &&
                         static_cast<double>(tally.requests) >= fewest_per_connection * parties;
  const double residual =
      statistics::littles_law_residual(rate(), tally.latency.mean_ns() / 1e9, parties);
  if (is_judged && std::abs(residual) > highest_littles_law_residual) {
    all.emplace_back(LittlesLawOff{residual});
  }
  return all;
}

std::string text(const Summary& summary) {
  const Tally& tally = summary.tally;
  std::string text = fmt::format(
      "{} requests/s   {} right replies in {:.2f} s, {}\n", rate_text(summary.rate()),
      tally.requests, in_seconds(summary.duration), bytes_text(static_cast<double>(tally.bytes)));
  text += latency_text(tally.latency) + errors_text(tally.errors) + statuses_text(tally);
  text +=
      fmt::format("  client     {:.2f} us of CPU per request, busiest of {} thread{} at {:.0f} %\n",
                  summary.client_cpu_us_per_request(), summary.threads,
                  summary.threads == 1 ? "" : "s", summary.client_cpu * 100);
  if (tally.resent > 0) {
    text += fmt::format("  resent     {} after the server had closed a kept connection\n",
                        tally.resent);
  }
  for (const Warning& warning : summary.warnings()) {
    text += fmt::format("  warning    {}\n", load::text(warning));
  }
  return text;
}

}  // namespace assay::load
