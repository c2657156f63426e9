#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/runtime/test_server.h"

namespace assay::runtime {
namespace {

using std::chrono::milliseconds;

TEST(PinnedServer, LetsWhoFindsAllWorkersTakenWait) {
  Settings settings = with(Model::pinned);
  settings.workers = 1;
  settings.idle_limit = milliseconds(200);
  const TestServer server(settings);
  const TestClient idle(server.port());
  EXPECT_TRUE(answers(idle, "/a"));
  EXPECT_TRUE(answers(TestClient(server.port()), "/b"));
  EXPECT_TRUE(idle.ended());
}

TEST(PinnedServer, ClosesAfterEachReplyIfItIsAskedTo) {
  const TestServer server(with(Model::per_request));
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
