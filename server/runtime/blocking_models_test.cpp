// The models `thread`, `pinned` and `per_request` on a real port, each of them alike where they are
// meant to be alike.
#include <dirent.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/runtime/pinned_server.h"
#include "server/runtime/test_client.h"
#include "server/runtime/thread_server.h"

namespace assay::runtime {
namespace {

using std::chrono::milliseconds;

// What holds handlers until it is opened.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait_for(int handlers) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= handlers; });
  }

 private:
  std::mutex mutex_;  // guards waiting_, open_
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

constexpr std::size_t large_bytes = std::size_t{32} << 20U;  // more than sockets hold

// A body that goes on and never says anything.
class Silence final : public wire::BodySource {
 public:
  bool more(std::string&) override {
    std::this_thread::sleep_for(milliseconds(1));
    return true;
  }
};

class Answers final : public wire::Handler {
 public:
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override {
    if (request.path == "/bug") throw std::logic_error("a bug");
    if (request.path == "/gate") gate.pass();
    if (request.path == "/silence") {
      return reply.stream(200, "text/plain", std::make_unique<Silence>());
    }
    if (request.path == "/large") {
      reply.body().append(large_bytes, 'x');
      return reply.send_body(200, "text/plain");
    }
    reply.send(200, "text/plain", request.body.empty() ? request.path : request.body);
  }
  Gate gate;
};

Settings with(Model model) {
  Settings settings;
  settings.model = model;
  settings.workers = 4;
  settings.port = 0;
  settings.sweep_period = milliseconds(20);
  return settings;
}

// A server on a free port, from construction to destruction.
class Serving {
 public:
  explicit Serving(const Settings& settings) : settings_(settings) {
    std::signal(SIGPIPE, SIG_IGN);
    if (settings_.model == Model::thread) {
      server_ = std::make_unique<ThreadServer>(settings_, listeners_, handler_);
    } else {
      server_ = std::make_unique<PinnedServer>(settings_, listeners_, handler_);
    }
    thread_ = std::thread([this] { server_->serve(); });
  }
  ~Serving() { end(); }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

  void stop() { server_->stop(); }
  void end() {
    stop();
    if (thread_.joinable()) thread_.join();
  }
  std::uint16_t port() const { return listeners_.port(); }
  Gate& gate() { return handler_.gate; }

 private:
  Answers handler_;
  Settings settings_;
  Listeners listeners_{settings_};
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

std::string get(const std::string& path, const std::string& fields = {}) {
  return "GET " + path + " HTTP/1.1\r\nHost: assay\r\n" + fields + "\r\n";
}

std::string last(const std::string& path) { return get(path, "Connection: close\r\n"); }

// Whether a request that the server knows nothing of yet is answered.
bool answers(const TestClient& client, const std::string& path) {
  return client.sends(get(path)) && client.read_to(path).ends_with("\r\n\r\n" + path);
}

template <class Condition>
bool soon(Condition&& condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(milliseconds(10));
  }
  return false;
}

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
  const Serving server(with(GetParam()));
  const TestClient client(server.port());
  for (const char* path : {"/a", "/b", "/c"}) EXPECT_TRUE(answers(client, path));
}

TEST_P(BlockingModels, AnswerRequestsThatComeTogether) {
  const Serving server(with(GetParam()));
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
  settings.idle_limit = milliseconds(60);
  const Serving server(settings);
  const TestClient silent(server.port());
  const TestClient client(server.port());
  EXPECT_TRUE(answers(client, "/a"));
  EXPECT_TRUE(client.ended());
  EXPECT_TRUE(silent.ended());
}

TEST_P(BlockingModels, RefuseAHeadThatComesTooSlowly) {
  Settings settings = with(GetParam());
  settings.header_limit = milliseconds(100);
  const Serving server(settings);
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
  const Serving server(settings);
  const TestClient client(server.port());
  client.sends("POST / HTTP/1.1\r\nHost: assay\r\nContent-Length: 9\r\n\r\nabc");
  EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 408 "));
}

TEST_P(BlockingModels, EndAPeerThatNeverReads) {
  Settings settings = with(GetParam());
  settings.write_limit = milliseconds(100);
  const Serving server(settings);
  const TestClient client(server.port());
  client.sends(get("/large"));
  EXPECT_TRUE(breaks(client));
  EXPECT_LT(client.read_all().size(), large_bytes);
}

TEST_P(BlockingModels, EndAPeerThatReadsForTooLong) {
  Settings settings = with(GetParam());
  settings.request_limit = milliseconds(200);
  const Serving server(settings);
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
  const Serving server(with(GetParam()));
  const TestClient client(server.port());
  client.sends("POST / HTTP/1.1\r\nHost: assay\r\nContent-Length: 99999999\r\n\r\n");
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(client.sends(std::string(10'000, 'x')));
  EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 413 "));
}

TEST_P(BlockingModels, LetAPeerThatSentMoreThanIsAnsweredReadItsReply) {
  Settings settings = with(GetParam());
  settings.limits.keep_alive = false;
  const Serving server(settings);
  const TestClient client(server.port());
  std::string requests;
  while (requests.size() < 300'000) requests += get("/a");
  client.sends(requests);
  EXPECT_TRUE(client.read_to("/a").ends_with("\r\n\r\n/a"));
  EXPECT_TRUE(ends_in_order(client));
}

TEST_P(BlockingModels, LoseAConnectionAndNotTheServerToABug) {
  const Serving server(with(GetParam()));
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
  Serving server(settings);
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
  Serving server(settings);
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
  Settings settings = with(GetParam());
  Serving server(settings);
  server.end();
}

TEST_P(BlockingModels, AnswerTwoHundredAtOnce) {
  const Serving server(with(GetParam()));
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
    const Serving server(with(GetParam()));
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

TEST(ThreadServer, EndsTheLongestIdleWhereAllPlacesAreTaken) {
  Settings settings = with(Model::thread);
  settings.connections = 3;
  const Serving server(settings);
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
  Serving server(settings);
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

// A server in a process of its own, which may open only a few more files than it has.
class ShortOfFiles {
 public:
  ShortOfFiles(const Settings& settings, std::size_t more) {
    std::array<int, 2> to_us{};
    std::array<int, 2> to_it{};
    EXPECT_EQ(pipe(to_us.data()) + pipe(to_it.data()), 0);
    process_ = fork();
    if (process_ == 0) {
      close(to_it[1]);
      serve(settings, more, to_us[1], to_it[0]);
    }
    close(to_us[1]);
    close(to_it[0]);
    EXPECT_EQ(read(to_us[0], &port_, sizeof port_), static_cast<ssize_t>(sizeof port_));
    close(to_us[0]);
    end_ = Descriptor(to_it[1]);
  }
  ~ShortOfFiles() { cpu_seconds(); }
  ShortOfFiles(const ShortOfFiles&) = delete;
  ShortOfFiles& operator=(const ShortOfFiles&) = delete;

  std::uint16_t port() const { return port_; }
  // Ends it; what it took in its life.
  double cpu_seconds() {
    end_.close();
    rusage usage{};
    int status = 0;
    if (process_ > 0) wait4(std::exchange(process_, 0), &status, 0, &usage);
    EXPECT_EQ(status, 0);
    const timeval& user = usage.ru_utime;
    const timeval& system = usage.ru_stime;
    return static_cast<double>(user.tv_sec + system.tv_sec) +
           static_cast<double>(user.tv_usec + system.tv_usec) / 1e6;
  }

 private:
  // Until the other end of `end` is closed.
  [[noreturn]] static void serve(const Settings& settings, std::size_t more, int ready, int end) {
    {
      const Serving server(settings);
      rlimit files{};
      getrlimit(RLIMIT_NOFILE, &files);
      std::vector<Descriptor> free(more);
      for (Descriptor& file : free) file = Descriptor(dup(end));
      files.rlim_cur = static_cast<rlim_t>(free.back().number()) + 1;
      free.clear();
      setrlimit(RLIMIT_NOFILE, &files);
      const std::uint16_t port = server.port();
      char byte = 0;
      if (write(ready, &port, sizeof port) < 0 || read(end, &byte, 1) < 0) std::_Exit(1);
    }
    std::_Exit(0);
  }

  pid_t process_ = 0;
  std::uint16_t port_ = 0;
  Descriptor end_;
};

TEST(ThreadServer, EndsIdleConnectionsWhereFilesAreShort) {
  ShortOfFiles server(with(Model::thread), 3);
  std::vector<std::unique_ptr<TestClient>> clients;
  for (int i = 0; i < 10; ++i) {
    clients.push_back(std::make_unique<TestClient>(server.port()));
    EXPECT_TRUE(answers(*clients.back(), "/a")) << i;
  }
  EXPECT_TRUE(clients.front()->ended());
}

TEST(PinnedServer, WaitsForFilesInPeace) {
  Settings settings = with(Model::pinned);
  settings.workers = 6;
  ShortOfFiles server(settings, 2);
  std::array<std::unique_ptr<TestClient>, 4> clients;
  for (auto& client : clients) client = std::make_unique<TestClient>(server.port());
  EXPECT_TRUE(answers(*clients[0], "/a"));
  EXPECT_TRUE(answers(*clients[1], "/a"));
  std::this_thread::sleep_for(std::chrono::seconds(1));
  clients[0].reset();
  clients[1].reset();
  EXPECT_TRUE(answers(*clients[2], "/b"));
  EXPECT_TRUE(answers(*clients[3], "/b"));
  EXPECT_LT(server.cpu_seconds(), 0.5);
}

}  // namespace
}  // namespace assay::runtime
