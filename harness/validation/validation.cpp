#include "harness/validation/validation.h"

#include <sys/utsname.h>

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "harness/validation/clients_compared.h"
#include "harness/validation/free_cores.h"
#include "harness/validation/metronome.h"
#include "harness/validation/stopped.h"

namespace assay::validation {
namespace {

using Plan = std::vector<Experiment> (*)(Length);

constexpr auto longest_calm_wake = std::chrono::milliseconds(1);

constexpr std::array<std::pair<const char*, Plan>, 8> plans{{{"T1", constant_delay},
                                                             {"T2", two_values},
                                                             {"T3", littles_law},
                                                             {"T4", periodic_stall},
                                                             {"T5", random_queue},
                                                             {"T6", even_queue},
                                                             {"T7", arrivals},
                                                             {"T8", faults}}};

bool is_wished(const Wish& wish, const std::string& test) {
  return wish.only.empty() ||
         std::find(wish.only.begin(), wish.only.end(), test) != wish.only.end();
}

Result<void> take(Result<Checks> checks, Proof& proof) {
  if (!checks) return checks.error();
  for (Check& check : *checks) proof.checks.push_back(std::move(check));
  return {};
}

// The floor goes into the laboratory, and what a plain client says of it into the proof. The rest
// is built on that of the last try.
Result<void> lay_floor(const Wish& wish, Laboratory& laboratory, const Say& say, Proof& proof) {
  const Experiment at_once = floor_experiment(wish.length);
  const std::size_t rounds = wish.length == Length::whole ? 5000 : 1500;
  const auto make = [&]() -> Result<Checks> {
    const Result<PlainFloor> plain =
        plain_floor({rounds, std::chrono::milliseconds(1)}, laboratory);
    if (!plain) return plain.error();
    const Result<Observation> seen = observe(at_once, laboratory);
    if (!seen) return seen.error();
    laboratory.floor = floor_of(*seen);
    return floor_checks(*seen, *plain);
  };
  const std::string name = "     " + at_once.on + ", by a plain client and by ours";
  return take(tried(name, make, laboratory.stays_awake, say), proof);
}

Result<void> run_plans(const Wish& wish, const Laboratory& laboratory, const Say& say,
                       Proof& proof) {
  for (const auto& [test, plan] : plans) {
    if (!is_wished(wish, test)) continue;
    for (const Experiment& experiment : plan(wish.length)) {
      const auto make = [&] { return proved(experiment, laboratory); };
      const std::string name = experiment.test + "  " + experiment.on;
      auto done = take(tried(name, make, laboratory.stays_awake, say), proof);
      if (!done) return done.error();
    }
  }
  return {};
}

Result<void> run_rest(const Wish& wish, const Laboratory& laboratory, const Say& say,
                      Proof& proof) {
  if (is_wished(wish, "T9")) {
    const auto server = [&] { return server_stopped(laboratory, wish.length); };
    auto done =
        take(tried("T9  the server is stopped", server, laboratory.stays_awake, say), proof);
    if (!done) return done.error();
    const auto client = [&] { return client_stopped(laboratory); };
    done = take(tried("T9  the client is stopped", client, laboratory.stays_awake, say), proof);
    if (!done) return done.error();
  }
  // Minutes long, and about others: only where it is asked for by name, or all is.
  const bool is_brief = wish.length == Length::brief && wish.only.empty();
  if (!is_wished(wish, "T10") || is_brief) return {};
  return compare_clients(laboratory, say, proof);
}

// The short form is part of every test run, beside whatever else a machine does then. Where one
// sleep in a thousand lasted too long, its times say nothing, nor what is reckoned from them;
// counts do.
void leave_times_out_if_busy(Proof& proof, const load::Histogram& wakes) {
  if (wakes.percentile(0.999) < longest_calm_wake) return;
  for (Check& check : proof.checks) {
    if (check.verdict != Verdict::disagrees || check.unit == Unit::count) continue;
    check.verdict = Verdict::not_judged;
    check.reason = "the machine was too busy for the short form";
  }
}

// Who sleeps is woken when the system likes, by more than the 20 us that a figure may be off.
bool stays_awake(const Wish& wish) {
  if (wish.stays_awake) return *wish.stays_awake;
  if (wish.length == Length::brief) return false;
  // What ran for a moment only is no other work.
  for (int look = 0; look < 3; ++look) {
    if (are_free(2, std::chrono::milliseconds(500))) return true;
  }
  return false;
}

std::string machine() {
  utsname names{};
  uname(&names);
  return fmt::format("{} cores, {} {} {}", std::thread::hardware_concurrency(), names.sysname,
                     names.release, names.machine);
}

}  // namespace

const std::vector<Test>& tests() {
  static const std::vector<Test> all{
      {"T1", "every reply after the same time"},
      {"T2", "two values: the step of the distribution is where it has to be"},
      {"T3", "closed loop: rate times latency is the number of connections"},
      {"T4", "a server that stands still from time to time"},
      {"T5", "one queue, arrivals at random: M/M/1 and M/D/1"},
      {"T6", "one queue, arrivals at even intervals, up to its limit and beyond"},
      {"T7", "sends follow their schedule, by the server's own log"},
      {"T8", "faults are counted by kind, to the last one"},
      {"T9", "a stopped server is a stall; a stopped client is no server's fault"},
      {"T10", "other clients beside ours and the truth"}};
  return all;
}

Result<Proof> validate(const Wish& wish, Laboratory laboratory, const Say& say) {
  laboratory.stays_awake = stays_awake(wish);
  say(laboratory.stays_awake ? "     server and client stay awake"
                             : "     server and client sleep while they wait");
  const load::TimePoint began = load::Clock::now();
  Metronome metronome;
  Proof proof;
  const auto now = std::chrono::system_clock::now();
  proof.date =
      fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
  proof.machine = machine();
  proof.is_awake = laboratory.stays_awake;
  if (auto done = lay_floor(wish, laboratory, say, proof); !done) return done.error();
  if (auto done = run_plans(wish, laboratory, say, proof); !done) return done.error();
  if (auto done = run_rest(wish, laboratory, say, proof); !done) return done.error();
  if (wish.length == Length::brief) leave_times_out_if_busy(proof, metronome.end());
  proof.seconds = load::in_seconds(load::Clock::now() - began);
  return proof;
}

}  // namespace assay::validation
