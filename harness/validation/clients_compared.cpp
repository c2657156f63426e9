#include "harness/validation/clients_compared.h"

#include <cctype>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "harness/cost/child.h"
#include "harness/truth/queue_law.h"
#include "harness/validation/sheet.h"
#include "harness/validation/truth_process.h"

namespace assay::validation {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int seconds_each = 10;
constexpr int stall_rate = 2000;

struct Contest {
  std::string law;
  truth::ServiceSettings service;
  std::optional<int> rate;
  std::vector<std::pair<double, double>> quantiles;  // share, seconds
  std::optional<double> mean;                        // where it does not depend on the client
};

Contest two_valued() {
  Contest contest;
  contest.law = "2 ms, but 50 ms for 2 %; 16 connections, as fast as replies come";
  contest.service.law = truth::TwoValued{milliseconds(2), milliseconds(50), 0.02};
  for (const double share : {0.5, 0.9, 0.99}) {
    contest.quantiles.emplace_back(share, truth::quantile(contest.service.law, share).count());
  }
  contest.mean = truth::mean(contest.service.law).count();
  return contest;
}

// Who keeps no rate asks less while the server stands still, and so hardly sees it.
Contest stalls() {
  Contest contest;
  contest.law = fmt::format(
      "stands still 200 ms in every 5 s; 16 connections, {} requests/s where a rate can be kept",
      stall_rate);
  contest.service.stall_every = milliseconds(5000);
  contest.service.stall_lasts = milliseconds(200);
  contest.rate = stall_rate;
  truth::StalledQueue truth;
  truth.every = contest.service.stall_every;
  truth.lasts = contest.service.stall_lasts;
  for (const double share : {0.5, 0.9, 0.99}) {
    contest.quantiles.emplace_back(share, truth.response_quantile(share).count());
  }
  contest.mean = truth.mean_response().count();
  return contest;
}

Result<ClientRow> row_of(const Client& client, const Contest& contest,
                         const Laboratory& laboratory) {
  ClientRow row{contest.law, client.name, {}, {}};
  if (client.pace == Pace::by_a_rate && !contest.rate) {
    row.missing = "sends at a rate alone";
    return row;
  }
  auto server = serve(contest.service, laboratory);
  if (!server) return server.error();
  Call call;
  call.url = fmt::format("http://127.0.0.1:{}/", server->port());
  call.seconds = seconds_each;
  call.rate = client.pace == Pace::by_replies ? std::nullopt : contest.rate;
  const auto child = cost::Child::start({client.command(call), {}, {}});
  if (!child) return ValidationError::out_of_system("process", child.error().what());
  const auto status = child->wait(seconds(3 * seconds_each), laboratory.stop);
  if (laboratory.stop.requested()) return ValidationError::interrupted();
  if (status == 127) {  // what a shell, and our child, say of a program that is not there
    row.missing = "not installed";
  } else if (!status) {
    row.missing = "did not end";
  } else {
    row.reading = client.read(child->said());
    if (!row.reading.mean && !row.reading.p50) row.missing = child->last_words();
  }
  return row;
}

Result<std::string> version_of(const Client& client, const Laboratory& laboratory) {
  const std::vector<std::string> command{client.name, client.version_option};
  const auto child = cost::Child::start({command, {}, {}});
  if (!child) return ValidationError::out_of_system("process", child.error().what());
  const auto status = child->wait(seconds(seconds_each), laboratory.stop);
  if (!status || status == 127) return std::string();
  const std::string said = child->said();
  std::size_t digit = said.find_first_of("0123456789");
  const auto is_in_a_name = [&] { return digit != 0 && std::isalpha(said[digit - 1]) != 0; };
  while (digit != said.npos && is_in_a_name()) digit = said.find_first_of("0123456789", digit + 1);
  if (digit == said.npos) return std::string();
  return said.substr(digit, said.find_first_of(" ,[\n", digit) - digit);
}

Experiment ours_in(const Contest& contest) {
  Experiment experiment;
  experiment.test = "T10";
  experiment.on = "ours: " + contest.law;
  experiment.service = contest.service;
  experiment.job.connections = 16;
  experiment.job.duration = seconds(seconds_each);
  if (contest.rate) experiment.job.rate = steady(*contest.rate);
  if (contest.rate) experiment.starts_in_period = contest.service.stall_every / 2;
  return experiment;
}

// Where only replies set the pace, the floor is that of two programs at work without a pause, which
// was not measured on its own; so only the mean is held against the formula, by Little's law.
Checks checks_of(const Contest& contest, const Experiment& experiment, const Observation& seen,
                 const Floor& floor) {
  Sheet sheet(seen, floor);
  if (contest.rate) {
    for (const auto& [share, own_s] : contest.quantiles) sheet.quantile(share, own_s);
  } else {
    const double mean_s = seen.summary.tally.latency.mean_ns() * 1e-9;
    const auto clients = static_cast<double>(experiment.job.connections);
    const double by_rate = clients / seen.summary.rate();
    sheet.figure("mean, beside connections / rate", Unit::seconds, by_rate, mean_s, 0.01 * by_rate);
  }
  for (Check& check : sheet.checks) {
    check.test = experiment.test;
    check.on = experiment.on;
  }
  return sheet.checks;
}

ClientRow our_row(const Contest& contest, const char* name, const Observation& seen) {
  const load::Histogram& latency = seen.summary.tally.latency;
  const auto at = [&](double share) { return load::in_seconds(latency.percentile(share)); };
  return {contest.law, name, {latency.mean_ns() * 1e-9, at(0.5), at(0.9), at(0.99)}, {}};
}

// Judged as it is in the other tests; and, where it was awake, asleep too, as the others are.
Result<void> add_ours(const Contest& contest, const Laboratory& laboratory, const Say& say,
                      Proof& proof) {
  Experiment experiment = ours_in(contest);
  Observation seen;
  const auto make = [&]() -> Result<Checks> {
    Result<Observation> observed = observe(experiment, laboratory);
    if (!observed) return observed.error();
    seen = std::move(*observed);
    return checks_of(contest, experiment, seen, laboratory.floor);
  };
  const bool is_awake = laboratory.stays_awake;
  Result<Checks> checks = tried("T10  assay load: " + contest.law, make, is_awake, say);
  if (!checks) return checks.error();
  for (Check& check : *checks) proof.checks.push_back(std::move(check));
  proof.clients.push_back(our_row(contest, is_awake ? "assay load --awake" : "assay load", seen));
  if (!is_awake) return {};
  say("T10  assay load, asleep: " + contest.law);
  experiment.sleeps = true;
  const Result<Observation> asleep = observe(experiment, laboratory);
  if (!asleep) return asleep.error();
  proof.clients.push_back(our_row(contest, "assay load", *asleep));
  return {};
}

ClientRow truth_row(const Contest& contest, const Floor& floor) {
  const auto own = [&](std::size_t place) {
    return contest.quantiles.at(place).second + floor.usual_s();
  };
  Reading reading{contest.mean, own(0), own(1), own(2)};
  if (reading.mean) *reading.mean += floor.mean_s();
  return {contest.law, "truth", reading, {}};
}

}  // namespace

Result<void> compare_clients(const Laboratory& laboratory, const Say& say, Proof& proof) {
  for (const Contest& contest : {two_valued(), stalls()}) {
    proof.clients.push_back(truth_row(contest, laboratory.floor));
    if (auto done = add_ours(contest, laboratory, say, proof); !done) return done.error();
    for (const Client& client : other_clients()) {
      say(fmt::format("T10  {}: {}", client.name, contest.law));
      const Result<std::string> version = version_of(client, laboratory);
      if (!version) return version.error();
      Result<ClientRow> row = row_of(client, contest, laboratory);
      if (!row) return row.error();
      if (!version->empty()) row->client += " " + *version;
      proof.clients.push_back(std::move(*row));
    }
  }
  return {};
}

}  // namespace assay::validation
