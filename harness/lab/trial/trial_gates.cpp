#include "harness/lab/trial/trial_gates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "harness/lab/host/host_counters.h"
#include "harness/lab/trial/client_bound.h"
#include "harness/load/summary/warning.h"
#include "harness/statistics/little.h"

namespace assay::lab {
namespace {

// Of all cores' time. What a hypervisor takes it takes at any place: from one reply in a hundred.
constexpr double highest_steal = 0.01;

// Of a core. Beyond it a neighbour shows in the figures of a host that is quiet enough to rank.
constexpr double highest_foreign = 0.02;
// A process counts user and system time, each in ticks: one that used next to nothing may show as
// both. On two cores beside client and server, with nothing else but the host's own daemons, 0.021
// of a core was the most in 20 windows of 0.5 s, and 0.020 in 40 of 1 s.
constexpr double ticks_of_nothing = 2;

// Where 32 threads of a Python server shared two cores with it, the client waited for a core up to
// 0.70 of the time, beside 64 of the reference server 0.25; it had a tenth of a core, whether by a
// quota or beside busy neighbours, when it waited 0.86 to 0.94.
constexpr double longest_wait = 0.8;

// What a client may lose at the edges of its window, in either direction.
constexpr double littles_law = load::highest_littles_law_residual;
// Between the end of a connection and the beginning of the next nothing is under way: at 16
// connections, each for one request, it was 0.018 of the time on a host with nothing else to do,
// and up to 0.023 at 256.
constexpr double littles_law_of_closing = 0.05;
// At the end each connection has one request under way, which is not counted, and at the beginning
// one that began before; each may take as long as the longest that was. For a Python server of 32
// threads, which leaves some waiting, that made 0.13 of a second. Half of the connections must
// still be missed.
constexpr double most_under_way = 0.25;
constexpr double fewest_per_connection = 100;  // below it those edges are all that there is

// Of the connections. One that hangs among many may be a chance; those that all the others wait
// behind are more.
constexpr double fewest_lost = 0.1;

constexpr double usually = 0.5;  // of the replies

constexpr double standard_errors = 4;       // beyond which a count is no chance
constexpr double shortest_share = 0.9;      // of the time asked
constexpr double tolerated_errors = 0.001;  // of all requests; the caller judges more

constexpr double near = 0.1;
// Linux waits for 40 ms before it acknowledges by itself, other systems for 200 ms.
constexpr std::array delayed_acknowledgements_us = {40'000.0, 200'000.0};
constexpr double idle_server = 0.5;  // of a core: no queue before it explains a long reply
constexpr double far_below = 0.1;    // of the reply's time

void judge_host(const Conditions& host, unsigned cores, Verdicts& found) {
  const double least = processor_tick_s / (host.seconds * std::max(cores, 1U));
  if (host.steal && *host.steal > highest_steal + least) {
    found.reasons.push_back({"the hypervisor took more than 1 % of the cores' time", Fault::host});
  }
  if (host.foreign_cores && *host.foreign_cores > foreign_limit(host.seconds)) {
    found.reasons.push_back(
        {"foreign load: other programs used more than 2 % of a core", Fault::host});
    found.warnings.push_back(
        {fmt::format("foreign load of {:.0f} % of a core", *host.foreign_cores * 100),
         Fault::host});
  }
  if (host.throttled.value_or(0) > 0) {
    found.warnings.push_back(
        {"the processor was slowed down for its heat while it was measured", Fault::host});
  }
}

bool is_late(const Trial& trial) {
  const double most = std::max(load::in_microseconds(load::longest_late_send),
                               load::highest_late_send_share * trial.latency_us.p50);
  return trial.lag_p99_us.value_or(0) > most;
}

void judge_client(const Trial& trial, Verdicts& found) {
  if (trial.client_wait.value_or(0) > longest_wait) {
    found.reasons.push_back(
        {"the client was starved: it waited for a core most of the time", Fault::client});
  }
  if (trial.longest_gap_ms.value_or(0) * 1000 > load::in_microseconds(load::longest_standstill)) {
    found.reasons.push_back(
        {"the client stood still: for so long nothing was sent or timed", Fault::client});
  }
}

// Arrivals that come by chance may be fewer than the rate asks for.
bool is_rate_missed(const Trial& trial, const Asked& asked) {
  if (trial.rate >= load::lowest_share_of_rate * *trial.asked_rate) return false;
  if (!asked.is_by_chance) return true;
  const double expected = *trial.asked_rate * trial.duration_s;
  const double missing = expected - trial.rate * trial.duration_s;
  return missing > standard_errors * std::sqrt(expected);
}

void judge_rate(const Trial& trial, const Asked& asked, Verdicts& found) {
  if (!trial.asked_rate) return;
  if (!is_rate_missed(trial, asked)) {
    if (!is_late(trial)) return;
    found.warnings.push_back(
        {"the client sent late: latencies hold what it was late by", Fault::client});
  } else if (is_client_bound(trial.client_cpu) || is_late(trial)) {
    found.reasons.push_back(
        {"the rate was not reached: the client did not keep up with it", Fault::client});
  } else {
    found.warnings.push_back(
        {"the rate was not reached: the server did not keep up with it", Fault::server});
  }
}

// A server may close connections whatever it is asked.
bool has_closed(const Trial& trial) {
  return trial.closed &&
         static_cast<double>(*trial.closed) > usually * static_cast<double>(trial.requests);
}

void tell_of_closed(const Trial& trial, Verdicts& found) {
  if (!has_closed(trial)) return;
  found.warnings.push_back(
      {"the server closed the connections that it was asked to keep", Fault::server});
}

double littles_law_limit(const Trial& trial, const Asked& asked) {
  const double under_way = trial.latency_us.max / 1e6 / trial.duration_s;
  const bool has_kept = asked.keep_alive && !has_closed(trial);
  return (has_kept ? littles_law : littles_law_of_closing) + std::min(under_way, most_under_way);
}

// Of a closed loop of ours, in which few enough requests failed for the rest to be worth a look.
bool is_closed_loop(const Trial& trial, const Asked& asked) {
  const auto requests = static_cast<double>(trial.requests);
  const auto errors = static_cast<double>(trial.failed());
  return !trial.asked_rate && asked.is_our_client && asked.connections > 0 &&
         errors <= tolerated_errors * (requests + errors);
}

void say_how_many_worked(double at_work, const Asked& asked, Fault of, Verdicts& found) {
  found.warnings.push_back(
      {fmt::format("about {:.0f} of {:.0f} connections were at work", at_work, asked.connections),
       of});
}

// Those that the server leaves without a reply are few errors among many replies to the others. The
// time that they waited stands in the latencies, so that Little's law holds, but the rate is that
// of fewer connections than were asked for.
bool judge_lost(const Trial& trial, const Asked& asked, Verdicts& found) {
  const auto timeouts = trial.errors.find("timeout");
  if (timeouts == trial.errors.end() || !is_closed_loop(trial, asked)) return false;
  const auto lost = static_cast<double>(timeouts->second);
  if (lost < fewest_lost * asked.connections) return false;
  say_how_many_worked(std::max(asked.connections - lost, 0.0), asked, Fault::server, found);
  found.reasons.push_back(
      {"connections were lost: the server left their requests unanswered", Fault::server});
  return true;
}

// Every connection has a request under way all the time. Those that idle, or count what nobody
// waited for, are the client's doing.
void judge_by_little(const Trial& trial, const Asked& asked, Verdicts& found) {
  const bool is_judged =
      is_closed_loop(trial, asked) && asked.seconds && trial.duration_s > 0 &&
      static_cast<double>(trial.requests) >= fewest_per_connection * asked.connections;
  if (!is_judged) return;
  const double residual =
      statistics::littles_law_residual(trial.rate, trial.latency_us.mean / 1e6, asked.connections);
  const double limit = littles_law_limit(trial, asked);
  if (residual > limit) {
    found.reasons.push_back(
        {"Little's law off: the latencies are longer than the rate allows", Fault::client});
  } else if (residual < -limit) {
    say_how_many_worked((1 + residual) * asked.connections, asked, Fault::client, found);
    found.reasons.push_back(
        {"Little's law off: fewer connections were at work than were asked for", Fault::client});
  }
}

void judge_time(const Trial& trial, const Asked& asked, Verdicts& found) {
  if (asked.seconds && trial.duration_s < shortest_share * *asked.seconds) {
    found.reasons.push_back({"measured for less than 90 % of the time asked", Fault::client});
  }
  if (!trial.steady) {
    found.warnings.push_back(
        {"not steady: the load had not settled in the time that it had to warm up", Fault::server});
  }
}

void judge_delay(const Trial& trial, Verdicts& found) {
  const double cost = trial.server_cpu_us_per_request;
  const double p50 = trial.latency_us.p50;
  if (cost > far_below * p50 || cost * trial.rate / 1e6 > idle_server) return;
  for (const double delay : delayed_acknowledgements_us) {
    if (std::abs(p50 - delay) > near * delay) continue;
    found.warnings.push_back(
        {fmt::format(
             "half of the replies took {:.0f} ms while the server was idle: this looks like "
             "delayed acknowledgements",
             delay / 1000),
         Fault::server});
  }
}

}  // namespace

std::string_view text(Fault fault) noexcept {
  constexpr std::array<std::string_view, 3> names = {"host", "client", "server"};
  return names[static_cast<std::size_t>(fault)];
}

double foreign_limit(double seconds) {
  return highest_foreign + ticks_of_nothing * processor_tick_s / seconds;
}

Verdicts judged(const Trial& trial, const Asked& asked) {
  Verdicts found;
  if (trial.conditions && trial.conditions->seconds > 0) {
    judge_host(*trial.conditions, asked.cores, found);
  }
  judge_client(trial, found);
  if (trial.requests == 0) return found;  // no figures to judge
  judge_time(trial, asked, found);
  judge_rate(trial, asked, found);
  if (!judge_lost(trial, asked, found)) judge_by_little(trial, asked, found);
  tell_of_closed(trial, found);
  judge_delay(trial, found);
  return found;
}

std::optional<Flaw> swapped_program(std::string_view first, std::string_view now) {
  if (first.empty() || first == now) return std::nullopt;
  return Flaw{"the server's program is not the one that this run began with", Fault::server};
}

}  // namespace assay::lab
