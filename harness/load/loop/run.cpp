#include "harness/load/loop/run.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "harness/load/loop/crew.h"
#include "harness/load/socket/file_limit.h"
#include "harness/load/socket/reach.h"
#include "harness/load/socket/tls.h"
#include "harness/load/socket/url.h"

namespace assay::load {
namespace {

constexpr double highest_rate = 1e7;
constexpr std::size_t most_pipelined = 1024;

// A rate that grows has to know when to begin. Agents would have to find the load steady together:
// each sees its own share of the replies alone, and all must begin to measure at one instant.
std::optional<LoadError> refusal_of_warm_up(const Job& job) {
  if (!job.warm_up_most) return std::nullopt;
  if (*job.warm_up_most < job.warm_up) {
    return LoadError::warm_up_beyond_most(job.warm_up, *job.warm_up_most);
  }
  if (job.share.of > 1) return LoadError::two_ways("--warm-up-most", "a load shared among agents");
  if (job.rate && job.rate->per_second != job.rate->per_second_at_end) {
    return LoadError::two_ways("--warm-up-most", "a rate that grows over the measured time");
  }
  return std::nullopt;
}

std::optional<LoadError> refusal(const Job& job) {
  if (job.connections == 0) return LoadError::nothing_to_do("the number of connections (-c)");
  if (job.threads == 0) return LoadError::nothing_to_do("the number of threads (-t)");
  if (job.timeout <= nanoseconds(0)) return LoadError::nothing_to_do("the timeout");
  if (job.requests == 0U) return LoadError::nothing_to_do("the number of requests (-n)");
  if (!job.requests && job.duration <= nanoseconds(0)) {
    return LoadError::nothing_to_do("the duration (-d)");
  }
  if (job.threads > job.connections) {
    return LoadError::more_threads_than_connections(job.threads, job.connections);
  }
  if (job.pipeline == 0)
    return LoadError::nothing_to_do("the number of requests under way (--pipeline)");
  if (job.pipeline > most_pipelined) return LoadError::pipeline_too_long(most_pipelined);
  if (job.pipeline > 1 && !job.keep_alive) return LoadError::pipeline_without_connection();
  if (job.share.index >= job.share.of) return LoadError::nothing_to_do("the share of the agents");
  const auto is_rate = [](double rate) { return rate > 0 && rate <= highest_rate; };
  if (job.rate && (!is_rate(job.rate->per_second) || !is_rate(job.rate->per_second_at_end))) {
    return LoadError::nothing_to_do("the rate (-r)");
  }
  if (std::any_of(job.mix.begin(), job.mix.end(), [](auto& part) { return part.weight == 0; })) {
    return LoadError::nothing_to_do("the weight of each request of a mix");
  }
  if (job.rate && job.rate->at_once == 0) return LoadError::nothing_to_do("the burst (--burst)");
  return refusal_of_warm_up(job);
}

Result<Loops> loops_of(const Job& job, const Exchange& exchange, const Stop& stop) {
  Loops loops;
  for (std::size_t thread = 0; thread < job.threads; ++thread) {
    // As even as it goes: the first ones take what is left over.
    const std::size_t share =
        job.connections / job.threads + (thread < job.connections % job.threads ? 1 : 0);
    Result<Poller> poller = Poller::open();
    if (!poller) return poller.error();
    loops.push_back(std::make_unique<Loop>(std::move(*poller), exchange, stop, share, job.timeout,
                                           job.stays_awake));
  }
  return loops;
}

double mean(const Rate& rate) { return (rate.per_second + rate.per_second_at_end) / 2; }

nanoseconds measured(const Job& job, const Schedule& schedule, const Loops& loops, bool cut) {
  if (!job.requests && !cut) return job.duration;
  TimePoint until = schedule.measure();
  for (const auto& loop : loops) until = std::max(until, loop->last());
  if (cut) until = std::max(until, std::min(Clock::now(), schedule.end()));
  return until - schedule.measure();
}

nanoseconds warmed_up(const Schedule& schedule) {
  const TimePoint until = std::min(schedule.measure(), Clock::now());
  return std::max<nanoseconds>(until - schedule.start(), nanoseconds(0));
}

Summary summary_of(const Job& job, const Schedule& schedule, const Loops& loops, bool stopped) {
  Summary summary;
  summary.warm_up = warmed_up(schedule);
  summary.connections = job.connections;
  summary.pipeline = job.pipeline;
  for (const MixPart& part : job.mix) {
    summary.part_names.push_back(part.request.method + " " + part.request.target);
  }
  summary.by_duration = !job.requests;
  summary.asked = job.rate;
  if (job.rate) summary.offered = mean(*job.rate) / static_cast<double>(job.share.of);
  for (const auto& loop : loops) {
    summary.tally.merge(loop->tally());
    summary.threads.push_back(loop->usage());
    if (summary.malformed.empty()) summary.malformed = loop->malformed();
  }
  const bool has_all =
      job.requests ? summary.tally.ended() >= schedule.requests() : Clock::now() >= schedule.end();
  summary.cut = stopped && !has_all;
  const bool gave_up = std::any_of(loops.begin(), loops.end(),
                                   [](const auto& loop) { return loop->has_given_up(); });
  if (gave_up && !has_all) {
    summary.given_up = schedule.requests() - summary.tally.ended();
    summary.silence = Loop::patience(job.timeout);
  }
  summary.duration = measured(job, schedule, loops, summary.cut);
  return summary;
}

// Of a run by time: millions may be due in each second that nobody could send.
void leave_out_batches(Tally& tally, Histogram& waits, Schedule& schedule, const Mix& mix,
                       TimePoint until) {
  while (schedule.take_batch(std::min(schedule.measure(), until))) continue;  // of the warm-up
  while (const auto batch = schedule.take_batch(until)) {
    const auto& [first, step, count, begin, end] = batch->requests;
    tally.add_unsent(until - batch->due, count);
    waits.record(until - batch->due, count);
    for (std::uint64_t number = first; !tally.parts.empty() && number < first + count * step;
         number += step) {
      tally.parts[mix.part(number)].errors.add(ErrorKind::unsent);
    }
  }
}

void leave_out_each(Tally& tally, Histogram& waits, Schedule& schedule, const Mix& mix,
                    TimePoint until) {
  for (auto due = schedule.take(until); due && due->at < until; due = schedule.take(until)) {
    if (due->ticket != Ticket::counted) continue;
    tally.add_unsent(until - due->at, 1);
    waits.record(until - due->at);
    if (!tally.parts.empty()) tally.parts[mix.part(due->number)].errors.add(ErrorKind::unsent);
  }
}

// What was due when the run ended and found no connection free, with how long it had waited.
void add_left_out(Summary& summary, Schedule& schedule, const Mix& mix) {
  const TimePoint until = schedule.measure() + summary.duration;
  Second second;
  Histogram waits;
  if (schedule.is_by_count()) {
    leave_out_each(summary.tally, waits, schedule, mix, until);
  } else {
    leave_out_batches(summary.tally, waits, schedule, mix, until);
  }
  second.errors = waits.count();
  if (second.errors == 0) return;
  second.latency = waits.compact();
  if (summary.seconds.empty()) summary.seconds.emplace_back();
  summary.seconds.back().merge(second);
}

bool was_never_reached(const Tally& tally) {
  return tally.requests == 0 && tally.errors.total() > 0 &&
         tally.errors[ErrorKind::connect] == tally.errors.total();
}

// RFC 9110, 9.2.2
bool is_idempotent(const std::string& method) {
  constexpr std::array methods{"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"};
  return std::find(methods.begin(), methods.end(), method) != methods.end();
}

Result<Question> question_of(const Job& job, const Request& request,
                             const Expectation& expectation) {
  const Scheme scheme = job.target.tls ? Scheme::https : Scheme::http;
  const std::string name = authority(job.target.host, job.target.port, scheme);
  Result<RequestTemplate> filled =
      job.is_verbatim ? RequestTemplate::verbatim(request, name, job.keep_alive)
                      : RequestTemplate::of(request, name, job.keep_alive, job.seed);
  if (!filled) return filled.error();
  return Question{std::move(*filled), request.method == "HEAD", is_idempotent(request.method),
                  expectation};
}

Result<std::vector<Question>> questions_of(const Job& job) {
  std::vector<MixPart> parts = job.mix;
  if (parts.empty()) parts.push_back({1, job.request, job.expectation});
  std::vector<Question> questions;
  for (const MixPart& part : parts) {
    Result<Question> question = question_of(job, part.request, part.expectation);
    if (!question) return question.error();
    questions.push_back(std::move(*question));
  }
  return questions;
}

Mix mix_of(const Job& job) {
  std::vector<unsigned> weights;
  for (const MixPart& part : job.mix) weights.push_back(part.weight);
  return weights.empty() ? Mix() : Mix(weights, job.seed);
}

Result<std::unique_ptr<Tls>> tls_of(const Target& target) {
  if (!target.tls) return std::unique_ptr<Tls>();
  return Tls::of(*target.tls, target.host);
}

Result<Exchange> exchange_of(const Job& job, const Stop& stop) {
  Result<std::vector<Question>> questions = questions_of(job);
  if (!questions) return questions.error();
  Result<std::unique_ptr<Tls>> tls = tls_of(job.target);
  if (!tls) return tls.error();
  const Result<Address> address = reach(job.target, tls->get(), job.timeout, &stop);
  if (!address) return address.error();
  return Exchange{*address,         std::move(*tls), std::move(*questions), mix_of(job),
                  !job.mix.empty(), job.keep_alive,  job.pipeline};
}

}  // namespace

Result<Summary> run(const Job& job, const Stop& stop, const Watch& watch) {
  if (const auto error = refusal(job)) return *error;
  if (const auto error = allow_open_files(job.connections)) return *error;
  const Result<Exchange> exchange = exchange_of(job, stop);
  if (!exchange) return exchange.error();
  const Result<Loops> loops = loops_of(job, *exchange, stop);
  if (!loops) return loops.error();
  Crew crew(job, *loops);
  if (const auto error = crew.run(watch)) return *error;
  Summary summary = summary_of(job, crew.schedule(), *loops, stop.requested());
  summary.seconds = crew.seconds();
  summary.is_steady = crew.is_steady();
  summary.longest_gap = crew.longest_gap();
  // Cut before it was measured, nothing was due, and the window's begin may never have been
  // decided.
  if (job.rate && summary.duration > nanoseconds(0))
    add_left_out(summary, crew.schedule(), exchange->mix);
  if (was_never_reached(summary.tally)) {
    return LoadError::unreachable(job.target.host, job.target.port,
                                  "it took no further connection");
  }
  return summary;
}

}  // namespace assay::load
