#include "server/app/hooks.h"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "server/app/client.h"

namespace assay {
namespace {

void add_hooks(App& app, std::string& diary) {
  app.on_request([&diary](Context&) { diary += "request "; });
  app.pre_validation([&diary](Context&) { diary += "validation "; });
  app.pre_handler([&diary](Context&) { diary += "pre-handler "; });
  app.on_response([&diary](Context& context) {
    diary += "response" + std::to_string(context.reply().status()) + " ";
  });
  app.on_error([&diary](Context&, const std::exception* error) {
    diary += "error:" + std::string(error == nullptr ? "?" : error->what()) + " ";
  });
  app.get("/{id}", [&diary](Path<"id", int> id) {
    diary += "handler ";
    if (*id == 13) throw std::runtime_error("bad luck");
    return std::to_string(*id);
  });
}

TEST(Hooks, RunAtTheirPointsOfARequest) {
  std::string diary;
  App app;
  add_hooks(app, diary);
  Client client(app);
  client.get("/1");
  EXPECT_EQ(diary, "request validation pre-handler handler response200 ");
  diary.clear();
  client.get("/x");
  EXPECT_EQ(diary, "request validation response422 ");
  diary.clear();
  client.get("/13");
  EXPECT_EQ(diary, "request validation pre-handler handler error:bad luck response500 ");
  diary.clear();
  client.get("/no/such");
  EXPECT_EQ(diary, "request response404 ");
}

TEST(Hooks, MayAnswerInsteadOfTheHandler) {
  std::string diary;
  App app;
  app.on_request([](Context& context) { context.reply().send(503, "text/plain", "closed"); });
  add_hooks(app, diary);
  EXPECT_EQ(Client(app).get("/1").body, "closed");
  EXPECT_EQ(diary, "response503 ");
}

TEST(Hooks, MayChangeTheReply) {
  App app;
  app.get("/", [] { return std::string("hi"); });
  app.on_response([](Context& context) {
    context.reply().set_field("X-Length", std::to_string(context.reply().body().size()));
    context.reply().body() += "!";
  });
  const ClientReply reply = Client(app).get("/");
  EXPECT_EQ(reply.field("X-Length"), "2");
  EXPECT_EQ(reply.body, "hi!");
}

class Named : public Layer {
 public:
  Named(std::string name, std::string& diary) : name_(std::move(name)), diary_(&diary) {}
  void before(Context& context) override {
    *diary_ += "<" + name_ + " ";
    if (context.request().query == "stop=" + name_) throw forbidden("stopped by " + name_);
  }
  void after(Context& context) override {
    *diary_ += name_ + std::to_string(context.reply().status()) + "> ";
  }

 private:
  std::string name_;
  std::string* diary_;
};

TEST(Layers, WrapWhatIsInsideThem) {
  std::string diary;
  App app;
  app.use(Named("app", diary));
  Routes group = app.group("/g");
  group.use(Named("outer", diary));
  Routes inner = group.group("/h");
  inner.use(Named("inner", diary));
  inner.get("/", [&diary] {
    diary += "handler ";
    return std::string();
  });
  Client client(app);
  client.get("/g/h/");
  EXPECT_EQ(diary, "<app <outer <inner handler inner200> outer200> app200> ");
  diary.clear();
  EXPECT_EQ(client.get("/g/h/?stop=outer").body, R"({"detail":"stopped by outer"})");
  EXPECT_EQ(diary, "<app <outer outer403> app403> ");
  diary.clear();
  client.get("/elsewhere");
  EXPECT_EQ(diary, "<app app404> ");
}

TEST(Layers, FailAloneAndTheOthersGoOn) {
  std::string diary;
  std::string bugs;
  App app([&bugs](std::string_view bug) { bugs += bug; });
  class Broken : public Layer {
    void after(Context& /*context*/) override { throw std::runtime_error("layer broke"); }
  };
  app.use(Named("outer", diary));
  app.use(Broken{});
  app.get("/", [] { return std::string("fine"); });
  EXPECT_EQ(Client(app).get("/").status, 500);
  EXPECT_EQ(diary, "<outer outer500> ");
  EXPECT_NE(bugs.find("layer broke"), std::string::npos);
}

TEST(Context, KeepsValuesBetweenTheStepsOfARequest) {
  struct Start {
    int at;
  };
  App app;
  app.on_request([](Context& context) { context.keep(Start{5}); });
  app.get("/", [](Context& context) { return context.kept<Start>()->at; });
  EXPECT_EQ(Client(app).get("/").body, "5");
}

TEST(Context, SetsCookiesThatTheClientSendsBack) {
  App app;
  app.post("/login", [](Context& context) {
    context.add_cookie({.name = "session", .value = "31d4", .http_only = true});
  });
  app.get("/me", [](Cookie<"session"> session) { return *session; });
  Client client(app);
  EXPECT_EQ(client.get("/me").status, 422);
  EXPECT_EQ(client.post("/login").status, 204);
  EXPECT_EQ(client.get("/me").body, "31d4");
}

TEST(BackgroundTasks, RunAfterTheReplyAndAreWaitedForAtTheEnd) {
  std::atomic<int> done = 0;
  App app;
  app.post("/", [&done](Context& context) {
    for (int i = 0; i < 10; ++i) context.after_reply([&done] { ++done; });
    return done.load();
  });
  {
    Client client(app);
    EXPECT_EQ(client.post("/").body, "0");
  }
  EXPECT_EQ(done, 10);
}

TEST(BackgroundTasks, BeyondTheirLimitAreRefusedAndNoneRuns) {
  std::atomic<int> done = 0;
  App app;
  app.set_background_limit(3);
  app.post("/", [&done](Query<"n", int> n, Context& context) {
    for (int i = 0; i < *n; ++i) context.after_reply([&done] { ++done; });
  });
  {
    Client client(app);
    const ClientReply refused = client.post("/?n=4");
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.field("Retry-After"), "1");
  }
  {
    EXPECT_EQ(Client(app).post("/?n=3").status, 204);
  }
}

TEST(BackgroundTasks, ThatThrowAreBugsAndTheNextOneRuns) {
  std::string bugs;
  std::atomic<bool> ran = false;
  App app([&bugs](std::string_view bug) { bugs += bug; });
  app.post("/", [&ran](Context& context) {
    context.after_reply([] { throw std::runtime_error("mail server gone"); });
    context.after_reply([&ran] { ran = true; });
  });
  {
    Client(app).post("/");
  }
  EXPECT_TRUE(ran);
  EXPECT_NE(bugs.find("mail server gone"), std::string::npos);
}

TEST(Layers, ReachAGroupThatWasThereBefore) {
  std::string diary;
  App app;
  Routes outer = app.group("/o");
  Routes inner = outer.group("/i");
  outer.use(Named("outer", diary));
  inner.get("/", [] { return 1; });
  Client(app).get("/o/i/");
  EXPECT_EQ(diary, "<outer outer200> ");
}

TEST(Hooks, RunAlsoWhereTheAnswerToAnExceptionThrows) {
  std::string diary;
  std::string bugs;
  App app([&bugs](std::string_view bug) { bugs += bug; });
  app.on_exception<std::out_of_range>(
      [](const std::out_of_range&) -> std::string { throw conflict("again"); });
  app.on_response([&diary](Context& context) { diary = std::to_string(context.reply().status()); });
  app.get("/now", []() -> std::string { throw std::out_of_range("far"); });
  app.get("/late", []() -> Async<std::string> {
    co_await sleep_for(std::chrono::milliseconds(1));
    throw std::out_of_range("far");
  });
  Client client(app);
  for (const std::string path : {"/now", "/late"}) {
    diary.clear();
    EXPECT_EQ(client.get(path).status, 500) << path;
    EXPECT_EQ(diary, "500") << path;
  }
  EXPECT_NE(bugs.find("far"), std::string::npos) << bugs;
}

}  // namespace
}  // namespace assay
