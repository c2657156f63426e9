#include "harness/lab/trial/document_client.h"

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "harness/lab/scratch_checkout.h"
#include "harness/lab/trial/readiness.h"
#include "harness/lab/trial/server_process.h"

namespace assay::lab {
namespace {

// A checkout with the real clients, and a real server.
class DocumentClient : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::copy("harness/clients", scratch_.folder() / "harness" / "clients");
    auto server = ServerProcess::start(
        {{ASSAY_SERVER, "--port", "0"}, {}, scratch_.folder(), scratch_.folder() / "server.log"});
    ASSERT_TRUE(server) << server.error().what();
    server_.emplace(*std::move(server));
    const Readiness ready = await_ready(*server_, scratch_.folder() / "server.log", stop_);
    ASSERT_EQ(ready.reason, "");
    port_ = ready.port;
  }
  // As many requests as asked for, to `path`, and what became of them.
  Trial run(Client client, const std::string& path, std::optional<std::string> body = {}) {
    Trial trial;
    DocumentCall call{scratch_.folder(), client, {}, 41, 3, std::move(body), scratch_.folder()};
    call.url = "http://127.0.0.1:" + std::to_string(port_) + path;
    call.limit = limit_;
    const auto ran = run_document_client(call, stop_, trial);
    EXPECT_TRUE(ran) << ran.error().what();
    use_ = ran ? *ran : ClientUse{};
    return trial;
  }
  // In place of the real script.
  void script(const std::string& text) const {
    scratch_.write("harness/clients/urllib_pool.py", text);
  }
  std::string reason_of(const std::string& text) {
    script(text);
    const Trial trial = run(Client::urllib_pool, "/json");
    return trial.reasons.empty() ? "" : trial.reasons.front();
  }

  ScratchCheckout scratch_;
  load::Stop stop_;
  std::optional<ServerProcess> server_;
  std::uint16_t port_ = 0;
  std::chrono::nanoseconds limit_ = std::chrono::minutes(1);
  ClientUse use_;
};

TEST_F(DocumentClient, FillsATrialWithWhatItMeasured) {
  for (const Client client : {Client::urllib_pool, Client::keep_alive_threads}) {
    const Trial trial = run(client, "/hello", "Hello, World!");
    ASSERT_TRUE(trial.reasons.empty()) << trial.reasons.front();
    EXPECT_EQ(trial.requests, 41U) << text(client);
    EXPECT_EQ(trial.status, (std::map<std::string, std::uint64_t>{{"200", 41}}));
    EXPECT_TRUE(trial.errors.empty());
    EXPECT_EQ(trial.bytes, 41U * 13U);
    EXPECT_NEAR(trial.rate * trial.duration_s, 41, 0.1);
    EXPECT_GT(trial.latency_us.p50, 0);
    EXPECT_LE(trial.latency_us.p50, trial.latency_us.max);
    EXPECT_FALSE(trial.latency_us.p90) << "four replies lie beyond: the luck of a few";
    EXPECT_GT(use_.cores, 0) << text(client);
    ASSERT_EQ(trial.warnings.size(), 1U);
    EXPECT_EQ(trial.warnings.front().rfind(
                  "the client is " + std::string(text(client)) + " on CPython 3.", 0),
              0U)
        << trial.warnings.front();
  }
  for (const char* paper : {"client.json", "client.log", "client-body"}) {
    EXPECT_FALSE(std::filesystem::exists(scratch_.folder() / paper)) << paper;
  }
}

TEST_F(DocumentClient, CountsWrongRepliesByKindAndKeepsTheirStatus) {
  EXPECT_EQ(run(Client::urllib_pool, "/hello", "Hello, you!").errors,
            (std::map<std::string, std::uint64_t>{{"body", 41}}));
  const Trial trial = run(Client::keep_alive_threads, "/nowhere");
  EXPECT_EQ(trial.errors, (std::map<std::string, std::uint64_t>{{"status", 41}}));
  EXPECT_EQ(trial.status, (std::map<std::string, std::uint64_t>{{"404", 41}}));
  EXPECT_EQ(trial.requests, 0U);
  EXPECT_EQ(trial.warnings.back(), "replies were not compared: no two of them need be the same");
}

TEST_F(DocumentClient, ThatDiesIsAReasonWithItsLastWords) {
  EXPECT_EQ(reason_of("raise ValueError('out of luck')"),
            "the client urllib-pool ended with status 1; it said: ValueError: out of luck");
  EXPECT_EQ(reason_of("import sys; sys.exit('error: no server\\n  start it')"),
            "the client urllib-pool ended with status 1; it said: no server");
  EXPECT_EQ(reason_of("import os; os.kill(os.getpid(), 9)"),
            "the client urllib-pool was ended by signal 9");
  EXPECT_EQ(reason_of("print('{}')"), "the client urllib-pool ended with status 0")
      << "figures that are not there are not noughts";
}

TEST_F(DocumentClient, ThatHangsIsEndedAndIsAReason) {
  limit_ = std::chrono::milliseconds(300);
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(reason_of("import time; time.sleep(60)"),
            "the client urllib-pool did not end within 0.3 s");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(30));
}

TEST_F(DocumentClient, IsEndedWhenTheRunIsCutShort) {
  std::thread hand([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop_.request();
  });
  EXPECT_EQ(reason_of("import time; time.sleep(60)"), "the client urllib-pool was cut short");
  hand.join();
}

TEST_F(DocumentClient, RunsOnTheFreeThreadedInterpreterWhereThereIsOne) {
  scratch_.write("python", "#!/bin/sh\necho its own interpreter >&2\nexit 7\n");
  std::filesystem::permissions(scratch_.folder() / "python", std::filesystem::perms::owner_all);
  scratch_.write(".venv/free-threaded.json",
                 "{\"python\": \"" + (scratch_.folder() / "python").string() + "\"}");
  EXPECT_EQ(run(Client::urllib_pool, "/json").reasons.front(),
            "the client urllib-pool ended with status 7; it said: its own interpreter");
  scratch_.write(".venv/free-threaded.json", R"({"python": "", "reason": "none was found"})");
  EXPECT_TRUE(run(Client::urllib_pool, "/json").reasons.empty());
}

// Figures of a client that was busy for 0.9 s in all, for a second.
std::string busy_figures(const std::string& interpreter) {
  return R"(print('{"requests": 900, "duration_s": 1, "rate": 900, "errors": {}, "status": {},)"
         R"( "body_bytes": 0, "latency_us": {"mean": 1, "p50": 1, "max": 1},)"
         R"( "client_cpu_us_per_request": 1000, "warnings": [], "interpreter": ")" +
         interpreter + "\"}')";
}

TEST_F(DocumentClient, TellsWhatItUsedAndWhetherOneThreadRunsAtATime) {
  script(busy_figures("CPython 3.13.5, free-threaded"));
  run(Client::urllib_pool, "/json");
  EXPECT_DOUBLE_EQ(use_.cores, 0.9);
  EXPECT_FALSE(use_.is_locked);
  script(busy_figures("CPython 3.13.5, with the GIL"));
  run(Client::urllib_pool, "/json");
  EXPECT_TRUE(use_.is_locked);
}

TEST(ClientShare, IsOfTheCoresThatTheServerLeaves) {
  EXPECT_DOUBLE_EQ(share_of_room({1.4, false}, {16, 2, 0.6}), 1);
  EXPECT_DOUBLE_EQ(share_of_room({0.6, false}, {16, 2, 0.8}), 0.5);
  EXPECT_DOUBLE_EQ(share_of_room({1.4, false}, {16, 2, 0}), 0.7) << "the server has its own";
  EXPECT_DOUBLE_EQ(share_of_room({0.1, false}, {16, 2, 2.1}), 1) << "it left nothing";
}

TEST(ClientShare, IsOfNoMoreCoresThanItsThreadsCanUse) {
  EXPECT_DOUBLE_EQ(share_of_room({0.5, false}, {1, 8, 0}), 0.5);
  EXPECT_DOUBLE_EQ(share_of_room({0.9, true}, {16, 8, 0}), 0.9) << "its threads share a lock";
  EXPECT_DOUBLE_EQ(share_of_room({0.4, true}, {16, 2, 1.5}), 0.8);
}

Workload asking(const std::string& method, const std::string& path, const std::string& body = "") {
  Workload workload;
  workload.name = "w";
  workload.parts = {{1, method, path, "", body, {{200}, "", {}, false}}};
  return workload;
}

TEST(UnfitReason, IsGivenForWhatIsNotOneFixedRequest) {
  const auto reason = [](const Workload& workload) {
    return unfit_reason(Client::urllib_pool, workload);
  };
  EXPECT_EQ(reason(asking("GET", "/json")), "");
  EXPECT_EQ(reason(asking("GET", "/kv/{random:1:1}")), "") << "there is but one such number";
  EXPECT_EQ(reason(asking("GET", "/kv/{random:1:10}")),
            "urllib-pool sends the same request each time, and w draws a number for each");
  EXPECT_EQ(reason(asking("POST", "/echo", "x")), "urllib-pool sends GET only, and w is a POST");
  Workload mixed = asking("GET", "/a");
  mixed.parts.push_back(mixed.parts.front());
  EXPECT_EQ(reason(mixed), "urllib-pool sends one request only, and w mixes several");
  EXPECT_EQ(unfit_reason(Client::native, mixed), "");
}

TEST(UnfitReason, IsNotGivenToOhaForABodyThatStaysTheSame) {
  EXPECT_EQ(unfit_reason(Client::oha, asking("POST", "/echo", "x")), "");
  EXPECT_EQ(unfit_reason(Client::oha, asking("POST", "/echo", "{random:1:2}")),
            "oha sends the same request each time, and w draws a number for each");
}

}  // namespace
}  // namespace assay::lab
