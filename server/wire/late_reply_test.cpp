#include "server/wire/late_reply.h"

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <gtest/gtest.h>

#include "server/wire/after_reply.h"
#include "server/wire/memory_driver.h"

namespace assay::wire {
namespace {

using Needs = Connection::Needs;

const Limits limits;
const std::string no_date;

std::string get(const std::string& path) {
  return "GET " + path + " HTTP/1.1\r\nHost: assay\r\n\r\n";
}

// Where a test keeps what a late reply is given; it may outlive both.
struct Noted {
  std::function<void()> wake;
  int alive = 0;
};

// Finishes as its path says.
class Late final : public LateReply {
 public:
  Late(Noted& noted, std::string path) : noted_(noted), path_(std::move(path)) { ++noted_.alive; }
  Late(const Late&) = delete;
  Late& operator=(const Late&) = delete;
  ~Late() override { --noted_.alive; }
  void when_ready(std::function<void()> wake) override { noted_.wake = std::move(wake); }
  void finish(ReplyWriter& reply) override {
    if (path_ == "/silent") return;
    if (path_ == "/again") return reply.later(std::make_unique<Late>(noted_, "/second"));
    reply.send(200, "text/plain", path_);
    if (path_ == "/throws") throw std::runtime_error("a bug");
  }

 private:
  Noted& noted_;
  std::string path_;
};

// Late, but for "/now"; "/begins" throws when it has promised a late reply.
class Waiter final : public Handler {
 public:
  void answer(const Request& request, ReplyWriter& reply) override {
    const std::string path(request.path);
    if (path == "/now") return reply.send(200, "text/plain", path);
    if (path == "/nothing") return reply.later(nullptr);
    reply.later(std::make_unique<Late>(noted, path));
    reply.send(200, "text/plain", "a second reply");
    if (path == "/begins") throw std::runtime_error("a bug");
  }
  Noted noted;
};

// A connection that is driven by hand.
struct ByHand {
  explicit ByHand(Handler& handler) : connection(limits, no_date, handler) {}
  // What it has to write, written.
  std::string written() {
    std::string text;
    while (connection.needs() == Needs::write || connection.needs() == Needs::turn) {
      if (connection.needs() == Needs::turn) connection.proceed(buffers);
      const Output output = connection.output();
      text.append(output.first).append(output.second);
      connection.wrote(output.size());
    }
    return text;
  }
  std::string reply() {
    connection.proceed(buffers);
    return written();
  }
  ReplyBuffers buffers;
  Connection connection;
};

TEST(LateReply, IsWaitedForWhenTheRepliesBeforeItAreWritten) {
  Waiter waiter;
  ByHand peer(waiter);
  peer.connection.receive(get("/now") + get("/a") + get("/b"), peer.buffers);
  EXPECT_EQ(peer.connection.needs(), Needs::write);
  EXPECT_TRUE(peer.written().ends_with("\r\n\r\n/now"));
  EXPECT_EQ(peer.connection.needs(), Needs::wait);
  EXPECT_EQ(peer.connection.phase(), Connection::Phase::reply);
  EXPECT_EQ(peer.connection.answered(), 2U) << "the third request waits";
  EXPECT_TRUE(peer.reply().ends_with("\r\n\r\n/a"));
  EXPECT_EQ(peer.connection.needs(), Needs::wait);
  EXPECT_TRUE(peer.reply().ends_with("\r\n\r\n/b"));
  EXPECT_EQ(peer.connection.needs(), Needs::bytes);
  EXPECT_EQ(peer.connection.phase(), Connection::Phase::idle);
  EXPECT_EQ(waiter.noted.alive, 0);
}

// What is to be done after a reply that is not made yet must not keep others from theirs.
TEST(LateReply, IsFollowedByWhatItsHandlerLeftAndNobodyElseIs) {
  class Undone final : public AfterReply {
   public:
    explicit Undone(int& undone) : undone_(undone) {}
    Undone(const Undone&) = delete;
    Undone& operator=(const Undone&) = delete;
    ~Undone() override { ++undone_; }

   private:
    int& undone_;
  };
  class Leaving final : public Handler {
   public:
    void answer(const Request& request, ReplyWriter& reply) override {
      if (request.path == "/now") return reply.send(200, "text/plain", request.path);
      reply.after(std::make_unique<Undone>(undone));
      reply.later(std::make_unique<Late>(noted, std::string(request.path)));
    }
    Noted noted;
    int undone = 0;
  };
  Leaving handler;
  ByHand first(handler);
  ByHand second(handler);
  first.connection.receive(get("/a"), first.buffers);
  EXPECT_EQ(first.connection.needs(), Needs::wait);
  second.connection.receive(get("/now"), first.buffers);
  EXPECT_EQ(second.connection.answered(), 1U);
  EXPECT_TRUE(second.written().ends_with("/now"));
  EXPECT_EQ(handler.undone, 0);
  EXPECT_TRUE(first.reply().ends_with("/a"));
  EXPECT_EQ(handler.undone, 1);
}

TEST(LateReply, PassesOnWhoIsToBeWoken) {
  Waiter waiter;
  ByHand peer(waiter);
  peer.connection.receive(get("/a"), peer.buffers);
  int woken = 0;
  peer.connection.when_ready([&woken] { ++woken; });
  EXPECT_EQ(woken, 0);
  waiter.noted.wake();
  EXPECT_EQ(woken, 1);
}

TEST(LateReply, IsLetGoWithItsConnectionAndMayWakeAfterwards) {
  Waiter waiter;
  int woken = 0;
  {
    ByHand peer(waiter);
    peer.connection.receive(get("/a"), peer.buffers);
    peer.connection.when_ready([&woken] { ++woken; });
    EXPECT_EQ(waiter.noted.alive, 1);
  }
  EXPECT_EQ(waiter.noted.alive, 0);
  waiter.noted.wake();
  EXPECT_EQ(woken, 1);
}

TEST(LateReply, IsLetGoWhenItTakesTooLong) {
  Waiter waiter;
  ByHand peer(waiter);
  peer.connection.receive(get("/a") + get("/b"), peer.buffers);
  peer.connection.when_ready([] {});
  peer.connection.refuse_now(Refusal::unanswered, peer.buffers);
  EXPECT_EQ(waiter.noted.alive, 0);
  const std::string output = peer.written();
  EXPECT_EQ(output.substr(0, 12), "HTTP/1.1 503");
  EXPECT_EQ(output.find("HTTP/1.1", 1), output.npos) << "nothing is answered after it";
  EXPECT_EQ(peer.connection.needs(), Needs::close);
}

TEST(LateReply, ThatWouldBeTheLastIsLetGoWhenItTakesTooLong) {
  Waiter waiter;
  ByHand peer(waiter);
  peer.connection.receive("GET /a HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n",
                          peer.buffers);
  peer.connection.refuse_now(Refusal::unanswered, peer.buffers);
  EXPECT_EQ(waiter.noted.alive, 0);
  EXPECT_EQ(peer.written().substr(0, 12), "HTTP/1.1 503");
}

TEST(LateReply, ToHeadIsRefusedWithoutABody) {
  Waiter waiter;
  ByHand peer(waiter);
  peer.connection.receive("HEAD /a HTTP/1.1\r\nHost: assay\r\n\r\n", peer.buffers);
  peer.connection.refuse_now(Refusal::unanswered, peer.buffers);
  const std::string output = peer.written();
  EXPECT_EQ(output.substr(0, 12), "HTTP/1.1 503");
  EXPECT_TRUE(output.ends_with("\r\n\r\n"));
}

TEST(LateReply, IsTheLastWhenTheServerEnds) {
  Waiter waiter;
  ByHand peer(waiter);
  peer.connection.receive(get("/a") + get("/b"), peer.buffers);
  peer.connection.close_soon();
  EXPECT_EQ(peer.connection.needs(), Needs::wait);
  EXPECT_NE(peer.reply().find("Connection: close\r\n"), std::string::npos);
  EXPECT_EQ(peer.connection.needs(), Needs::close);
  EXPECT_EQ(peer.connection.phase(), Connection::Phase::idle) << "the second request is forgotten";
  EXPECT_EQ(peer.connection.answered(), 1U);
}

TEST(LateReply, ThatThrowsIsAnErrorAndTheLastReply) {
  Waiter waiter;
  ByHand peer(waiter);
  peer.connection.receive(get("/throws") + get("/b"), peer.buffers);
  const std::string output = peer.reply();
  EXPECT_EQ(output.substr(0, 12), "HTTP/1.1 500");
  EXPECT_EQ(output.find("/throws"), output.npos);
  EXPECT_EQ(peer.connection.needs(), Needs::close);
  EXPECT_EQ(waiter.noted.alive, 0);
}

TEST(LateReply, ThatSaysNothingIsAnError) {
  Waiter waiter;
  ByHand peer(waiter);
  peer.connection.receive(get("/silent"), peer.buffers);
  EXPECT_EQ(peer.reply().substr(0, 12), "HTTP/1.1 500");
  EXPECT_EQ(peer.connection.needs(), Needs::bytes);
}

TEST(LateReply, MayBeLateAgain) {
  Waiter waiter;
  ByHand peer(waiter);
  peer.connection.receive(get("/again"), peer.buffers);
  EXPECT_EQ(peer.reply(), "");
  EXPECT_EQ(peer.connection.needs(), Needs::wait);
  EXPECT_TRUE(peer.reply().ends_with("\r\n\r\n/second"));
  EXPECT_EQ(peer.connection.needs(), Needs::bytes);
}

TEST(LateReply, OfAHandlerThatThrowsIsLetGo) {
  Waiter waiter;
  ByHand peer(waiter);
  peer.connection.receive(get("/now") + get("/begins") + get("/b"), peer.buffers);
  const std::string output = peer.written();
  EXPECT_EQ(output.substr(0, 12), "HTTP/1.1 200");
  EXPECT_NE(output.find("HTTP/1.1 500"), output.npos);
  EXPECT_EQ(peer.connection.needs(), Needs::close);
  EXPECT_EQ(waiter.noted.alive, 0);
}

TEST(LateReply, ThatIsNotThereIsAnError) {
  Waiter waiter;
  ByHand peer(waiter);
  peer.connection.receive(get("/nothing"), peer.buffers);
  EXPECT_EQ(peer.written().substr(0, 12), "HTTP/1.1 500");
  EXPECT_EQ(peer.connection.needs(), Needs::bytes);
}

// Wakes from another thread, which goes on after the reply is gone.
class Threaded final : public Handler {
 public:
  Threaded() = default;
  Threaded(const Threaded&) = delete;
  Threaded& operator=(const Threaded&) = delete;
  ~Threaded() override { end(); }
  void answer(const Request&, ReplyWriter& reply) override {
    reply.later(std::make_unique<Started>(*this));
  }

 private:
  class Started final : public LateReply {
   public:
    explicit Started(Threaded& owner) : owner_(owner) {}
    void when_ready(std::function<void()> wake) override {
      owner_.end();
      owner_.thread_ = std::thread(std::move(wake));
    }
    void finish(ReplyWriter& reply) override { reply.send(200, "text/plain", "made"); }

   private:
    Threaded& owner_;
  };

  void end() {
    if (thread_.joinable()) thread_.join();
  }
  std::thread thread_;
};

TEST(LateReply, MayBeMadeOnAnotherThread) {
  Threaded threaded;
  MemoryDriver driver(limits, threaded);
  for (int i = 0; i < 100; ++i) driver.send(get("/a") + get("/b"));
  EXPECT_EQ(driver.connection().answered(), 200U);
  EXPECT_TRUE(driver.output().ends_with("\r\n\r\nmade"));
  EXPECT_FALSE(driver.closed());
}

}  // namespace
}  // namespace assay::wire
