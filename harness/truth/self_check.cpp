#include "harness/truth/self_check.h"

#include <array>

#include <fmt/format.h>

#include "harness/load/loop/fetch.h"
#include "harness/load/loop/run.h"
#include "harness/truth/truth_record.h"
#include "harness/truth/truth_server.h"
#include "server/model/json_read.h"

namespace assay::truth {
namespace {

Result<TruthRecord> record_from(std::uint16_t port) {
  const auto reply = load::fetch("127.0.0.1", port, {"GET", "/__truth__", {}, {}});
  if (!reply) return TruthError::no_check(reply.error().what());
  auto reading = model::from_json<TruthRecord>(reply->body);
  if (!reading.ok()) return TruthError::no_check(model::text(reading.problems.front()));
  return std::move(reading.value);
}

load::Job job_for(std::uint16_t port, const TruthSettings& settings, nanoseconds duration) {
  load::Job job;
  job.target.host = "127.0.0.1";
  job.target.port = port;
  job.request.target = "/";
  job.connections = 1;
  job.keep_alive = !settings.closes;
  job.duration = duration;
  job.expectation.body = settings.body;
  return job;
}

std::string row(std::string_view name, double law, double served, double seen) {
  return fmt::format("{:<6}{:>14.1f}{:>14.1f}{:>14.1f}\n", name, law, served, seen);
}

std::string table(const TruthRecord& record, const load::Summary& summary) {
  const LawRecord& law = record.law;
  const TimesRecord& served = record.response_us;
  const TimesRecord& late = record.lateness_us;
  const auto seen = [&](double share) {
    return load::in_microseconds(summary.tally.latency.percentile(share));
  };
  std::string text =
      fmt::format("{:<6}{:>14}{:>14}{:>14}   microseconds\n", "", "law", "served", "client");
  text += row("mean", law.mean_us, served.mean, summary.tally.latency.mean_ns() / 1e3);
  text += row("p50", law.p50_us, served.p50, seen(0.5));
  text += row("p90", law.p90_us, served.p90, seen(0.9));
  text += row("p99", law.p99_us, served.p99, seen(0.99));
  text += row("p99.9", law.p99_9_us, served.p99_9, seen(0.999));
  text += fmt::format("late: p50 {:.1f}, p99 {:.1f}, p99.9 {:.1f}, at most {:.1f} us\n", late.p50,
                      late.p99, late.p99_9, late.max);
  text += fmt::format("{} requests, {:.0f} right ones a second, {} errors seen by the client\n",
                      record.requests, summary.rate(), summary.tally.errors.total());
  return text;
}

}  // namespace

Result<std::string> self_check(TruthSettings settings, nanoseconds duration,
                               const load::Stop& stop) {
  settings.host = "127.0.0.1";
  settings.port = 0;
  const auto server = TruthServer::start(settings);
  if (!server) return server.error();
  const std::uint16_t port = (*server)->port();
  const auto summary = load::run(job_for(port, settings, duration), stop);
  if (!summary) return TruthError::no_check(summary.error().what());
  const Result<TruthRecord> record = record_from(port);
  if (!record) return record.error();
  if (const Result<void> ended = (*server)->end(); !ended) return ended.error();
  return table(*record, *summary);
}

}  // namespace assay::truth
