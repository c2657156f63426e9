#include "server/app/async.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "server/app/client.h"
#include "server/wire/memory_driver.h"

namespace assay {
namespace {

using std::chrono::milliseconds;

Async<int> doubled(int value) {
  co_await sleep_for(milliseconds(1));
  co_return 2 * value;
}

TEST(Async, HandlersWaitAndAnswer) {
  App app;
  app.get("/{n:int}", [](Path<"n", int> n) -> Async<std::string> {
    const int once = co_await doubled(*n);
    const int twice = co_await doubled(once);
    co_return std::to_string(twice);
  });
  EXPECT_EQ(Client(app).get("/5").body, "20");
}

TEST(Async, HandlersThatNeverWaitAnswerAtOnce) {
  App app;
  app.get("/", []() -> Async<std::string> { co_return "now"; });
  EXPECT_EQ(Client(app).get("/").body, "now");
}

TEST(Async, WorkThatBlocksIsDoneOnAnotherThread) {
  App app;
  app.get("/", []() -> Async<std::string> {
    const auto here = std::this_thread::get_id();
    const auto there = co_await in_background([] { return std::this_thread::get_id(); });
    co_return here == there ? "the same" : "another";
  });
  EXPECT_EQ(Client(app).get("/").body, "another");
}

TEST(Async, SeveralWorksRunSideBySide) {
  App app;
  app.get("/", []() -> Async<std::string> {
    std::atomic<int> here = 0;
    std::vector<std::function<int()>> works;
    for (int i = 0; i < 4; ++i) {
      works.emplace_back([&here, i] {
        ++here;
        // Each waits for the others, so that one after another would never end.
        while (here < 4) std::this_thread::yield();
        return i * i;
      });
    }
    const std::vector<int> squares = co_await all_in_background(std::move(works));
    co_return std::to_string(squares[0] + squares[1] + squares[2] + squares[3]);
  });
  EXPECT_EQ(Client(app).get("/").body, "14");
}

TEST(Async, WhatAHandlerThrowsIsAnswered) {
  App app;
  app.get("/own", []() -> Async<std::string> {
    co_await sleep_for(milliseconds(1));
    throw conflict("taken");
  });
  app.get("/bug", []() -> Async<std::string> {
    co_await in_background([] { throw std::runtime_error("secret"); });
    co_return "";
  });
  Client client(app);
  EXPECT_EQ(client.get("/own").status, 409);
  EXPECT_EQ(client.get("/bug").status, 500);
}

Async<std::string> account(Header<"x-user"> user) {
  co_await sleep_for(milliseconds(1));
  co_return "account of " + *user;
}
std::string greeting(Depends<account> of) { return "hello, " + *of; }

TEST(Async, DependenciesMakeTheirHandlerWait) {
  App app;
  app.get("/", [](Depends<greeting> hello, Depends<account> of) { return *hello + " / " + *of; });
  Client client(app);
  EXPECT_EQ(client.get("/").status, 422);
  client.set_field("X-User", "ann");
  EXPECT_EQ(client.get("/").body, "hello, account of ann / account of ann");
}

TEST(Async, HandlersMayLookAtTheRequestAfterTheyWaited) {
  App app;
  app.post("/{a}", [](const Request& request, Path<"a"> a) -> Async<std::string> {
    co_await sleep_for(milliseconds(2));
    co_return *a + std::string(request.path) + std::string(request.query) +
        std::string(request.body) + std::string(*request.head.find("host"));
  });
  EXPECT_EQ(Client(app).request("POST", "/x%20y?q=1", "text/plain", "body").body,
            "x y/x%20yq=1bodyassay.test");
}

TEST(Async, HooksAndLayersWrapHandlersThatWait) {
  std::string diary;
  App app;
  app.pre_handler([&diary](Context&) { diary += "pre "; });
  app.on_response([&diary](Context& context) {
    diary += std::to_string(context.reply().status());
    context.reply().set_field("X-Seen", "yes");
  });
  app.get("/", [&diary]() -> Async<std::string> {
    co_await sleep_for(milliseconds(1));
    diary += "handler ";
    co_return "";
  });
  EXPECT_EQ(Client(app).get("/").field("X-Seen"), "yes");
  EXPECT_EQ(diary, "pre handler 200");
}

TEST(Async, AHandlerThatStillWaitsAtTheEndIsDestroyed) {
  struct Flag {
    std::atomic<bool>* gone;
    ~Flag() { *gone = true; }
  };
  std::atomic<bool> gone = false;
  {
    App app;
    app.get("/", [&gone]() -> Async<std::string> {
      const Flag flag{&gone};
      co_await sleep_for(std::chrono::hours(1));
      co_return "never";
    });
    app.start();
    // Without a driver that would wait for it.
    struct Reader {
      wire::ReplyBuffers buffers;
    } reader;
    wire::RequestHead head;
    head.method = wire::Method::get;
    head.method_name = "GET";
    head.target = "/";
    const wire::Request request{head, "/", {}, {}};
    wire::ReplyWriter writer(reader.buffers, {}, {});
    app.answer(request, writer);
    app.stop(milliseconds(0));
  }
  EXPECT_TRUE(gone);
}

// Answers a request that nobody waits for, as when its peer has gone.
void ask_and_go(App& app, const std::string& path) {
  wire::ReplyBuffers buffers;
  wire::RequestHead head;
  head.method = wire::Method::get;
  head.method_name = "GET";
  head.target = path;
  const wire::Request request{head, path, {}, {}};
  wire::ReplyWriter writer(buffers, {}, {});
  app.answer(request, writer);
}

TEST(Async, AHandlerThatIsEndedDoesNotDoItsTasksAfterwards) {
  std::atomic<bool> ran = false;
  App app;
  app.get("/", [&ran](Context& context) -> Async<std::string> {
    context.after_reply([&ran] { ran = true; });
    co_await sleep_for(std::chrono::hours(1));
    co_return "never";
  });
  app.start();
  ask_and_go(app, "/");
  app.stop(milliseconds(0));
  EXPECT_FALSE(ran);
  // The place that it had kept is free again.
  EXPECT_TRUE(Client(app).get("/nowhere").status == 404);
}

TEST(Async, AHookThatThrowsAnythingEndsNoProcess) {
  App app;
  app.on_error([](Context&, const std::exception*) { throw 1; });
  app.get("/", []() -> Async<std::string> {
    co_await sleep_for(milliseconds(1));
    throw std::runtime_error("bug");
  });
  EXPECT_EQ(Client(app).get("/").status, 500);
}

TEST(Async, TooManyAtOnceAreRefused) {
  App app;
  app.set_late_limits(2, 1 << 20);
  app.get("/", []() -> Async<std::string> {
    co_await sleep_for(std::chrono::hours(1));
    co_return "never";
  });
  app.get("/now", []() -> Async<std::string> { co_return "now"; });
  app.start();
  ask_and_go(app, "/");
  ask_and_go(app, "/");
  wire::Limits limits;
  wire::MemoryDriver driver(limits, app);
  driver.send("GET /now HTTP/1.1\r\nHost: assay\r\n\r\n");
  EXPECT_EQ(driver.output().substr(0, 32), "HTTP/1.1 503 Service Unavailable");
  app.stop(milliseconds(0));
}

TEST(Async, WhatBackgroundWorkHoldsIsLetGoBeforeItsHandlerGoesOn) {
  App app;
  app.get("/", []() -> Async<std::string> {
    auto held = std::make_shared<int>(7);
    const std::weak_ptr<int> watched = held;
    // By name: gcc 12 keeps a copy of a lambda that is made within a co_await.
    auto work = [held = std::move(held)] { return *held; };
    const int value = co_await in_background(std::move(work));
    co_return std::to_string(value) + (watched.expired() ? " gone" : " held");
  });
  EXPECT_EQ(Client(app).get("/").body, "7 gone");
}

TEST(Async, ADependencyThatWaitsMayBeTakenByAHandlerThatReturnsNothing) {
  App app;
  app.get("/", [](Depends<account>) {});
  Client client(app);
  client.set_field("X-User", "ann");
  EXPECT_EQ(client.get("/").status, 204);
}

// What waits outside of the application, as for a database, may be told when nobody waits any more.
struct Outside {
  Executor** executor;
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> waiting) {
    *executor = waiting.promise().executor;
  }
  void await_resume() const noexcept {}
};

TEST(Async, AHandlerThatWasEndedIsNotResumedByWhoComesTooLate) {
  Executor* executor = nullptr;
  std::atomic<bool> resumed = false;
  App app;
  app.get("/", [&executor]() -> Async<std::string> {
    co_await Outside{&executor};
    co_return "never";
  });
  app.get("/again", []() -> Async<std::string> {
    co_await sleep_for(milliseconds(1));
    co_return "again";
  });
  app.start();
  ask_and_go(app, "/");
  app.stop(milliseconds(0));
  executor->post([&resumed] { resumed = true; });
  EXPECT_EQ(Client(app).get("/again").body, "again");
  EXPECT_FALSE(resumed);
}

// A handler that goes on elsewhere has held something there.
TEST(Async, EachThreadThatAHandlerWasOnIsToldBeforeItWaits) {
  thread_local int held = 0;  // by this thread, since it was told last
  std::atomic<int> let_go = 0;
  App app;
  app.before_wait([&let_go] { let_go += std::exchange(held, 0); });
  app.get("/", []() -> Async<std::string> {
    ++held;
    co_await sleep_for(milliseconds(1));
    ++held;
    co_await in_background([] { ++held; });
    co_return "";
  });
  {
    Client(app).get("/");
  }
  EXPECT_EQ(let_go, 3);
}

}  // namespace
}  // namespace assay
