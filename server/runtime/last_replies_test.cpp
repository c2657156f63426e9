// Every model: a connection's last reply, and a server's last ones, reach who asked for them.
#include <cstddef>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/runtime/test_server.h"

namespace assay::runtime {
namespace {

class LastReplies : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(Models, LastReplies,
                         testing::Values(Model::loop, Model::pool, Model::pinned,
                                         Model::per_request, Model::thread));

// It does not know that its last request was the last; its next must not take the reply away.
TEST_P(LastReplies, AreWholeThoughThePeerAsksOn) {
  Settings settings = with(GetParam());
  settings.limits.requests = 1;
  const TestServer server(settings);
  const TestClient client(server.port());
  client.sends(get("/large"));
  client.read_some();  // all of it is on its way
  for (int i = 0; i < 10; ++i) {
    client.sends(get("/more"));
    client.read_some();
  }
  const std::string rest = client.read_all();
  EXPECT_GE(rest.size() + 11, large_bytes) << "the reply was cut off";
}

TEST_P(LastReplies, AreReadToTheirEndByAPeerThatHasAskedForMoreBefore) {
  Settings settings = with(GetParam());
  settings.limits.requests = 1;
  const TestServer server(settings);
  for (int i = 0; i < 20; ++i) {
    const TestClient client(server.port());
    client.sends(get("/a") + get("/b"));
    EXPECT_TRUE(client.read_all().ends_with("\r\n\r\n/a")) << i;
  }
}

// Whoever has connected has asked, and knows nothing of the end. A model with a thread for each
// lets nobody wait.
TEST_P(LastReplies, GoToWhoWaitedForTheirTurnAtTheEnd) {
  Settings settings = with(GetParam());
  settings.workers = 1;
  TestServer server(settings);
  const TestClient holder(server.port());
  ASSERT_TRUE(holder.sends(get("/gate")));
  server.gate().wait_for(1);
  std::vector<TestClient> waiting;
  for (int i = 0; i < 20; ++i) {
    waiting.emplace_back(server.port());
    ASSERT_TRUE(waiting.back().sends(get("/waited")));
  }
  const TestClient silent(server.port());
  server.stop();
  EXPECT_FALSE(TestClient(server.port()).connected() && listeners_share_a_port);
  server.gate().open();
  EXPECT_TRUE(holder.read_all().ends_with("/gate"));
  for (const TestClient& client : waiting) EXPECT_TRUE(client.read_all().ends_with("/waited"));
  EXPECT_TRUE(silent.ended());
  server.end();
}

}  // namespace
}  // namespace assay::runtime
