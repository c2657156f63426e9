// Every model: requests on a connection that stays need no memory, and where there is none for what
// needs some, connections end and the server does not.
#include "server/runtime/memory_shortage.h"

#include <chrono>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "server/runtime/test_server.h"

namespace assay::runtime {
namespace {

class Memory : public testing::TestWithParam<Model> {
 protected:
  Memory() { MemoryShortage::exempt_this_thread(); }
};
INSTANTIATE_TEST_SUITE_P(Models, Memory,
                         testing::Values(Model::loop, Model::pool, Model::pinned,
                                         Model::per_request, Model::thread));

TEST_P(Memory, IsNotWantedForARequestOnAConnectionThatStays) {
  if (GetParam() == Model::per_request) GTEST_SKIP() << "none stays";
  const TestServer server(with(GetParam()));
  const TestClient client(server.port());
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(answers(client, "/warm"));
  const long before = MemoryShortage::allocations();
  for (int i = 0; i < 2000; ++i) ASSERT_TRUE(answers(client, "/again"));
  EXPECT_EQ(MemoryShortage::allocations(), before);
}

TEST_P(Memory, IsNotThereAndTheServerStaysAllTheSame) {
  const TestServer server(with(GetParam()));
  EXPECT_TRUE(answers(TestClient(server.port()), "/before"));
  for (int round = 0; round < 3; ++round) {
    const TestClient halfway(server.port());
    halfway.sends("GET /a HT");
    MemoryShortage::begin();
    for (int i = 0; i < 20; ++i) {
      TestClient client(server.port());
      client.sends(get(i % 2 == 0 ? "/large" : "/a"));
      client.reset();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // looks at deadlines, too
    MemoryShortage::end();
    EXPECT_TRUE(soon([&] { return answers(TestClient(server.port()), "/after"); })) << round;
  }
}

TEST_P(Memory, IsNotThereAtTheEnd) {
  TestServer server(with(GetParam()));
  const TestClient client(server.port());
  client.sends(get("/gate"));
  server.gate().wait_for(1);
  const TestClient waiting(server.port());
  waiting.sends(get("/a"));
  MemoryShortage::begin();
  server.stop();
  server.gate().open();
  server.end();
  MemoryShortage::end();
}

}  // namespace
}  // namespace assay::runtime
