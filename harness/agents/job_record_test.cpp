#include "harness/agents/job_record.h"

#include <memory>

#include <gtest/gtest.h>

namespace assay::agents {
namespace {

TEST(JobRecord, HoldsAllOfAJob) {
  load::Job job;
  job.target = {"host", 8443, "/tmp/socket", load::TlsChoice{false, "own.pem"}};
  job.request = {"PUT", "/a", {{"K", "V"}, {"Raw", "\xfe"}}, std::string("\0b", 2)};
  job.is_verbatim = true;
  job.expectation.status = 404;
  job.expectation.media_type = "text/html";
  job.expectation.body = "";
  job.expectation.other_statuses = {410, 200};
  job.mix = {{80, {"GET", "/{seq}", {}, ""}, {200, {}, "hello"}},
             {20, {"POST", "/b", {{"K", "\xff"}}, "body"}, {201, "text/plain", {}}}};
  job.connections = 7;
  job.threads = 3;
  job.keep_alive = false;
  job.pipeline = 4;
  job.stays_awake = true;
  job.rate = load::Rate{1.5, 2.5, load::Arrivals::burst, 20};
  job.share = {2, 5};
  job.warm_up = load::nanoseconds(11);
  job.duration = load::nanoseconds(12);
  job.requests = 13;
  job.timeout = load::nanoseconds(14);
  job.seed = UINT64_MAX;

  const auto again = job_of(record_of(job));
  ASSERT_TRUE(again.has_value()) << again.error().what();
  EXPECT_EQ(again->target.host, "host");
  EXPECT_EQ(again->target.port, 8443);
  EXPECT_EQ(again->target.unix_path, "/tmp/socket");
  ASSERT_TRUE(again->target.tls);
  EXPECT_FALSE(again->target.tls->verifies);
  EXPECT_EQ(again->target.tls->authorities, "own.pem");
  EXPECT_EQ(again->request.method, "PUT");
  EXPECT_EQ(again->request.target, "/a");
  EXPECT_EQ(again->request.headers, job.request.headers);
  EXPECT_EQ(again->request.body, job.request.body);
  EXPECT_TRUE(again->is_verbatim);
  EXPECT_EQ(again->expectation.status, 404);
  EXPECT_EQ(again->expectation.media_type, "text/html");
  EXPECT_EQ(again->expectation.body, "");
  EXPECT_EQ(again->expectation.other_statuses, (std::vector{410, 200}));
  ASSERT_EQ(again->mix.size(), 2U);
  EXPECT_EQ(again->mix[0].weight, 80U);
  EXPECT_EQ(again->mix[0].request.target, "/{seq}");
  EXPECT_EQ(again->mix[0].expectation.body, "hello");
  EXPECT_EQ(again->mix[1].weight, 20U);
  EXPECT_EQ(again->mix[1].request.method, "POST");
  EXPECT_EQ(again->mix[1].request.headers, job.mix[1].request.headers);
  EXPECT_EQ(again->mix[1].request.body, "body");
  EXPECT_EQ(again->mix[1].expectation.status, 201);
  EXPECT_EQ(again->mix[1].expectation.media_type, "text/plain");
  EXPECT_EQ(again->connections, 7U);
  EXPECT_EQ(again->threads, 3U);
  EXPECT_FALSE(again->keep_alive);
  EXPECT_EQ(again->pipeline, 4U);
  EXPECT_TRUE(again->stays_awake);
  ASSERT_TRUE(again->rate);
  EXPECT_EQ(again->rate->per_second, 1.5);
  EXPECT_EQ(again->rate->per_second_at_end, 2.5);
  EXPECT_EQ(again->rate->arrivals, load::Arrivals::burst);
  EXPECT_EQ(again->rate->at_once, 20U);
  EXPECT_EQ(again->share.index, 2U);
  EXPECT_EQ(again->share.of, 5U);
  EXPECT_EQ(again->warm_up, load::nanoseconds(11));
  EXPECT_EQ(again->duration, load::nanoseconds(12));
  EXPECT_EQ(again->requests, 13U);
  EXPECT_EQ(again->timeout, load::nanoseconds(14));
  EXPECT_EQ(again->seed, UINT64_MAX);
}

TEST(JobRecord, HoldsEachRuleOfABody) {
  const std::pair<load::Result<load::BodyRule>, const char*> rules[] = {
      {load::BodyRule::json("[1, 2]"), "[1,2.0]"},
      {load::BodyRule::contains("ell\xff"), "Hell\xffo"},
      {load::BodyRule::schema(R"({"type":"string"})"), "\"text\""},
      {load::BodyRule::pattern("\xfe{digits}"),
       "\xfe"
       "12"},
  };
  for (const auto& [rule, accepted] : rules) {
    ASSERT_TRUE(rule.has_value()) << rule.error().what();
    load::Job job;
    job.expectation.rule = std::make_shared<const load::BodyRule>(*rule);
    const auto again = job_of(record_of(job));
    ASSERT_TRUE(again.has_value()) << again.error().what();
    ASSERT_TRUE(again->expectation.rule);
    EXPECT_EQ(again->expectation.rule->kind(), rule->kind());
    EXPECT_EQ(again->expectation.rule->words(), rule->words());
    EXPECT_TRUE(again->expectation.rule->accepts(accepted));
    EXPECT_FALSE(again->expectation.rule->accepts("[2]"));
  }
}

TEST(JobRecord, RefusesARuleThatIsNone) {
  JobRecord record = record_of(load::Job());
  record.expectation.rule = RuleRecord{RuleName::json, octets_of("{")};
  EXPECT_FALSE(job_of(record).has_value());
}

TEST(JobRecord, LeavesOutWhatAJobDoesNotHave) {
  const JobRecord record = record_of(load::Job());
  EXPECT_FALSE(record.target.tls);
  EXPECT_FALSE(record.rate);
  EXPECT_FALSE(record.requests);
  EXPECT_FALSE(record.expectation.body);
  const auto again = job_of(record);
  ASSERT_TRUE(again.has_value());
  EXPECT_FALSE(again->rate);
  EXPECT_FALSE(again->expectation.body);
}

}  // namespace
}  // namespace assay::agents
