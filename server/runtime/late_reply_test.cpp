// Replies that are made elsewhere, under every model in this process: what becomes of them when
// peer, connection or server go first.
#include "server/wire/late_reply.h"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/runtime/test_server.h"

namespace assay::runtime {
namespace {

using std::chrono::milliseconds;

// What the replies of a server and its test have in common.
class Ledger {
 public:
  void began(std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    wakes_.push_back(std::move(wake));
  }
  void ended() {
    const std::lock_guard lock(mutex_);
    ++ended_;
  }
  // Both wait for as many, for five seconds at most.
  bool have_begun(std::size_t count) {
    return comes_true([&] { return wakes_.size() >= count; });
  }
  bool have_ended(std::size_t count) {
    return comes_true([&] { return ended_ >= count; });
  }
  void wake_all() {
    std::vector<std::function<void()>> wakes;
    {
      const std::lock_guard lock(mutex_);
      wakes.swap(wakes_);
    }
    for (const auto& wake : wakes) wake();
  }

 private:
  template <class Fact>
  bool comes_true(Fact fact) {
    for (int i = 0; i < 500; ++i) {
      {
        const std::lock_guard lock(mutex_);
        if (fact()) return true;
      }
      std::this_thread::sleep_for(milliseconds(10));
    }
    return false;
  }

  std::mutex mutex_;  // guards what follows
  std::vector<std::function<void()>> wakes_;
  std::size_t ended_ = 0;
};

class Late final : public wire::LateReply {
 public:
  Late(std::shared_ptr<Ledger> ledger, std::string_view path, int more)
      : ledger_(std::move(ledger)), path_(path), more_(more) {}
  ~Late() override { ledger_->ended(); }
  Late(const Late&) = delete;
  Late& operator=(const Late&) = delete;
  void when_ready(std::function<void()> wake) override {
    if (path_ == "/at_once" || path_ == "/again") return wake();
    ledger_->began(std::move(wake));
  }
  void finish(wire::ReplyWriter& reply) override {
    if (more_ > 0) return reply.later(std::make_unique<Late>(ledger_, path_, more_ - 1));
    reply.send(200, "text/plain", "late " + path_);
  }

 private:
  std::shared_ptr<Ledger> ledger_;
  std::string path_;
  int more_;
};

class LateHandler final : public wire::Handler {
 public:
  explicit LateHandler(std::shared_ptr<Ledger> ledger) : ledger_(std::move(ledger)) {}
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override {
    if (request.path == "/hello") return reply.send(200, "text/plain", "hello");
    const int more = request.path == "/again" ? 3 : 0;
    reply.later(std::make_unique<Late>(ledger_, request.path, more));
  }

 private:
  std::shared_ptr<Ledger> ledger_;
};

class Serving {
 public:
  explicit Serving(Model model, milliseconds drain_limit = milliseconds(5000))
      : handler_(ledger_), server_(settings_of(model, drain_limit), handler_) {}

  void end() { server_.end(); }
  std::uint16_t port() const { return server_.port(); }
  Ledger& ledger() { return *ledger_; }

 private:
  static Settings settings_of(Model model, milliseconds drain_limit) {
    Settings settings = with(model);
    settings.workers = 2;
    settings.limits.keep_alive = model != Model::per_request;
    settings.drain_limit = drain_limit;
    return settings;
  }

  std::shared_ptr<Ledger> ledger_ = std::make_shared<Ledger>();
  LateHandler handler_;
  ServerThread server_;
};

class LateReplyTest : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(Models, LateReplyTest,
                         testing::Values(Model::loop, Model::pool, Model::pinned,
                                         Model::per_request, Model::thread));

TEST_P(LateReplyTest, ArrivesWhenItIsReady) {
  Serving server(GetParam());
  const TestClient client(server.port());
  client.sends(get("/late"));
  ASSERT_TRUE(server.ledger().have_begun(1));
  server.ledger().wake_all();
  EXPECT_TRUE(client.read_to("late /late").starts_with("HTTP/1.1 200"));
  EXPECT_TRUE(server.ledger().have_ended(1));
}

TEST_P(LateReplyTest, MayBeReadyBeforeAnybodyWaits) {
  Serving server(GetParam());
  const TestClient client(server.port());
  client.sends(get("/at_once"));
  EXPECT_TRUE(client.read_to("late /at_once").starts_with("HTTP/1.1 200"));
}

TEST_P(LateReplyTest, MayBeLateAgain) {
  Serving server(GetParam());
  const TestClient client(server.port());
  client.sends(get("/again"));
  EXPECT_TRUE(client.read_to("late /again").starts_with("HTTP/1.1 200"));
  EXPECT_TRUE(server.ledger().have_ended(4));
}

TEST_P(LateReplyTest, IsLetGoWhenItsPeerResets) {
  Serving server(GetParam());
  TestClient client(server.port());
  client.sends(get("/late"));
  ASSERT_TRUE(server.ledger().have_begun(1));
  client.reset();
  EXPECT_TRUE(server.ledger().have_ended(1));
  server.ledger().wake_all();
  const TestClient next(server.port());
  next.sends(get("/hello"));
  EXPECT_TRUE(next.read_to("hello").ends_with("hello"));
}

// It may still read.
TEST_P(LateReplyTest, ComesToAPeerThatSendsNoMore) {
  Serving server(GetParam());
  const TestClient client(server.port());
  client.sends(get("/late"));
  client.sends_no_more();
  ASSERT_TRUE(server.ledger().have_begun(1));
  std::this_thread::sleep_for(milliseconds(60));
  server.ledger().wake_all();
  EXPECT_TRUE(client.read_all().ends_with("late /late"));
}

TEST_P(LateReplyTest, MayBeReadyWhenTheServerIsGone) {
  Serving server(GetParam(), milliseconds(100));
  const TestClient client(server.port());
  client.sends(get("/late"));
  ASSERT_TRUE(server.ledger().have_begun(1));
  server.end();
  EXPECT_TRUE(server.ledger().have_ended(1));
  server.ledger().wake_all();
  EXPECT_EQ(client.read_all(), "");
}

// Ready and no longer wanted, at once: whichever is first, nothing is lost but that reply.
TEST_P(LateReplyTest, MayBeReadyJustWhenItsPeerGoes) {
  Serving server(GetParam());
  for (std::size_t i = 1; i <= 30; ++i) {
    TestClient client(server.port());
    client.sends(get("/late") + get("/hello"));
    ASSERT_TRUE(server.ledger().have_begun(1));
    std::thread waker([&] { server.ledger().wake_all(); });
    client.reset();
    waker.join();
    ASSERT_TRUE(server.ledger().have_ended(i));
  }
}

TEST_P(LateReplyTest, MayBeReadyJustWhenTheServerEnds) {
  for (int i = 0; i < 10; ++i) {
    Serving server(GetParam());
    const TestClient client(server.port());
    client.sends(get("/late"));
    ASSERT_TRUE(server.ledger().have_begun(1));
    std::thread waker([&] { server.ledger().wake_all(); });
    server.end();
    waker.join();
    EXPECT_TRUE(client.read_all().ends_with("late /late"));
  }
}

}  // namespace
}  // namespace assay::runtime
