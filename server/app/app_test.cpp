#include "server/app/app.h"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/app/client.h"
#include "server/wire/memory_driver.h"

namespace assay {
namespace {

struct Point {
  std::int64_t x = 0;
  static constexpr auto model() { return std::tuple{model::field<"x">(&Point::x)}; }
};

bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

TEST(App, AnswersAModelAsJson) {
  App app;
  app.get("/point", [] { return Point{7}; });
  const ClientReply reply = Client(app).get("/point");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.field("Content-Type"), "application/json");
  EXPECT_EQ(reply.body, R"({"x":7})");
}

TEST(App, AnswersTextAsText) {
  App app;
  app.get("/hello", [] { return std::string("hi"); });
  const ClientReply reply = Client(app).get("/hello?name=x");
  EXPECT_EQ(reply.field("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(reply.body, "hi");
}

TEST(App, AnswersHeadWithoutTheBody) {
  App app;
  app.get("/hello", [] { return std::string("hi"); });
  const ClientReply reply = Client(app).head("/hello");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.field("Content-Length"), "2");
  EXPECT_EQ(reply.body, "");
}

TEST(App, KnowsAPathThatIsWrittenInEscapes) {
  App app;
  app.get("/hello", [] { return std::string("hi"); });
  Client client(app);
  EXPECT_EQ(client.get("/%68ello").body, "hi");
  EXPECT_EQ(client.get("/%2Fhello").status, 404);
}

TEST(App, SaysThatItIsThere) {
  App app;
  EXPECT_EQ(Client(app).options("*").status, 204);
}

TEST(App, TakesFunctionsAsHandlers) {
  App app;
  app.get("/seven", +[] { return Point{7}; });
  EXPECT_EQ(Client(app).get("/seven").body, R"({"x":7})");
}

TEST(App, TellsThePeerNothingOfABug) {
  std::vector<std::string> told;
  App app([&told](std::string_view bug) { told.emplace_back(bug); });
  app.get("/broken", [](Context& context) -> std::string {
    context.reply().add_field("X-Half", "done");
    throw std::runtime_error("a secret");
  });
  const ClientReply reply = Client(app).get("/broken?n=1");
  EXPECT_EQ(reply.status, 500);
  EXPECT_FALSE(contains(reply.body, "secret")) << reply.body;
  EXPECT_EQ(reply.field("X-Half"), "");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(contains(told[0], "GET /broken (id ")) << told[0];
  EXPECT_TRUE(told[0].ends_with(": a secret")) << told[0];
  // The same id in both: that is how the two are brought together.
  const std::size_t at = reply.body.find(R"("id":")");
  ASSERT_NE(at, std::string::npos) << reply.body;
  EXPECT_TRUE(contains(told[0], reply.body.substr(at + 6, 16)));
}

TEST(App, SurvivesWhatIsNoException) {
  std::string told;
  App app([&told](std::string_view bug) { told = bug; });
  app.get("/odd", []() -> std::string { throw 7; });
  Client client(app);
  EXPECT_EQ(client.get("/odd").status, 500);
  EXPECT_TRUE(told.ends_with("threw what is no std::exception")) << told;
  EXPECT_EQ(client.get("/odd").status, 500);
}

TEST(App, AnswersAnErrorThatAHandlerThrows) {
  App app;
  app.get("/secret", []() -> std::string { throw unauthorized("who are you?"); });
  const ClientReply reply = Client(app).get("/secret");
  EXPECT_EQ(reply.status, 401);
  EXPECT_EQ(reply.field("WWW-Authenticate"), "Bearer");
  EXPECT_EQ(reply.body, R"({"detail":"who are you?"})");
}

struct Overdrawn : std::runtime_error {
  using std::runtime_error::runtime_error;
};

TEST(App, TurnsAnExceptionIntoAReplyWhereItIsToldHow) {
  App app;
  app.on_exception<Overdrawn>(
      [](const Overdrawn& error) { return Response{402, "text/plain", error.what(), {}}; });
  app.get("/pay", []() -> std::string { throw Overdrawn("3 missing"); });
  const ClientReply reply = Client(app).get("/pay");
  EXPECT_EQ(reply.status, 402);
  EXPECT_EQ(reply.body, "3 missing");
}

TEST(App, TurnsAnExceptionIntoAnErrorOfItsDialectOrLeavesItABug) {
  std::string bugs;
  App app([&bugs](std::string_view bug) { bugs += bug; });
  app.on_exception<Overdrawn>(
      [](Context& context, const Overdrawn& error) -> std::optional<HttpError> {
        if (std::string_view(error.what()) == "by us") return std::nullopt;
        return HttpError(503, std::string(context.route()), {{"Retry-After", "1"}});
      });
  app.on_exception<int>([](int) { return conflict("taken"); });
  app.get("/peer", []() -> std::string { throw Overdrawn("by a peer"); });
  app.get("/us", []() -> std::string { throw Overdrawn("by us"); });
  app.get("/int", []() -> std::string { throw 1; });
  Client client(app);
  const ClientReply peer = client.get("/peer");
  EXPECT_EQ(peer.status, 503);
  EXPECT_EQ(peer.body, R"({"detail":"/peer"})");
  EXPECT_EQ(peer.field("Retry-After"), "1");
  EXPECT_EQ(client.get("/int").body, R"({"detail":"taken"})");
  EXPECT_EQ(bugs, "");
  EXPECT_EQ(client.get("/us").status, 500);
  EXPECT_TRUE(contains(bugs, "by us")) << bugs;
}

TEST(App, StartsAndStopsInOrder) {
  std::string order;
  App app;
  app.on_start([&order] { order += "a"; });
  app.on_start([&order] { order += "b"; });
  app.on_stop([&order] { order += "z"; });
  app.get("/", [&order] {
    order += "-";
    return std::string();
  });
  {
    EXPECT_EQ(Client(app).get("/").status, 200);
  }
  EXPECT_EQ(order, "ab-z");
}

TEST(App, SaysThatItsThreadMayWaitAfterEachPartOfItsLife) {
  std::string order;
  {
    App app;
    app.on_start([&order] { order += "start "; });
    app.on_stop([&order] { order += "stop "; });
    app.before_wait([&order] { order += "wait "; });
    app.get("/", [&order] {
      order += "answer ";
      return std::string();
    });
    app.start();
    EXPECT_EQ(std::exchange(order, {}), "start wait ");
    const wire::Limits limits;
    {
      wire::MemoryDriver driver(limits, app);
      driver.send("GET / HTTP/1.1\r\nHost: assay\r\n\r\n");
    }
    EXPECT_EQ(std::exchange(order, {}), "answer wait wait ");
    app.stop();
  }
  EXPECT_EQ(order.substr(0, 10), "stop wait ");
}

TEST(App, TellsItsOwnerOfAnActBeforeAWaitThatThrows) {
  std::string bugs;
  App app([&bugs](std::string_view bug) { bugs += bug; });
  app.before_wait([] { throw std::runtime_error("no lock"); });
  static_cast<wire::Handler&>(app).before_wait();
  EXPECT_EQ(bugs, "before_wait: no lock");
}

TEST(App, StopsOnceHoweverOftenItIsTold) {
  std::string order;
  {
    App app;
    app.on_stop([&order] { order += "z"; });
    app.stop();
    EXPECT_EQ(order, "") << "it was never started";
    app.start();
    app.stop();
    app.stop();
  }
  EXPECT_EQ(order, "z");
}

TEST(App, TakesExceptionsOfAnyType) {
  App app;
  app.on_exception<int>(
      [](int number) { return Response{409, "text/plain", std::to_string(number)}; });
  app.get("/", []() -> std::string { throw 7; });
  EXPECT_EQ(Client(app).get("/").body, "7");
}

TEST(App, RefusesARouteAfterTheStart) {
  App app;
  app.start();
  EXPECT_THROW(app.get("/late", [] { return 1; }), std::logic_error);
}

TEST(App, TellsItsOwnerOfAnErrorThatCannotBeSent) {
  std::string bugs;
  App app([&bugs](std::string_view bug) { bugs += bug; });
  app.get("/field", []() -> std::string { throw HttpError(400, "x", {{"X-Why", "a\r\nb"}}); });
  app.get("/status", []() -> std::string { throw HttpError(700, "x"); });
  Client client(app);
  for (const std::string path : {"/field", "/status"}) {
    bugs.clear();
    const ClientReply reply = client.get(path);
    EXPECT_EQ(reply.status, 500);
    EXPECT_TRUE(contains(reply.body, R"("id":)")) << reply.body;
    EXPECT_NE(bugs, "");
  }
}

TEST(App, StopsTheRestWhereOneOfTheActsThrows) {
  std::string order;
  std::string bugs;
  {
    App app([&bugs](std::string_view bug) { bugs += bug; });
    app.on_stop([] { throw std::runtime_error("disk gone"); });
    app.on_stop([&order] { order += "z"; });
    app.start();
  }
  EXPECT_EQ(order, "z");
  EXPECT_EQ(bugs, "on_stop: disk gone");
}

}  // namespace
}  // namespace assay
