#include "harness/load/summary/summary.h"

#include <algorithm>
#include <cmath>

#include "harness/load/pace/steadiness.h"
#include "harness/statistics/little.h"

namespace assay::load {
namespace {

// Below this many requests per connection the edges of the run weigh more than the tolerance.
constexpr double fewest_per_connection = 100;
constexpr double standard_errors = 4;  // beyond which a count is no chance

void judge_client(const Summary& summary, std::vector<Warning>& all) {
  const Tally& tally = summary.tally;
  if (summary.client_cpu() > highest_client_cpu) {
    all.emplace_back(ClientBound{BusyThread{summary.client_cpu(), summary.threads.size()}});
  }
  if (summary.ceiling && summary.rate() > highest_share_of_ceiling * *summary.ceiling) {
    all.emplace_back(ClientBound{NearCeiling{summary.rate() / *summary.ceiling}});
  }
  if (summary.longest_gap.value_or(nanoseconds(0)) > longest_standstill) {
    all.emplace_back(ClientBound{StoodStill{*summary.longest_gap}});
  }
  // The lag as a whole may be the server's doing, since who waits for a connection waits for it.
  // It is a warning and no figure, so ten requests beyond it are enough.
  if (tally.pacing.count() < 100) return;
  const std::uint64_t one_in = tally.pacing.count() < 1000 ? 10 : 100;
  const nanoseconds pacing = tally.pacing.percentile(1 - 1 / static_cast<double>(one_in));
  const nanoseconds p50 = tally.latency.percentile(0.5);
  const auto tenth = std::chrono::duration<double, std::nano>(p50) * highest_late_send_share;
  if (pacing > longest_late_send || pacing > tenth) {
    all.emplace_back(ClientBound{LateSends{one_in, pacing, p50}});
  }
}

// Arrivals that come by chance may be fewer than the rate asks for; what was due counts then.
bool is_rate_missed(const Summary& summary) {
  if (!summary.offered) return false;
  if (summary.sent_share() < lowest_share_of_rate) return true;
  if (summary.rate() >= lowest_share_of_rate * *summary.offered) return false;
  const auto due = static_cast<double>(summary.tally.ended());
  const double expected = *summary.offered * in_seconds(summary.duration);
  const bool is_answered =
      static_cast<double>(summary.tally.requests) >= lowest_share_of_rate * due;
  return !is_answered || expected - due > standard_errors * std::sqrt(expected);
}

bool is_ramp(const Rate& rate) { return rate.per_second != rate.per_second_at_end; }

// Only of a closed loop, where every connection has a request under way all the time.
std::optional<LittlesLawOff> judged_by_little(const Summary& summary) {
  const Tally& tally = summary.tally;
  const auto parties = static_cast<double>(summary.connections * summary.pipeline);
  const bool is_judged = !summary.offered && summary.by_duration && tally.errors.total() == 0 &&
                         parties > 0 &&
                         static_cast<double>(tally.requests) >= fewest_per_connection * parties;
  if (!is_judged) return std::nullopt;
  const double residual =
      statistics::littles_law_residual(summary.rate(), tally.latency.mean_ns() / 1e9, parties);
  if (std::abs(residual) <= highest_littles_law_residual) return std::nullopt;
  return LittlesLawOff{residual};
}

std::optional<double> sum(const std::optional<double>& one, const std::optional<double>& other) {
  return one && other ? std::optional(*one + *other) : std::nullopt;
}

std::optional<nanoseconds> longer(const std::optional<nanoseconds>& one,
                                  const std::optional<nanoseconds>& other) {
  return one && other ? std::optional(std::max(*one, *other)) : std::nullopt;
}

}  // namespace

double ThreadUsage::share() const {
  return wall > nanoseconds(0) ? in_seconds(cpu) / in_seconds(wall) : 0;
}

std::optional<double> ThreadUsage::wait_share() const {
  if (!waiting || wall <= nanoseconds(0)) return std::nullopt;
  return in_seconds(*waiting) / in_seconds(wall);
}

double Summary::rate() const {
  const double length = in_seconds(duration);
  return length > 0 ? static_cast<double>(tally.requests) / length : 0;
}

double Summary::client_cpu() const {
  double most = 0;
  for (const ThreadUsage& thread : threads) most = std::max(most, thread.share());
  return most;
}

std::optional<double> Summary::client_wait() const {
  std::optional<double> most;
  for (const ThreadUsage& thread : threads) {
    const auto share = thread.wait_share();
    if (!share) return std::nullopt;
    most = std::max(most.value_or(0), *share);
  }
  return most;
}

nanoseconds Summary::client_cpu_time() const {
  nanoseconds all{0};
  for (const ThreadUsage& thread : threads) all += thread.cpu;
  return all;
}

double Summary::client_cpu_us_per_request() const {
  const auto sent = static_cast<double>(tally.ended() - tally.errors[ErrorKind::unsent]);
  return sent > 0 ? in_microseconds(client_cpu_time()) / sent : 0;
}

double Summary::sent_share() const {
  if (tally.ended() == 0) return 1;
  const auto unsent = static_cast<double>(tally.errors[ErrorKind::unsent]);
  return 1 - unsent / static_cast<double>(tally.ended());
}

std::vector<Warning> Summary::warnings() const {
  std::vector<Warning> all;
  const std::uint64_t unsent = tally.errors[ErrorKind::unsent];
  const std::uint64_t failed = tally.errors.total() - unsent;
  if (cut) all.emplace_back(CutShort{in_seconds(duration)});
  if (given_up > 0) all.emplace_back(GivenUp{given_up, silence});
  if (failed > 0) all.emplace_back(RequestsFailed{failed, tally.ended() - unsent});
  if (!malformed.empty()) all.emplace_back(Malformed{malformed});
  if (unsent > 0) all.emplace_back(Unsent{unsent, tally.ended()});
  if (is_rate_missed(*this)) all.emplace_back(RateNotReached{rate(), *offered});
  judge_client(*this, all);
  if (!is_steady && duration > nanoseconds(0)) all.emplace_back(NotWarmedUp{in_seconds(warm_up)});
  const auto halves = asked && is_ramp(*asked) ? std::nullopt : unsteady_halves(seconds);
  if (halves) all.emplace_back(NotSteady{halves->first, halves->second});
  if (const auto off = judged_by_little(*this)) all.emplace_back(*off);
  const double share_again = static_cast<double>(tally.resent) / static_cast<double>(tally.ended());
  if (share_again > highest_share_sent_again) {
    all.emplace_back(ManySentAgain{tally.resent, tally.ended()});
  }
  return all;
}

void Summary::merge(const Summary& other) {
  tally.merge(other.tally);
  load::merge(seconds, other.seconds);
  duration = std::max(duration, other.duration);
  warm_up = std::max(warm_up, other.warm_up);
  is_steady = is_steady && other.is_steady;
  longest_gap = longer(longest_gap, other.longest_gap);
  connections += other.connections;
  pipeline = std::max(pipeline, other.pipeline);
  if (part_names.empty()) part_names = other.part_names;
  threads.insert(threads.end(), other.threads.begin(), other.threads.end());
  by_duration = by_duration && other.by_duration;
  cut = cut || other.cut;
  given_up += other.given_up;
  silence = std::max(silence, other.silence);
  if (malformed.empty()) malformed = other.malformed;
  offered = sum(offered, other.offered);
  ceiling = sum(ceiling, other.ceiling);
}

}  // namespace assay::load
