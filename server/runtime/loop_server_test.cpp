#include "server/runtime/loop_server.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

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
#include "server/runtime/test_server.h"

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

class Serving {
 public:
  explicit Serving(const Settings& settings) : server_(settings, handler_) {}

  void end() { server_.end(); }
  std::uint16_t port() const { return server_.port(); }
  std::size_t threads() const { return handler_.threads(); }  // that have answered

 private:
  Hello handler_;
  ServerThread server_;
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
    idle.back()->sends(get("/a"));
    idle.back()->read_to("/a");
  }
  server.end();
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
  while (requests.size() < 100'000) requests += get("/a");
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

std::string path_for_a_socket() {
  return testing::TempDir() + "assay_listeners_" + std::to_string(getpid()) + ".sock";
}

// Whoever takes a path over is not to lose it to the one before.
TEST(Listeners, RemoveAPathOnlyWhileItIsTheirs) {
  Settings settings;
  settings.unix_path = path_for_a_socket();
  auto first = std::make_unique<Listeners>(settings);
  unlink(settings.unix_path.c_str());
  const Listeners second(settings);
  first.reset();
  EXPECT_EQ(access(settings.unix_path.c_str(), F_OK), 0);
}

TEST(Listeners, DoNotWaitForAnOwnerOfTheirPathThatHasNoRoom) {
  if (!listeners_share_a_port) GTEST_SKIP() << "macOS says of such an owner that nobody is there";
  Settings settings;
  settings.unix_path = path_for_a_socket();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  settings.unix_path.copy(address.sun_path, sizeof address.sun_path - 1);
  const auto* const place = reinterpret_cast<const sockaddr*>(&address);
  unlink(settings.unix_path.c_str());
  const Descriptor owner(socket(AF_UNIX, SOCK_STREAM, 0));
  ASSERT_EQ(bind(owner.number(), place, sizeof address), 0);
  ASSERT_EQ(listen(owner.number(), 0), 0);
  std::vector<Descriptor> waiting;
  int connected = 0;
  while (connected == 0 && waiting.size() < 1000) {
    waiting.emplace_back(socket(AF_UNIX, SOCK_STREAM, 0));
    fcntl(waiting.back().number(), F_SETFL, O_NONBLOCK);
    connected = connect(waiting.back().number(), place, sizeof address);
  }
  EXPECT_THROW(Listeners{settings}, StartError);
  unlink(settings.unix_path.c_str());
}

// Until it is another program, a process has all sockets of the one that started it. What would be
// heard of is memory that is free: a sanitizer sees it, and else perhaps nobody.
class Starting final : public wire::Handler {
 public:
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override {
    if (request.path == "/start") {
      const pid_t child = fork();
      if (child == 0) {
        usleep(400'000);
        _exit(0);
      }
      started = child;
    }
    reply.send(200, "text/plain", request.path);
  }
  pid_t started = -1;
};

TEST(LoopServer, HearsNoMoreOfAConnectionThatHasEndedThoughAnotherProcessHasItsSocket) {
  Settings settings = with_workers(1);
  settings.idle_limit = std::chrono::milliseconds(150);
  settings.sweep_period = std::chrono::milliseconds(20);
  Starting handler;
  ServerThread server(settings, handler);
  {
    const TestClient idle(server.port());
    idle.sends(get("/a"));
    EXPECT_TRUE(idle.read_to("/a").ends_with("/a"));
    const TestClient starting(server.port());
    starting.sends(get("/start"));
    EXPECT_TRUE(starting.read_to("/start").ends_with("/start"));
    std::this_thread::sleep_for(std::chrono::milliseconds(250));  // both are idle for too long
    idle.sends(get("/b"));
    const TestClient after(server.port());
    after.sends(get("/after"));
    EXPECT_TRUE(after.read_to("/after").ends_with("/after"));
  }
  server.end();
  waitpid(handler.started, nullptr, 0);
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
  Holding handler;
  ServerThread server(with_workers(1), handler);
  const TestClient client(server.port());
  client.sends(get("/"));
  client.read_to("hello");
  const TestClient held(server.port());
  held.sends(last("/held"));
  handler.begun.get_future().wait();
  client.sends(last("/"));
  server.stop();
  handler.may_end.set_value();
  server.end();
  EXPECT_TRUE(client.read_all().ends_with("hello"));
  EXPECT_FALSE(handler.has_answered);
}

}  // namespace
}  // namespace assay::runtime
