// Every model told to end at an awkward moment: before it serves, and in a handler that is stuck.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "server/program/answering_process.h"
#include "server/runtime/pipe.h"
#include "server/runtime/self_signed.h"
#include "server/runtime/test_client.h"

namespace assay {
namespace {

using runtime::Model;
using runtime::Pipe;
using runtime::Settings;
using runtime::TestClient;
using std::chrono::milliseconds;

// Over a pipe that processes share.
void say(const Pipe& pipe) { EXPECT_EQ(write(pipe.writing.number(), "x", 1), 1); }
void hear(const Pipe& pipe) {
  char byte = 0;
  EXPECT_EQ(read(pipe.reading.number(), &byte, 1), 1);
}

// Says when it begins to start, and starts when it is told to.
class Slow final : public wire::Handler {
 public:
  Slow(const Pipe& begins, const Pipe& may_go_on) : begins_(begins), may_go_on_(may_go_on) {}
  void answer(const wire::Request&, wire::ReplyWriter&) override {}
  void start() override {
    say(begins_);
    hear(may_go_on_);
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
      say(begins_);
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

Settings brief(Model model) {
  Settings settings;
  settings.model = model;
  settings.port = 0;
  settings.workers = 1;
  settings.drain_limit = milliseconds(200);
  return settings;
}

class Endings : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(Models, Endings, testing::ValuesIn(every_model));

// A server that begins to start, and goes on when it may. For ServerProcess it is ready at once,
// which would else wait.
struct Starting {
  explicit Starting(const Settings& settings)
      : server([&](const ServerProcess::WhenReady& when_ready) {
          when_ready(runtime::Listeners(settings));
          Slow handler(begins, may_go_on);
          return serve(settings, handler);
        }) {
    hear(begins);
  }
  Pipe begins;
  Pipe may_go_on;
  ServerProcess server;
};

TEST_P(Endings, BeforeItServesComeWhenItHasStarted) {
  Settings settings = brief(GetParam());
  settings.drain_limit = std::chrono::seconds(20);
  Starting starting(settings);
  starting.server.signal(SIGTERM);
  std::this_thread::sleep_for(milliseconds(50));
  say(starting.may_go_on);
  EXPECT_EQ(starting.server.wait(), 0);
}

TEST_P(Endings, BeforeItServesComeAtOnceAtASecondSignal) {
  Settings settings = brief(GetParam());
  settings.drain_limit = std::chrono::minutes(10);
  Starting starting(settings);
  for (int i = 0; i < 20; ++i) {  // two that come at once are one
    starting.server.signal(SIGTERM);
    std::this_thread::sleep_for(milliseconds(50));
  }
  EXPECT_EQ(starting.server.wait(), 1);
}

// Who has just come has asked: it may be on its way.
TEST_P(Endings, HearWhatANewPeerAsksAMomentLater) {
  Settings settings = brief(GetParam());
  settings.drain_limit = std::chrono::seconds(20);
  ServerProcess server(serving<Telling>(settings));
  const TestClient client(server.port());
  server.signal(SIGTERM);
  std::this_thread::sleep_for(milliseconds(100));
  client.sends("GET / HTTP/1.1\r\nHost: assay\r\n\r\n");
  EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 200"));
  EXPECT_EQ(server.wait(), 0);
}

void ends_beside_a_silent_peer(Settings settings) {
  settings.drain_limit = std::chrono::minutes(10);
  settings.header_limit = std::chrono::minutes(10);
  ServerProcess server(serving<Telling>(settings));
  const TestClient client(server.port());
  server.signal(SIGTERM);
  EXPECT_TRUE(client.ended());
  EXPECT_EQ(server.wait(), 0);
}

TEST_P(Endings, DoNotWaitForANewPeerThatKeepsSilent) {
  ends_beside_a_silent_peer(brief(GetParam()));
}

// Nor for one that does not even begin to shake hands.
TEST_P(Endings, DoNotWaitForASilentPeerOfTls) {
  const runtime::SelfSigned pair;
  Settings settings = brief(GetParam());
  settings.tls_certificate = pair.certificate();
  settings.tls_key = pair.key();
  ends_beside_a_silent_peer(settings);
}

// Another takes its place, and its listener. Until it has heard of its end it may answer; who asks
// meanwhile is answered by one of them.
TEST(EndingOfOneProcess, LeavesItsListenerToTheNext) {
  Settings settings = brief(Model::fork);
  settings.drain_limit = std::chrono::seconds(5);
  ServerProcess server(serving<Telling>(settings));
  const auto process_that_answers = [&server] {
    const TestClient client(server.port());
    client.sends("GET / HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n");
    const std::string reply = client.read_all();
    return std::stoi("0" + reply.substr(std::min(reply.rfind('\n') + 1, reply.size())));
  };
  const pid_t first = process_that_answers();
  ASSERT_GT(first, 0);
  kill(first, SIGTERM);
  pid_t second = first;
  while (second == first) second = process_that_answers();
  EXPECT_GT(second, 0);
  EXPECT_EQ(server.end(SIGTERM), 0);
}

TEST_P(Endings, DoNotWaitForAHandlerBeyondTheDrainLimit) {
  const Pipe begins;
  const Settings settings = brief(GetParam());
  ServerProcess server([&](const ServerProcess::WhenReady& when_ready) {
    Stuck handler(begins);
    return serve(settings, handler, when_ready);
  });
  const TestClient client(server.port());
  client.sends("GET /stuck HTTP/1.1\r\nHost: assay\r\n\r\n");
  hear(begins);
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait(), 1);
  EXPECT_TRUE(client.ended());
}

}  // namespace
}  // namespace assay
