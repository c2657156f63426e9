#include "server/app/service.h"

#include <memory>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "server/app/client.h"

namespace assay {

struct Greeter {
  std::string word;
};

namespace {

struct Clock {
  int hour = 0;
};

std::string greeting(Service<Greeter> greeter) { return greeter->word + ", ann"; }
std::string letterhead(Service<Greeter> greeter) { return "[" + greeter->word + "]"; }
std::string late_greeting(Depends<greeting> text) { return *text; }

std::string refusal_of(App& app) {
  try {
    app.start();
  } catch (const std::logic_error& refusal) {
    return refusal.what();
  }
  return "started";
}

TEST(Service, IsWhatTheApplicationWasGivenForTheType) {
  App app;
  app.provide(std::make_shared<Clock>(Clock{7}));
  app.provide(std::make_shared<Greeter>(Greeter{"hello"}));
  app.get("/", [](Service<Greeter> greeter, Service<Clock> clock) {
    return greeter->word + std::to_string((*clock).hour);
  });
  EXPECT_EQ(Client(app).get("/").body, "hello7");
}

TEST(Service, IsOneForAllRequests) {
  App app;
  app.provide(std::make_shared<Clock>());
  app.get("/", [](Service<Clock> clock) { return std::to_string(++clock->hour); });
  Client client(app);
  EXPECT_EQ(client.get("/").body, "1");
  EXPECT_EQ(client.get("/").body, "2");
}

TEST(Service, MayBeTakenByDependenciesAndByWhatIsShared) {
  App app;
  app.provide(std::make_shared<Greeter>(Greeter{"hello"}));
  app.get("/", [](Depends<greeting> text, Shared<letterhead> head) { return *head + *text; });
  app.get("/late", [](Service<Greeter> greeter) -> Async<std::string> {
    co_await sleep_for(std::chrono::milliseconds(1));
    co_return greeter->word;
  });
  Client client(app);
  EXPECT_EQ(client.get("/").body, "[hello]hello, ann");
  EXPECT_EQ(client.get("/late").body, "hello");
}

TEST(Service, MayBeGivenAnewAsByATest) {
  const auto real = std::make_shared<Greeter>(Greeter{"hello"});
  App app;
  app.provide(real);
  Greeter& held = app.service<Greeter>();
  app.get("/", [&held](Service<Greeter> greeter) { return greeter->word + held.word; });
  app.provide(std::make_shared<Greeter>(Greeter{"test"}));
  EXPECT_EQ(Client(app).get("/").body, "testhello");
  EXPECT_EQ(real.use_count(), 2) << "somebody may still hold the first";
}

TEST(Service, LivesAsLongAsTheApplication) {
  const auto greeter = std::make_shared<Greeter>();
  {
    App app;
    app.provide(greeter);
    EXPECT_EQ(greeter.use_count(), 2);
  }
  EXPECT_EQ(greeter.use_count(), 1);
}

TEST(Service, ThatWasNotGivenRefusesTheStart) {
  App app;
  app.get("/", [] { return 1; });
  app.get("/greetings/{id:int}", [](Path<"id", int>, Service<Greeter>) { return 1; });
  EXPECT_EQ(refusal_of(app),
            "GET /greetings/{id:int} takes Service<assay::Greeter>, which the application was not "
            "given: call app.provide(std::make_shared<assay::Greeter>(...)) before it starts");
}

TEST(Service, ThatADependencyTakesRefusesTheStartToo) {
  App by_depends;
  by_depends.post("/a", [](Depends<late_greeting>) { return 1; });
  EXPECT_EQ(refusal_of(by_depends).substr(0, 37), "POST /a has a dependency that takes S");
  App by_shared;
  by_shared.post("/b", [](Shared<letterhead>) { return 1; });
  EXPECT_EQ(refusal_of(by_shared).substr(0, 37), "POST /b has a dependency that takes S");
}

TEST(Service, IsNotMissedWhereSomethingStandsInForTheDependency) {
  App app;
  app.get("/", [](Depends<late_greeting> text) { return *text; });
  app.replace<greeting>([] { return std::string("stand-in"); });
  EXPECT_FALSE(app.needs_service<Greeter>());
  EXPECT_EQ(Client(app).get("/").body, "stand-in");
}

TEST(Service, IsAskedForByWhoeverAddsRoutes) {
  App app;
  EXPECT_THROW(app.service<Clock>(), std::logic_error);
  app.provide(std::make_shared<Clock>(Clock{7}));
  EXPECT_EQ(app.service<Clock>().hour, 7);
}

TEST(Service, IsKnownToBeNeededByItsRoutesAndByWhoeverAsked) {
  App app;
  app.provide(std::make_shared<Clock>());
  app.provide(std::make_shared<Greeter>());
  EXPECT_FALSE(app.needs_service<Clock>());
  EXPECT_FALSE(app.needs_service<Greeter>());
  app.service<Clock>();
  app.get("/", [](Depends<greeting>) { return 1; });
  EXPECT_TRUE(app.needs_service<Clock>());
  EXPECT_TRUE(app.needs_service<Greeter>());
}

TEST(Service, IsNoPartOfTheDescription) {
  App app;
  app.provide(std::make_shared<Greeter>());
  app.describe({"Items", "1"});
  app.get("/with", [](Service<Greeter>) { return 1; }).id("one");
  const std::string body = Client(app).get("/openapi.json").body;
  EXPECT_NE(body.find(R"("/with":{"get":{"operationId":"one","responses":{"200":)"),
            std::string::npos)
      << body;
}

}  // namespace
}  // namespace assay
