#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/runtime/blocking_serving.h"

namespace assay::runtime {
namespace {

using std::chrono::milliseconds;

TEST(PinnedServer, LetsWhoFindsAllWorkersTakenWait) {
  Settings settings = with(Model::pinned);
  settings.workers = 1;
  settings.idle_limit = milliseconds(200);
  const Serving server(settings);
  const TestClient idle(server.port());
  EXPECT_TRUE(answers(idle, "/a"));
  EXPECT_TRUE(answers(TestClient(server.port()), "/b"));
  EXPECT_TRUE(idle.ended());
}

// Whoever waits for a worker has asked, and knows nothing of the end.
TEST(PinnedServer, AnswersAtTheEndWhoWaitsForAWorker) {
  for (const Model model : {Model::pinned, Model::per_request}) {
    Settings settings = with(model);
    settings.workers = 2;
    Serving server(settings);
    std::vector<TestClient> holders;
    for (std::size_t i = 0; i < settings.workers; ++i) {
      holders.emplace_back(server.port());
      ASSERT_TRUE(holders.back().sends(get("/gate")));
    }
    server.gate().wait_for(static_cast<int>(settings.workers));
    std::vector<TestClient> waiting;
    for (int i = 0; i < 20; ++i) {
      waiting.emplace_back(server.port());
      ASSERT_TRUE(waiting.back().sends(get("/waited")));
    }
    const TestClient silent(server.port());
    server.stop();
    server.gate().open();
    for (const TestClient& client : holders) EXPECT_TRUE(client.read_all().ends_with("/gate"));
    for (const TestClient& client : waiting) EXPECT_TRUE(client.read_all().ends_with("/waited"));
    EXPECT_TRUE(silent.ended());
    server.end();
  }
}

TEST(PinnedServer, ClosesAfterEachReplyIfItIsAskedTo) {
  const Serving server(with(Model::per_request));
  for (int i = 0; i < 20; ++i) {
    const TestClient client(server.port());
    client.sends(get("/a"));
    const std::string reply = client.read_all();
    EXPECT_NE(reply.find("\r\nConnection: close\r\n"), std::string::npos) << reply;
    EXPECT_TRUE(reply.ends_with("\r\n\r\n/a"));
  }
}

}  // namespace
}  // namespace assay::runtime
