#include "harness/agents/job_record.h"

#include <memory>
#include <string_view>
#include <utility>

#include "harness/agents/agent_error.h"
#include "harness/agents/paired_names.h"

namespace assay::agents {
namespace {

using load::BodyRule;
using load::Job;
using load::nanoseconds;
using load::Result;

constexpr std::array rule_names{
    std::pair{BodyRule::Kind::json, RuleName::json},
    std::pair{BodyRule::Kind::contains, RuleName::contains},
    std::pair{BodyRule::Kind::schema, RuleName::schema},
    std::pair{BodyRule::Kind::pattern, RuleName::pattern},
};

TargetRecord record_of(const load::Target& target) {
  TargetRecord record{target.host, target.port, target.unix_path, {}};
  if (target.tls) record.tls = TlsRecord{target.tls->verifies, target.tls->authorities};
  return record;
}

RequestRecord record_of(const load::Request& request, bool is_verbatim) {
  RequestRecord record{
      request.method, octets_of(request.target), {}, octets_of(request.body), is_verbatim};
  for (const auto& [name, value] : request.headers) {
    record.headers.push_back({octets_of(name), octets_of(value)});
  }
  return record;
}

ExpectationRecord record_of(const load::Expectation& expectation) {
  ExpectationRecord record{
      expectation.status, expectation.media_type, {}, {}, expectation.other_statuses};
  if (expectation.body) record.body = octets_of(*expectation.body);
  if (expectation.rule) {
    record.rule = RuleRecord{name_of(rule_names, expectation.rule->kind()),
                             octets_of(expectation.rule->words())};
  }
  return record;
}

load::Target target_of(const TargetRecord& record) {
  load::Target target{record.host, record.port, record.unix_path, {}};
  if (record.tls) target.tls = load::TlsChoice{record.tls->verifies, record.tls->authorities};
  return target;
}

Result<load::Request> request_of(const RequestRecord& record) {
  const auto target = bytes_of(record.target);
  if (!target) return not_understood("request.target is neither text nor base64");
  const auto body = bytes_of(record.body);
  if (!body) return not_understood("request.body is neither text nor base64");
  load::Request request{record.method, *target, {}, *body};
  for (const HeaderRecord& header : record.headers) {
    auto name = bytes_of(header.name);
    auto value = bytes_of(header.value);
    if (!name || !value) return not_understood("request.headers are neither text nor base64");
    request.headers.emplace_back(std::move(*name), std::move(*value));
  }
  return request;
}

Result<std::shared_ptr<const BodyRule>> rule_of(const RuleRecord& record) {
  const auto words = bytes_of(record.words);
  if (!words) return not_understood("expectation.rule.words are neither text nor base64");
  const auto made = [&] {
    switch (value_of(rule_names, record.kind)) {
      case BodyRule::Kind::json: return BodyRule::json(*words);
      case BodyRule::Kind::contains: return BodyRule::contains(*words);
      case BodyRule::Kind::pattern: return BodyRule::pattern(*words);
      case BodyRule::Kind::schema: break;
    }
    return BodyRule::schema(*words);
  };
  Result<BodyRule> rule = made();
  if (!rule) return rule.error();
  return std::make_shared<const BodyRule>(std::move(*rule));
}

Result<load::Expectation> expectation_of(const ExpectationRecord& record) {
  load::Expectation expectation;
  expectation.status = record.status;
  expectation.other_statuses = record.other_statuses;
  expectation.media_type = record.media_type;
  if (record.body) {
    expectation.body = bytes_of(*record.body);
    if (!expectation.body) return not_understood("expectation.body is neither text nor base64");
  }
  if (record.rule) {
    Result<std::shared_ptr<const BodyRule>> rule = rule_of(*record.rule);
    if (!rule) return rule.error();
    expectation.rule = std::move(*rule);
  }
  return expectation;
}

Result<std::vector<load::MixPart>> mix_of(const std::vector<MixPartRecord>& records) {
  std::vector<load::MixPart> mix;
  for (const MixPartRecord& record : records) {
    Result<load::Request> request = request_of(record.request);
    if (!request) return request.error();
    Result<load::Expectation> expectation = expectation_of(record.expectation);
    if (!expectation) return expectation.error();
    mix.push_back(
        {static_cast<unsigned>(record.weight), std::move(*request), std::move(*expectation)});
  }
  return mix;
}

void take_numbers(Job& job, const JobRecord& record) {
  job.connections = record.connections;
  job.threads = record.threads;
  job.keep_alive = record.keep_alive;
  job.pipeline = record.pipeline;
  job.stays_awake = record.stays_awake;
  if (record.rate) job.rate = rate_of(*record.rate);
  job.share = {record.share.index, record.share.of};
  job.warm_up = nanoseconds(record.warm_up_ns);
  job.duration = nanoseconds(record.duration_ns);
  job.requests = record.requests;
  job.timeout = nanoseconds(record.timeout_ns);
  job.seed = record.seed;
}

}  // namespace

JobRecord record_of(const Job& job) {
  JobRecord record;
  record.target = record_of(job.target);
  record.request = record_of(job.request, job.is_verbatim);
  record.expectation = record_of(job.expectation);
  for (const load::MixPart& part : job.mix) {
    record.mix.push_back(
        {part.weight, record_of(part.request, job.is_verbatim), record_of(part.expectation)});
  }
  record.connections = job.connections;
  record.threads = job.threads;
  record.keep_alive = job.keep_alive;
  record.pipeline = job.pipeline;
  record.stays_awake = job.stays_awake;
  if (job.rate) record.rate = record_of(*job.rate);
  record.share = {job.share.index, job.share.of};
  record.warm_up_ns = job.warm_up.count();
  record.duration_ns = job.duration.count();
  record.requests = job.requests;
  record.timeout_ns = job.timeout.count();
  record.seed = job.seed;
  return record;
}

Result<Job> job_of(const JobRecord& record) {
  Result<load::Request> request = request_of(record.request);
  if (!request) return request.error();
  Result<load::Expectation> expectation = expectation_of(record.expectation);
  if (!expectation) return expectation.error();
  Result<std::vector<load::MixPart>> mix = mix_of(record.mix);
  if (!mix) return mix.error();
  Job job;
  job.target = target_of(record.target);
  job.request = std::move(*request);
  job.is_verbatim = record.request.is_verbatim;
  job.expectation = std::move(*expectation);
  job.mix = std::move(*mix);
  take_numbers(job, record);
  return job;
}

}  // namespace assay::agents
