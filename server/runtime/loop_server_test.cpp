#include "server/runtime/loop_server.h"

#include <sys/resource.h>

#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/runtime/start_error.h"
#include "server/runtime/test_client.h"

namespace assay::runtime {
namespace {

class Hello final : public wire::Handler {
 public:
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override {
    {
      const std::lock_guard lock(mutex_);
      threads_.insert(std::this_thread::get_id());
    }
    reply.send(200, "text/plain", request.path);
  }
  std::size_t threads() const {
    const std::lock_guard lock(mutex_);
    return threads_.size();
  }

 private:
  mutable std::mutex mutex_;  // guards threads_
  std::set<std::thread::id> threads_;
};

Settings with_workers(std::size_t workers, bool share_port = listeners_share_a_port) {
  Settings settings;
  settings.port = 0;
  settings.workers = workers;
  settings.share_port = share_port;
  return settings;
}

// A server on a free port, from construction to destruction.
class Serving {
 public:
  explicit Serving(const Settings& settings) : settings_(settings) {
    listeners_ = std::make_unique<Listeners>(settings_);
    port_ = listeners_->port();
    server_ = std::make_unique<LoopServer>(settings_, *listeners_, handler_);
    thread_ = std::thread([this] { server_->serve(); });
  }
  ~Serving() { stop(); }
  void stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
    listeners_.reset();
  }
  std::uint16_t port() const { return port_; }
  std::size_t threads() const { return handler_.threads(); }  // that have answered

 private:
  Hello handler_;
  Settings settings_;
  std::unique_ptr<Listeners> listeners_;
  std::uint16_t port_ = 0;
  std::unique_ptr<LoopServer> server_;
  std::thread thread_;
};

// Both ways to spread connections over workers, whatever this system's own is.
class LoopServerSpread : public testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(SharePort, LoopServerSpread, testing::Bool());

TEST_P(LoopServerSpread, AnswersOnEveryWorker) {
  const Serving server(with_workers(2, GetParam()));
  for (int i = 0; i < 20; ++i) {
    const TestClient client(server.port());
    client.sends("GET /a HTTP/1.1\r\nHost: assay\r\n\r\nGET /b HTTP/1.1\r\nHost: assay\r\n\r\n");
    const std::string replies = client.read_to("/b");
    EXPECT_NE(replies.find("\r\n\r\n/a"), std::string::npos) << replies;
    EXPECT_NE(replies.find("\r\nDate: "), std::string::npos) << replies;
  }
  const bool some_may_idle = GetParam() && !listeners_share_a_port;
  EXPECT_GE(server.threads(), some_may_idle ? 1U : 2U);
}

TEST_P(LoopServerSpread, EndsIdleConnectionsWhenItStops) {
  Serving server(with_workers(2, GetParam()));
  std::vector<std::unique_ptr<TestClient>> idle;
  for (int i = 0; i < 4; ++i) {
    idle.push_back(std::make_unique<TestClient>(server.port()));
    idle.back()->sends("GET /a HTTP/1.1\r\nHost: assay\r\n\r\n");
    idle.back()->read_to("/a");
  }
  server.stop();
  for (const auto& client : idle) EXPECT_TRUE(client->ended());
  EXPECT_FALSE(TestClient(server.port()).connected());
}

TEST(LoopServer, ClosesAfterARefusal) {
  const Serving server(with_workers(1));
  const TestClient client(server.port());
  client.sends("nonsense\r\n\r\n");
  EXPECT_EQ(client.read_all().substr(0, 12), "HTTP/1.1 400");
  EXPECT_TRUE(client.ended());
}

TEST(LoopServer, LetsAPeerThatStillSendsReadWhyItWasRefused) {
  const Serving server(with_workers(1));
  const TestClient client(server.port());
  client.sends("POST / HTTP/1.1\r\nHost: assay\r\nContent-Length: 99999999\r\n\r\n");
  for (int i = 0; i < 50; ++i) client.sends(std::string(10'000, 'x'));
  EXPECT_EQ(client.read_all().substr(0, 12), "HTTP/1.1 413");
}

TEST(LoopServer, LetsAPeerThatSentMoreThanIsAnsweredReadItsReply) {
  Settings closing = with_workers(1);
  closing.limits.keep_alive = false;
  const Serving server(closing);
  const TestClient client(server.port());
  std::string requests;
  while (requests.size() < 100'000) requests += "GET /a HTTP/1.1\r\nHost: assay\r\n\r\n";
  client.sends(requests);
  EXPECT_TRUE(client.read_all().ends_with("\r\n\r\n/a"));
}

TEST(LoopServer, EndsARequestThatNeverBecomesWhole) {
  Settings hasty = with_workers(1);
  hasty.header_limit = std::chrono::milliseconds(500);
  hasty.sweep_period = std::chrono::milliseconds(50);
  const Serving server(hasty);
  const TestClient client(server.port());
  client.sends("GET / HTTP/1.1\r\nX: ");
  bool sent = true;
  for (int i = 0; sent && i < 100; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    sent = client.sends("x");
  }
  EXPECT_FALSE(sent) << "a byte now and then kept the connection open for five seconds";
}

TEST(LoopServer, SaysThatAPortIsInUse) {
  const Serving first(with_workers(1));
  Settings settings;
  settings.port = first.port();
  for (const std::size_t workers : {1U, 2U}) {
    settings.workers = workers;
    try {
      const Listeners second(settings);
      FAIL() << "listened beside another server";
    } catch (const StartError& error) {
      EXPECT_NE(std::string(error.what()).find("is in use: stop its owner"), std::string::npos)
          << error.what();
    }
  }
}

TEST(LoopServer, SaysThatAHostIsNoAddress) {
  Settings settings;
  settings.host = "nowhere";
  EXPECT_THROW(Listeners{settings}, StartError);
}

TEST(LoopServer, SaysThatItHasTooFewFilesForItsWorkers) {
  rlimit usual{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &usual), 0);
  const rlimit few{32, usual.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  Hello handler;
  std::string said;
  try {
    const Settings settings = with_workers(64, false);
    const Listeners listeners(settings);
    const LoopServer server(settings, listeners, handler);
  } catch (const StartError& error) {
    said = error.what();
  }
  setrlimit(RLIMIT_NOFILE, &usual);
  EXPECT_EQ(said.substr(0, 24), "cannot start 64 workers:") << said;
}

TEST(AddressText, PutsBracketsAroundIpv6) {
  EXPECT_EQ(address_text("127.0.0.1", 8080), "127.0.0.1:8080");
  EXPECT_EQ(address_text("::1", 8080), "[::1]:8080");
}

// Whether its one thread has answered since it was last told that it waits.
class Holding final : public wire::Handler {
 public:
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override {
    has_answered = true;
    if (request.path == "/held") {
      begun.set_value();
      may_end.get_future().wait();
    }
    reply.send(200, "text/plain", "hello");
  }
  void before_wait() noexcept override { has_answered = false; }

  std::promise<void> begun;
  std::promise<void> may_end;
  bool has_answered = false;
};

// In which it ends all connections, and then waits for nothing more.
TEST(LoopServer, TellsItsHandlerAfterItsLastTurnToo) {
  const std::string close = " HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n";
  const Settings settings = with_workers(1);
  const Listeners listeners(settings);
  Holding handler;
  LoopServer server(settings, listeners, handler);
  std::thread thread([&server] { server.serve(); });
  const TestClient last(listeners.port());
  last.sends("GET / HTTP/1.1\r\nHost: assay\r\n\r\n");
  last.read_to("hello");
  const TestClient held(listeners.port());
  held.sends("GET /held" + close);
  handler.begun.get_future().wait();
  last.sends("GET /" + close);
  server.stop();
  handler.may_end.set_value();
  thread.join();
  EXPECT_TRUE(last.read_all().ends_with("hello"));
  EXPECT_FALSE(handler.has_answered);
}

}  // namespace
}  // namespace assay::runtime
