#include "harness/agents/message.h"

#include <gtest/gtest.h>

namespace assay::agents {
namespace {

// As a program written from docs/agents.md would send it.
const std::string job_line =
    R"({"message":"job","job":{)"
    R"("target":{"host":"10.0.0.5","port":8080,"unix_path":"","tls":null},)"
    R"("request":{"method":"POST","target":{"text":"/items?n={seq}"},"headers":[)"
    R"({"name":{"text":"X-Mark"},"value":{"base64":"/w=="}}],"body":{"base64":"AP8="},)"
    R"("is_verbatim":false},)"
    R"("expectation":{"status":201,"media_type":"text/plain","body":null,)"
    R"("rule":{"kind":"json","words":{"text":"{\"a\":1}"}},"other_statuses":[202]},)"
    R"("mix":[{"weight":3,"request":{"method":"GET","target":{"text":"/a"},"headers":[],)"
    R"("body":{"text":""},"is_verbatim":false},"expectation":{"status":null,"media_type":null,)"
    R"("body":null,"rule":{"kind":"pattern","words":{"text":"n={digits}"}},)"
    R"("other_statuses":[]}}],)"
    R"("connections":5,"threads":2,"keep_alive":true,"pipeline":1,"stays_awake":false,)"
    R"("rate":{"per_second":900.5,"per_second_at_end":1800.0,"arrivals":"poisson","at_once":10},)"
    R"("share":{"index":1,"of":3},"warm_up_ns":1000000000,"duration_ns":2000000000,)"
    R"("requests":null,"timeout_ns":3000000000,"seed":7}})";

std::string with(std::string line, std::string_view part, std::string_view instead) {
  const std::size_t at = line.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return line.replace(at, part.size(), instead);
}

TEST(Message, ReadsBackWhatItWrites) {
  const std::vector<std::string> to_agents = {
      R"({"message":"hello","version":2,"program":"assay 0.1.0","machine":"m"})",
      R"({"message":"ping","number":31})",
      R"({"message":"start","at_ns":-5})",
      R"({"message":"cut"})",
  };
  for (const std::string& line : to_agents) {
    const auto heard = to_agent(line);
    ASSERT_TRUE(heard.message) << heard.problem;
    EXPECT_EQ(line_of(*heard.message), line);
  }
  const std::vector<std::string> from_agents = {
      R"({"message":"hello","version":2,"program":"assay 0.1.0","machine":"m"})",
      R"({"message":"pong","number":31,"clock_ns":123456789})",
      R"({"message":"ready"})",
      R"({"message":"heartbeat","requests":3,"errors":1,"client_cpu":0.25,"first_second":2,)"
      R"("seconds":[{"requests":3,"errors":1,"latency":{"counts":"HIST","sum_ns":9,"min_ns":1,)"
      R"("max_ns":5}}]})",
      R"({"message":"error","what":"nothing answers","remedy":"start it"})",
  };
  for (const std::string& line : from_agents) {
    const auto heard = from_agent(line);
    ASSERT_TRUE(heard.message) << heard.problem;
    EXPECT_EQ(line_of(*heard.message), line);
  }
}

TEST(Message, CarriesAWholeJob) {
  const auto heard = to_agent(job_line);
  ASSERT_TRUE(heard.message) << heard.problem;
  const auto job = job_of(std::get<JobMessage>(*heard.message).job);
  ASSERT_TRUE(job.has_value()) << job.error().what();
  EXPECT_EQ(job->target.host, "10.0.0.5");
  EXPECT_EQ(job->target.port, 8080);
  EXPECT_EQ(job->request.method, "POST");
  EXPECT_EQ(job->request.target, "/items?n={seq}");
  ASSERT_EQ(job->request.headers.size(), 1U);
  EXPECT_EQ(job->request.headers[0].second, "\xff");
  EXPECT_EQ(job->request.body, std::string("\0\xff", 2));
  EXPECT_EQ(job->expectation.status, 201);
  ASSERT_TRUE(job->expectation.rule);
  EXPECT_TRUE(job->expectation.rule->accepts("{ \"a\": 1.0 }"));
  EXPECT_FALSE(job->expectation.rule->accepts("{\"a\":2}"));
  EXPECT_EQ(job->expectation.other_statuses, (std::vector{202}));
  ASSERT_EQ(job->mix.size(), 1U);
  EXPECT_EQ(job->mix[0].weight, 3U);
  EXPECT_EQ(job->mix[0].request.target, "/a");
  EXPECT_TRUE(job->mix[0].expectation.rule->accepts("n=12"));
  EXPECT_EQ(job->threads, 2U);
  EXPECT_EQ(job->rate->arrivals, load::Arrivals::poisson);
  EXPECT_EQ(job->rate->per_second_at_end, 1800);
  EXPECT_EQ(job->share.index, 1U);
  EXPECT_EQ(job->duration, std::chrono::seconds(2));
  EXPECT_EQ(job->requests, std::nullopt);
  EXPECT_EQ(job->seed, 7U);
}

TEST(Message, IsRefusedByTheNameOfWhatIsWrong) {
  const std::pair<std::string, std::string> refused[] = {
      {with(job_line, R"("seed":7)", R"("seed":7,"colour":"red")"),
       "job.colour: Extra inputs are not permitted"},
      {with(job_line, R"("at_once":10)", R"("at_once":10,"jitter":1)"),
       "job.rate.jitter: Extra inputs are not permitted"},
      {with(job_line, R"("seed":7)", R"("seed":"7")"), "job.seed: Input should be a valid integer"},
      {with(job_line, R"("poisson")", R"("pareto")"),
       "job.rate.arrivals: Input should be 'constant', 'poisson' or 'burst'"},
      {with(job_line, R"("connections":5)", R"("connections":0)"),
       "job.connections: Input should be greater than or equal to 1"},
      {with(job_line, R"("weight":3)", R"("weight":0)"),
       "job.mix[0].weight: Input should be greater than or equal to 1"},
      {with(job_line, R"("pipeline":1,)", ""), "job.pipeline: Field required"},
      {R"({"message":"begin","at_ns":1})",
       "Input tag 'begin' found using 'message' does not match any of the expected tags: 'hello', "
       "'ping', 'job', 'start', 'cut'"},
      {R"({"message":"cut"} and more)", "line 1, column 19: "},
      {"Welcome to mac1!", "line 1, column 1: a value is expected"},
  };
  for (const auto& [line, problem] : refused) {
    const auto heard = to_agent(line);
    EXPECT_FALSE(heard.message) << line;
    EXPECT_EQ(heard.problem.substr(0, problem.size()), problem);
  }
}

TEST(Message, IsRefusedWhereBytesAreWrittenInNoWayOrInTwo) {
  for (const char* body : {R"({"text":"a","base64":"YQ=="})", R"({})", R"({"base64":"Y"})"}) {
    const auto heard = to_agent(with(job_line, R"({"base64":"AP8="})", body));
    ASSERT_TRUE(heard.message) << heard.problem;
    const auto job = job_of(std::get<JobMessage>(*heard.message).job);
    ASSERT_FALSE(job.has_value()) << body;
    EXPECT_EQ(job.error().what(),
              "the message is not understood: request.body is neither text nor base64");
  }
}

}  // namespace
}  // namespace assay::agents
