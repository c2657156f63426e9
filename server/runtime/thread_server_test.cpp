#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/runtime/test_server.h"

namespace assay::runtime {
namespace {

using std::chrono::milliseconds;

TEST(ThreadServer, EndsTheLongestIdleWhereAllPlacesAreTaken) {
  Settings settings = with(Model::thread);
  settings.connections = 3;
  const TestServer server(settings);
  std::vector<std::unique_ptr<TestClient>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<TestClient>(server.port()));
    EXPECT_TRUE(answers(*clients.back(), "/a"));
  }
  EXPECT_TRUE(answers(*clients[0], "/again"));  // now the second is idle for longest
  // A reply is here before its thread has said that it waits.
  std::this_thread::sleep_for(milliseconds(100));
  const TestClient another(server.port());
  EXPECT_TRUE(answers(another, "/b"));
  EXPECT_TRUE(clients[1]->ended());
  EXPECT_TRUE(answers(*clients[0], "/c"));
  EXPECT_TRUE(answers(*clients[2], "/c"));
}

TEST(ThreadServer, SaysThatItIsBusyWhereNoneIsIdle) {
  Settings settings = with(Model::thread);
  settings.connections = 2;
  TestServer server(settings);
  const TestClient first(server.port());
  const TestClient second(server.port());
  first.sends(get("/gate"));
  second.sends(get("/gate"));
  server.gate().wait_for(2);
  EXPECT_TRUE(TestClient(server.port()).read_all().starts_with("HTTP/1.1 503 "));
  server.gate().open();
  EXPECT_TRUE(first.read_to("/gate").ends_with("\r\n\r\n/gate"));
  EXPECT_TRUE(soon([&] { return answers(TestClient(server.port()), "/a"); }));
}

}  // namespace
}  // namespace assay::runtime
