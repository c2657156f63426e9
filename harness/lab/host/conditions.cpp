// Foreign load is summed over the foreign processes. What all cores count as busy, less what we and
// the server used, would be simpler and is useless for a limit of 2 % of a core: a kernel that
// counts by ticks (CONFIG_TICK_CPU_ACCOUNTING, the default of most) gives a whole tick to whoever
// runs when it comes, so that the two differ though nobody else is there. On two cores with Linux
// 6.18 at 250 Hz, a server and a client at work and the host else idle, that difference over 1 s
// was +0.04 of a core in the mean, with a standard deviation of 0.05 and up to 0.11. Over the
// processes it was 0.004, at most 0.01, which the host's daemons did use.
//
// Threads of the kernel are not foreign: they work for whoever asked, the server, the client, or a
// process that shows itself. So is the work of interrupts: it counts for nobody's process.
#include "harness/lab/host/conditions.h"

#include <algorithm>
#include <map>
#include <optional>

namespace assay::lab {
namespace {

constexpr double unaccounted_ticks = 4;  // of a short time: two at each end

using ByNumber = std::map<pid_t, ProcessTime>;

ByNumber by_number(const HostCounters& counters) {
  ByNumber found;
  for (const ProcessTime& each : counters.processes) found.emplace(each.process, each);
  return found;
}

const ProcessTime* same_in(const ByNumber& processes, const ProcessTime& process) {
  const auto found = processes.find(process.process);
  if (found == processes.end() || found->second.started != process.started) return nullptr;
  return &found->second;
}

// The laboratory's children are: the server, the clients that are programs, what keeps the server.
bool is_ours(const ProcessTime& process, const ByNumber& all, const Parties& parties) {
  const ProcessTime* each = &process;
  for (std::size_t steps = 0; steps <= all.size();
       ++steps) {  // a table read in parts may have a loop
    if (each->process == parties.laboratory || each->group == parties.server) return true;
    const auto parent = all.find(each->parent);
    if (parent == all.end()) return false;
    each = &parent->second;
  }
  return false;
}

struct Use {
  double foreign = 0;  // in seconds
  double known = 0;    // of every process, also ours and the kernel's
};

// The time of a process that has ended goes to whoever waited for it, all that it used before the
// window too; so that is taken off again. Nobody need have waited: hence never below 0.
Use use_between(const HostCounters& first, const HostCounters& last, const Parties& parties) {
  const ByNumber before = by_number(first);
  const ByNumber after = by_number(last);
  Use living, ended;
  for (const ProcessTime& each : last.processes) {
    const ProcessTime* earlier = same_in(before, each);
    const double used = each.cpu_s - (earlier ? earlier->cpu_s : 0);
    const double inherited = each.ended_s - (earlier ? earlier->ended_s : 0);
    living.known += used;
    ended.known += inherited;
    if (each.is_kernel || is_ours(each, after, parties)) continue;
    living.foreign += std::max(used, 0.0);
    ended.foreign += inherited;
  }
  for (const ProcessTime& each : first.processes) {
    if (same_in(after, each) != nullptr) continue;
    ended.known -= each.all_s();
    if (!each.is_kernel && !is_ours(each, before, parties)) ended.foreign -= each.all_s();
  }
  return {living.foreign + std::max(ended.foreign, 0.0), living.known + std::max(ended.known, 0.0)};
}

// Load that no process shows, as from another container, is told only where it is more than the
// cores' own counts may be wrong by.
double hidden_seconds(double busy, double known) {
  const double allowed =
      largest_unaccounted_share * std::max(busy, 0.0) + unaccounted_ticks * processor_tick_s;
  const double hidden = busy - known;
  return hidden > allowed ? hidden : 0;
}

std::optional<double> difference(const std::optional<double>& first,
                                 const std::optional<double>& last) {
  return first && last ? std::optional(std::max(*last - *first, 0.0)) : std::nullopt;
}

std::optional<double> mean(const std::optional<double>& one, const std::optional<double>& other) {
  return one && other ? std::optional((*one + *other) / 2) : std::nullopt;
}

}  // namespace

Conditions conditions_between(const HostCounters& first, const HostCounters& last,
                              const Parties& parties) {
  Conditions found;
  found.seconds = std::chrono::duration<double>(last.time - first.time).count();
  if (found.seconds <= 0) return found;
  const Use use = use_between(first, last, parties);
  if (const auto busy = difference(first.busy_s, last.busy_s)) {
    found.foreign_cores = (use.foreign + hidden_seconds(*busy, use.known)) / found.seconds;
  }
  if (const auto steal = difference(first.steal_s, last.steal_s)) {
    found.steal = *steal / found.seconds / last.cores;
  }
  if (const auto waited = difference(first.pressure_s, last.pressure_s)) {
    found.pressure = std::min(*waited / found.seconds, 1.0);
  }
  if (first.temperature_c && last.temperature_c) {
    found.temperature_c = std::max(*first.temperature_c, *last.temperature_c);
  }
  found.frequency_mhz = mean(first.frequency_mhz, last.frequency_mhz);
  if (first.throttled && last.throttled) {
    found.throttled = *last.throttled - std::min(*first.throttled, *last.throttled);
  }
  return found;
}

double cpu_seconds_of(const HostCounters& counters, pid_t group) {
  double seconds = 0;
  for (const ProcessTime& each : counters.processes) {
    if (each.group == group) seconds += each.all_s();
  }
  return seconds;
}

}  // namespace assay::lab
