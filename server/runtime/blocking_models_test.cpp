// The models `thread`, `pinned` and `per_request` on a real port, each of them alike where they are
// meant to be alike.
#include <dirent.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/runtime/test_server.h"

namespace assay::runtime {
namespace {

using std::chrono::milliseconds;

// Reads some of what comes.
void take_some(const TestClient& client) {
  std::array<char, 100> room;
  EXPECT_GT(recv(client.file(), room.data(), room.size(), 0), 0);
}

// Whether the server closes, and does not reset.
bool ends_in_order(const TestClient& client) {
  char byte = 0;
  return recv(client.file(), &byte, 1, 0) == 0;
}

// Whether the connection ends, though nobody reads what came on it.
bool breaks(const TestClient& client) {
  pollfd file{client.file(), 0, 0};
  return poll(&file, 1, 5000) == 1;
}

std::size_t open_files() {
  DIR* const folder = opendir("/dev/fd");
  std::size_t count = 0;
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

class BlockingModels : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(Models, BlockingModels, testing::Values(Model::thread, Model::pinned));

TEST_P(BlockingModels, AnswerAndKeepTheConnection) {
  const TestServer server(with(GetParam()));
  const TestClient client(server.port());
  for (const char* path : {"/a", "/b", "/c"}) EXPECT_TRUE(answers(client, path));
}

TEST_P(BlockingModels, AnswerRequestsThatComeTogether) {
  const TestServer server(with(GetParam()));
  const TestClient client(server.port());
  std::string requests;
  for (int i = 0; i < 1000; ++i) requests += get("/a");
  client.sends(requests + last("/b"));
  std::string replies = client.read_all();
  EXPECT_TRUE(replies.ends_with("\r\n\r\n/b"));
  std::size_t count = 0;
  for (std::size_t at = 0; (at = replies.find("\r\n\r\n/a", at)) != replies.npos; ++at) ++count;
  EXPECT_EQ(count, 1000U);
}

TEST_P(BlockingModels, EndAConnectionThatIsIdle) {
  Settings settings = with(GetParam());
  settings.idle_limit = milliseconds(300);
  const TestServer server(settings);
  const TestClient silent(server.port());
  const TestClient client(server.port());
  EXPECT_TRUE(answers(client, "/a"));
  EXPECT_TRUE(client.ended());
  EXPECT_TRUE(silent.ended());
}

TEST_P(BlockingModels, RefuseAHeadThatComesTooSlowly) {
  Settings settings = with(GetParam());
  settings.header_limit = milliseconds(100);
  const TestServer server(settings);
  const TestClient client(server.port());
  client.sends("GET / HTTP/1.1\r\nX: ");
  for (int i = 0; i < 60; ++i) {  // a byte now and then
    std::this_thread::sleep_for(milliseconds(5));
    client.sends("x");
  }
  EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 408 "));
}

TEST_P(BlockingModels, RefuseABodyThatComesTooSlowly) {
  Settings settings = with(GetParam());
  settings.body_limit = milliseconds(100);
  const TestServer server(settings);
  const TestClient client(server.port());
  client.sends("POST / HTTP/1.1\r\nHost: assay\r\nContent-Length: 9\r\n\r\nabc");
  EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 408 "));
}

TEST_P(BlockingModels, EndAPeerThatNeverReads) {
  Settings settings = with(GetParam());
  settings.write_limit = milliseconds(100);
  const TestServer server(settings);
  const TestClient client(server.port());
  client.sends(get("/large"));
  EXPECT_TRUE(breaks(client));
  EXPECT_LT(client.read_all().size(), large_bytes);
}

TEST_P(BlockingModels, EndAPeerThatReadsForTooLong) {
  Settings settings = with(GetParam());
  settings.request_limit = milliseconds(200);
  const TestServer server(settings);
  const TestClient client(server.port());
  client.sends(get("/large"));
  std::vector<char> room(16 * 1024);
  std::size_t taken = 0;
  for (ssize_t count = 1; count > 0; taken += static_cast<std::size_t>(count)) {
    std::this_thread::sleep_for(milliseconds(2));  // 4 s for all of it
    count = recv(client.file(), room.data(), room.size(), 0);
    if (count < 0) break;
  }
  EXPECT_LT(taken, large_bytes);
}

TEST_P(BlockingModels, LetAPeerThatStillSendsReadWhyItWasRefused) {
  const TestServer server(with(GetParam()));
  const TestClient client(server.port());
  client.sends("POST / HTTP/1.1\r\nHost: assay\r\nContent-Length: 99999999\r\n\r\n");
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(client.sends(std::string(10'000, 'x')));
  EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 413 "));
}

TEST_P(BlockingModels, LetAPeerThatSentMoreThanIsAnsweredReadItsReply) {
  Settings settings = with(GetParam());
  settings.limits.keep_alive = false;
  const TestServer server(settings);
  const TestClient client(server.port());
  std::string requests;
  while (requests.size() < 300'000) requests += get("/a");
  client.sends(requests);
  EXPECT_TRUE(client.read_to("/a").ends_with("\r\n\r\n/a"));
  EXPECT_TRUE(ends_in_order(client));
}

TEST_P(BlockingModels, LoseAConnectionAndNotTheServerToABug) {
  const TestServer server(with(GetParam()));
  for (int i = 0; i < 8; ++i) {
    const TestClient client(server.port());
    client.sends(get("/bug"));
    EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 500 "));
  }
  EXPECT_TRUE(answers(TestClient(server.port()), "/a"));
}

TEST_P(BlockingModels, FinishAReplyWhenTheyStopAndEndWhatIsIdleAtOnce) {
  Settings settings = with(GetParam());
  settings.drain_limit = std::chrono::seconds(60);
  TestServer server(settings);
  const TestClient silent(server.port());
  const TestClient idle(server.port());
  EXPECT_TRUE(answers(idle, "/a"));
  const TestClient busy(server.port());
  busy.sends(get("/gate") + get("/next"));
  server.gate().wait_for(1);
  server.stop();
  server.stop();
  EXPECT_TRUE(idle.ended());
  EXPECT_TRUE(silent.ended());
  server.gate().open();
  EXPECT_TRUE(busy.read_all().ends_with("\r\n\r\n/next"));
  server.end();
}

TEST_P(BlockingModels, CutOffWhatTakesLongerThanTheDrainLimit) {
  Settings settings = with(GetParam());
  settings.drain_limit = milliseconds(100);
  TestServer server(settings);
  const TestClient client(server.port());
  const TestClient beginner(server.port());
  EXPECT_TRUE(answers(beginner, "/a"));
  client.sends(get("/large"));
  std::array<char, 100> room;
  EXPECT_GT(recv(client.file(), room.data(), room.size(), 0), 0);
  beginner.sends("GET /");
  const TestClient listener(server.port());
  listener.sends(get("/silence"));
  take_some(listener);
  server.end();
  EXPECT_TRUE(breaks(client));
  EXPECT_TRUE(beginner.ended());
  EXPECT_TRUE(breaks(listener));
}

TEST_P(BlockingModels, StopBeforeTheyServe) {
  const Settings settings = with(GetParam());
  const Listeners listeners(settings);
  Answers handler;
  const auto server = make_server(settings, listeners, handler);
  server->stop();
  server->serve();
}

TEST_P(BlockingModels, AnswerTwoHundredAtOnce) {
  const TestServer server(with(GetParam()));
  std::vector<std::unique_ptr<TestClient>> clients;
  for (int i = 0; i < 200; ++i) clients.push_back(std::make_unique<TestClient>(server.port()));
  for (int i = 0; i < 200; ++i) clients[i]->sends(last("/" + std::to_string(i)));
  for (int i = 0; i < 200; ++i) {
    EXPECT_TRUE(clients[i]->read_all().ends_with("\r\n\r\n/" + std::to_string(i))) << i;
  }
}

TEST_P(BlockingModels, LeakNothingToPeersThatAreGone) {
  open_files();  // the first listing may open what stays
  const std::size_t before = open_files();
  {
    const TestServer server(with(GetParam()));
    for (int i = 0; i < 20; ++i) {
      TestClient client(server.port());
      client.sends(get(i % 2 == 0 ? "/large" : "/a"));
      if (i % 4 == 0) take_some(client);
      client.reset();
    }
    EXPECT_TRUE(answers(TestClient(server.port()), "/a"));
  }
  EXPECT_EQ(open_files(), before);
}

}  // namespace
}  // namespace assay::runtime
