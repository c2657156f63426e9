#include "server/wire/memory_driver.h"

#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace assay::wire {
namespace {

// Ready when it is asked, but late all the same.
class Ready final : public LateReply {
 public:
  explicit Ready(std::string& diary) : diary_(diary) {}
  ~Ready() override { diary_ += "gone "; }
  Ready(const Ready&) = delete;
  Ready& operator=(const Ready&) = delete;
  void when_ready(std::function<void()> wake) override { wake(); }
  void finish(ReplyWriter& reply) override {
    diary_ += "late ";
    reply.send(200, "text/plain", "late");
  }

 private:
  std::string& diary_;
};

class Diarist final : public Handler {
 public:
  void answer(const Request& request, ReplyWriter& reply) override {
    diary += "answer ";
    if (request.path == "/late") return reply.later(std::make_unique<Ready>(diary));
    reply.send(200, "text/plain", "now");
  }
  void before_wait() noexcept override { diary += "wait "; }
  std::string diary;
};

std::string get(const std::string& path) {
  return "GET " + path + " HTTP/1.1\r\nHost: assay\r\n\r\n";
}

TEST(MemoryDriver, TellsTheHandlerBeforeItWaits) {
  Limits limits;
  Diarist handler;
  MemoryDriver driver(limits, handler);
  driver.send(get("/") + get("/"));
  EXPECT_EQ(std::exchange(handler.diary, {}), "answer answer wait ");
  driver.send(get("/late"));
  EXPECT_EQ(handler.diary, "answer wait late gone wait ");
}

TEST(MemoryDriver, TellsTheHandlerWhenItsConnectionIsGone) {
  Limits limits;
  Diarist handler;
  {
    MemoryDriver driver(limits, handler);
    driver.send(get("/"));
    handler.diary.clear();
  }
  EXPECT_EQ(handler.diary, "wait ");
}

}  // namespace
}  // namespace assay::wire
