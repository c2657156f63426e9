#include "harness/load/command/options.h"

#include <cstdio>
#include <fstream>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

Options options_for(const char* url = "http://127.0.0.1:8080/json") {
  Options options;
  options.url = url;
  return options;
}

std::string refusal(const Options& options) {
  const Result<Job> job = job_of(options);
  return job ? "" : job.error().what();
}

TEST(Options, MeasureSixteenKeptConnectionsForTenSecondsUnlessToldOtherwise) {
  const Result<Job> job = job_of(options_for());
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->target.host, "127.0.0.1");
  EXPECT_EQ(job->target.port, 8080);
  EXPECT_EQ(job->request.method, "GET");
  EXPECT_EQ(job->request.target, "/json");
  EXPECT_EQ(job->connections, 16U);
  EXPECT_EQ(job->threads, 1U);
  EXPECT_EQ(job->duration, std::chrono::seconds(10));
  EXPECT_FALSE(job->requests.has_value());
  EXPECT_TRUE(job->keep_alive);
  EXPECT_FALSE(job->expectation.status || job->expectation.body || job->expectation.media_type);
}

TEST(Options, MakeTheJobTheyDescribe) {
  Options options = options_for();
  options.is_counted = true;
  options.requests = 1000;
  options.connections = 20;
  options.threads = 2;
  options.warm_up_s = 0.5;
  options.close = true;
  options.headers = {"Accept: text/html", "X-Empty:", "X-Colon: a:b"};
  options.body = "hello";
  options.expected_status = "201,204";
  options.expected_body = "made";

  const Result<Job> job = job_of(options);
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->requests, 1000U);
  EXPECT_EQ(job->connections, 20U);
  EXPECT_EQ(job->threads, 2U);
  EXPECT_EQ(job->warm_up, std::chrono::milliseconds(500));
  EXPECT_FALSE(job->keep_alive);
  EXPECT_EQ(job->request.method, "POST");
  EXPECT_EQ(job->request.body, "hello");
  EXPECT_EQ(job->request.headers.at(0).second, "text/html");
  EXPECT_EQ(job->request.headers.at(1).second, "");
  EXPECT_EQ(job->request.headers.at(2).second, "a:b");
  EXPECT_EQ(job->expectation.status, 201);
  EXPECT_EQ(job->expectation.other_statuses, (std::vector{204}));
  EXPECT_EQ(job->expectation.body, "made");
}

TEST(Options, ReadBodiesFromFilesByteForByte) {
  const std::string path = testing::TempDir() + "assay_options_body";
  const std::string bytes("a\0b\r\n", 5);
  std::ofstream(path, std::ios::binary) << bytes;
  Options options = options_for();
  options.body = "@" + path;
  options.expected_body = "@" + path;

  const Result<Job> job = job_of(options);
  std::remove(path.c_str());
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->request.body, bytes);
  EXPECT_EQ(job->expectation.body, bytes);
}

TEST(Options, CanExpectAnEmptyBody) {
  Options options = options_for();
  options.expected_body = "";
  const Result<Job> job = job_of(options);
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->expectation.body, "");
}

TEST(Options, AskForARateOrForOneThatGrows) {
  Options options = options_for();
  options.rate = "1000";
  EXPECT_EQ(job_of(options)->rate->per_second, 1000);
  EXPECT_EQ(job_of(options)->rate->per_second_at_end, 1000);
  options.rate = "0.5:2e3";
  options.arrivals = "burst";
  options.at_once = 4;
  const Result<Job> job = job_of(options);
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->rate->per_second, 0.5);
  EXPECT_EQ(job->rate->per_second_at_end, 2000);
  EXPECT_EQ(job->rate->arrivals, Arrivals::burst);
  EXPECT_EQ(job->rate->at_once, 4U);
  EXPECT_FALSE(job_of(options_for())->rate.has_value());
}

TEST(Options, GoToAUnixSocketOrUnderTls) {
  Options options = options_for();
  options.unix_path = "/run/assay.sock";
  EXPECT_EQ(job_of(options)->target.unix_path, "/run/assay.sock");
  options = options_for();
  options.url = "https://127.0.0.1/";
  EXPECT_TRUE(job_of(options)->target.tls->verifies);
  EXPECT_EQ(job_of(options)->target.port, 443);
  options.insecure = true;
  options.authorities = "authority.pem";
  EXPECT_FALSE(job_of(options)->target.tls->verifies);
  EXPECT_EQ(job_of(options)->target.tls->authorities, "authority.pem");
}

TEST(Options, AreRefusedWhenTheySayNothingOrTwoThings) {
  const auto is_refused = [](auto change) {
    Options options = options_for();
    change(options);
    return !job_of(options).has_value();
  };
  for (const char* rate : {"0", "-1", "1:", ":2", "1:2:3", "many", "0x10", "nan", "1e9", " 5"}) {
    EXPECT_TRUE(is_refused([&](Options& options) { options.rate = rate; })) << rate;
  }
  EXPECT_TRUE(is_refused([](Options& options) { options.shapes_rate = true; }));
  EXPECT_TRUE(is_refused([](Options& options) { options.insecure = true; }));
  EXPECT_TRUE(is_refused([](Options& options) { options.authorities = "authority.pem"; }));
  EXPECT_TRUE(is_refused([](Options& options) {
    options.expected_body = "1";
    options.expected_json = "1";
  }));
  EXPECT_TRUE(is_refused([](Options& options) { options.expected_json = "{"; }));
  EXPECT_TRUE(is_refused([](Options& options) { options.expected_pattern = "{digits}{digits}"; }));
  for (const char* status : {"0", "99", "600", "200,", ",200", "2xx", "200 404", "-200"}) {
    EXPECT_TRUE(is_refused([&](Options& options) { options.expected_status = status; })) << status;
  }
  EXPECT_TRUE(is_refused([](Options& options) {
    options.rate = "1:2";
    options.requests = 5;
    options.is_counted = true;
  }));
}

TEST(Options, AreRefusedByName) {
  const auto refused = [](auto change) {
    Options options = options_for();
    change(options);
    return refusal(options);
  };
  const auto starts_with = [](const std::string& text, const std::string& start) {
    return text.rfind(start, 0) == 0;
  };
  EXPECT_PRED2(starts_with, refused([](Options& o) { o.connections = 0; }), "-c ");
  EXPECT_PRED2(starts_with, refused([](Options& o) { o.connections = 1.5; }), "-c ");
  EXPECT_PRED2(starts_with, refused([](Options& o) { o.threads = -1; }), "-t ");
  EXPECT_PRED2(starts_with, refused([](Options& o) { o.is_shared = true; }), "--agents ");
  EXPECT_NE(refused([](Options& o) { o.mixes = true; }), "");
  EXPECT_PRED2(starts_with, refused([](Options& o) { o.is_counted = true; }), "-n ");
  EXPECT_PRED2(starts_with, refused([](Options& o) { o.seconds = 0; }), "-d ");
  EXPECT_PRED2(starts_with, refused([](Options& o) {
                 o.is_counted = o.is_timed = true;
                 o.requests = 5;
               }),
               "-d and -n ");
  EXPECT_PRED2(starts_with, refused([](Options& o) { o.seconds = 1e300; }), "-d ");
  EXPECT_PRED2(starts_with, refused([](Options& o) { o.warm_up_s = -1; }), "--warm-up ");
  EXPECT_PRED2(starts_with, refused([](Options& o) { o.timeout_s = 0; }), "--timeout ");
  EXPECT_PRED2(starts_with, refused([](Options& o) { o.headers = {"no colon"}; }), "\"no colon\"");
  EXPECT_PRED2(starts_with, refused([](Options& o) { o.headers = {"A: b\r\nC: d"}; }), "\"A: b");
  EXPECT_PRED2(starts_with, refused([](Options& o) { o.body = "@/no/such/file"; }),
               "the file \"/no/such/file\"");
  EXPECT_PRED2(starts_with, refused([](Options& o) { o.body = "@/tmp"; }), "the file \"/tmp\"");
  EXPECT_PRED2(starts_with, refused([](Options& o) { o.url = "here"; }), "\"here\"");
}

TEST(Options, RefuseHeadersThatAreNone) {
  const auto refused = [](const char* header, const char* body = "") {
    Options options = options_for();
    options.headers = {header};
    options.body = body;
    return refusal(options);
  };
  for (const char* header :
       {"A b: c", "A: b\x01", "A: \x7f", "\xC3\x84: b", "A(: b", " A: b", ":b"}) {
    EXPECT_NE(refused(header).find("is not a header"), std::string::npos) << header;
  }
  EXPECT_EQ(refused("A: b\nC: d"), R"("A: b\nC: d" is not a header)");
  for (const char* header : {"A: b\tc", "a-b_c!: \xC3\x84 \\ \"", "A:", "Content-Length: 3"}) {
    EXPECT_EQ(refused(header, "abc"), "") << header;
  }
  EXPECT_EQ(refused("content-length: 5", "abc"), "Content-Length says 5, but the body has 3 bytes");
  EXPECT_EQ(refused("Content-Length: 5", "{seq}"), "");  // as it becomes
  EXPECT_NE(refused("Transfer-Encoding: chunked", "abc").find("no last one"), std::string::npos);
  EXPECT_EQ(refused("Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n"), "");
  Options options;
  options.url = "http://127.0.0.1/";
  options.headers = {"Host: a", "host: b"};
  EXPECT_EQ(refusal(options), "the header Host is given twice");
}

TEST(Options, WarmUpUntilTheLoadIsSteadyWhereTheySaySo) {
  Options options = options_for();
  options.warm_up_most_s = 20;
  EXPECT_EQ(job_of(options)->warm_up_most, std::nullopt);
  options.warms_until_steady = true;
  EXPECT_EQ(job_of(options)->warm_up_most, std::chrono::seconds(20));
}

TEST(Options, RefuseAWarmUpUntilSteadyThatCannotBe) {
  const auto refused = [](auto change) {
    Options options = options_for();
    options.warms_until_steady = true;
    options.warm_up_most_s = 20;
    change(options);
    return refusal(options);
  };
  EXPECT_EQ(refused([](Options& o) { o.warm_up_most_s = 0; }),
            "--warm-up-most takes a number of seconds above 0 and up to 1000000000, not 0");
  EXPECT_EQ(refused([](Options& o) {
              o.is_counted = true;
              o.requests = 5;
            }),
            "-n and --warm-up-most exclude each other");
  EXPECT_EQ(refused([](Options& o) { o.agents = 2; }),
            "--warm-up-most and a load shared among agents exclude each other");
  EXPECT_EQ(refused([](Options& o) { o.agent_commands = {"assay agent"}; }),
            "--warm-up-most and a load shared among agents exclude each other");
}

TEST(Options, SayHowFarACountAndATimeGo) {
  const auto refused = [](auto change) {
    Options options = options_for();
    change(options);
    return refusal(options);
  };
  EXPECT_EQ(refused([](Options& o) {
              o.is_counted = true;
              o.requests = 1e10;
            }),
            "-n takes a whole number from 1 to 1000000000, not 10000000000");
  EXPECT_EQ(refused([](Options& o) { o.seed = -1; }),
            "--seed takes a whole number from 0 to 1000000000, not -1");
  EXPECT_EQ(refused([](Options& o) { o.seconds = 1e300; }),
            "-d takes a number of seconds above 0 and up to 1000000000, not 1e+300");
}

TEST(Options, SayWhatATimeLooksLike) {
  Options options = options_for();
  options.no_time = "-d 10x";
  EXPECT_EQ(refusal(options), "\"-d 10x\" gives no time");
}

TEST(Options, RefuseAMethodThatWouldBeAnotherRequest) {
  Options options = options_for();
  for (const char* method : {"GET /x HTTP/1.1\r\nHost: y", "GE T", "GET\n", "G\xC3\x89T"}) {
    options.method = method;
    EXPECT_NE(refusal(options).find("is not a method"), std::string::npos) << method;
  }
  options.method = "M-SEARCH";
  EXPECT_EQ(refusal(options), "");
}

}  // namespace
}  // namespace assay::load
