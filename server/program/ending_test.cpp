// Every model told to end at an awkward moment: before it serves, and in a handler that is stuck.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "server/program/server_process.h"
#include "server/runtime/test_client.h"

namespace assay {
namespace {

using runtime::Model;
using runtime::Settings;
using runtime::TestClient;
using std::chrono::milliseconds;

// A pipe that processes share.
struct Pipe {
  Pipe() { EXPECT_EQ(pipe(ends.data()), 0); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    for (const int end : ends) close(end);
  }
  void say() const { EXPECT_EQ(write(ends[1], "x", 1), 1); }
  void hear() const {
    char byte = 0;
    EXPECT_EQ(read(ends[0], &byte, 1), 1);
  }
  std::array<int, 2> ends{};
};

// Says when it begins to start, and starts when it is told to.
class Slow final : public wire::Handler {
 public:
  Slow(const Pipe& begins, const Pipe& may_go_on) : begins_(begins), may_go_on_(may_go_on) {}
  void answer(const wire::Request&, wire::ReplyWriter&) override {}
  void start() override {
    begins_.say();
    may_go_on_.hear();
  }

 private:
  const Pipe& begins_;
  const Pipe& may_go_on_;
};

// Never comes back from "/stuck".
class Stuck final : public wire::Handler {
 public:
  explicit Stuck(const Pipe& begins) : begins_(begins) {}
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override {
    if (request.path == "/stuck") {
      begins_.say();
      for (;;) std::this_thread::sleep_for(std::chrono::hours(1));
    }
    reply.send(200, "text/plain", request.path);
  }

 private:
  const Pipe& begins_;
};

// Says which process it is in.
class Telling final : public wire::Handler {
 public:
  void answer(const wire::Request&, wire::ReplyWriter& reply) override {
    reply.send(200, "text/plain", std::to_string(getpid()));
  }
};

Settings settings_of(Model model) {
  Settings settings;
  settings.model = model;
  settings.port = 0;
  settings.workers = 1;
  settings.drain_limit = milliseconds(200);
  return settings;
}

class Endings : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(Models, Endings,
                         testing::Values(Model::loop, Model::pool, Model::pinned,
                                         Model::per_request, Model::thread, Model::fork));

// What it serves is ready at once for ServerProcess, which would wait.
ServerProcess starting(const Settings& settings, const Pipe& begins, const Pipe& may_go_on,
                       const Pipe& ready) {
  return ServerProcess([&](const ServerProcess::WhenReady& when_ready) {
    when_ready(runtime::Listeners(settings));
    Slow handler(begins, may_go_on);
    return serve(settings, handler, [&ready](const runtime::Listeners&) { ready.say(); });
  });
}

TEST_P(Endings, BeforeItServesComeWhenItHasStarted) {
  const Pipe begins;
  const Pipe may_go_on;
  const Pipe ready;
  Settings settings = settings_of(GetParam());
  settings.drain_limit = std::chrono::seconds(20);
  ServerProcess server = starting(settings, begins, may_go_on, ready);
  begins.hear();
  server.signal(SIGTERM);
  std::this_thread::sleep_for(milliseconds(50));
  may_go_on.say();
  EXPECT_EQ(server.wait(), 0);
}

TEST_P(Endings, BeforeItServesComeAtOnceAtASecondSignal) {
  const Pipe begins;
  const Pipe may_go_on;
  const Pipe ready;
  Settings settings = settings_of(GetParam());
  settings.drain_limit = std::chrono::minutes(10);
  ServerProcess server = starting(settings, begins, may_go_on, ready);
  begins.hear();
  for (int i = 0; i < 20; ++i) {  // two that come at once are one
    server.signal(SIGTERM);
    std::this_thread::sleep_for(milliseconds(50));
  }
  EXPECT_EQ(server.wait(), 1);
}

// Another takes its place, and its listener.
TEST(EndingOfOneProcess, LeavesItsListenerToTheNext) {
  Settings settings = settings_of(Model::fork);
  settings.drain_limit = std::chrono::seconds(5);
  const Pipe begins;
  ServerProcess server([&](const ServerProcess::WhenReady& when_ready) {
    Telling handler;
    return serve(settings, handler, when_ready);
  });
  const auto process_that_answers = [&server] {
    const TestClient client(server.port());
    client.sends("GET / HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n");
    const std::string reply = client.read_all();
    return std::stoi("0" + reply.substr(std::min(reply.rfind('\n') + 1, reply.size())));
  };
  const pid_t first = process_that_answers();
  ASSERT_GT(first, 0);
  kill(first, SIGTERM);
  const pid_t second = process_that_answers();  // waits at the listener meanwhile
  EXPECT_GT(second, 0);
  EXPECT_NE(second, first);
  EXPECT_EQ(server.end(SIGTERM), 0);
}

TEST_P(Endings, DoNotWaitForAHandlerBeyondTheDrainLimit) {
  const Pipe begins;
  const Settings settings = settings_of(GetParam());
  ServerProcess server([&](const ServerProcess::WhenReady& when_ready) {
    Stuck handler(begins);
    return serve(settings, handler, when_ready);
  });
  const TestClient client(server.port());
  client.sends("GET /stuck HTTP/1.1\r\nHost: assay\r\n\r\n");
  begins.hear();
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait(), 1);
  EXPECT_TRUE(client.ended());
}

}  // namespace
}  // namespace assay
