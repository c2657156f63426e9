#include "server/app/routes.h"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "server/app/client.h"

namespace assay {
namespace {

std::string said() { return "said"; }

TEST(Routes, SayWhichMethodsAPathHas) {
  App app;
  app.get("/a", said);
  app.post("/a", said);
  Client client(app);
  const ClientReply refused = client.del("/a");
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.field("Allow"), "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(refused.body, R"({"detail":"Method Not Allowed"})");
  const ClientReply asked = client.options("/a");
  EXPECT_EQ(asked.status, 204);
  EXPECT_EQ(asked.field("Allow"), "GET, HEAD, POST, OPTIONS");
}

TEST(Routes, AnswerEveryMethod) {
  App app;
  app.put("/a", [] { return std::string("put"); });
  app.patch("/a", [] { return std::string("patch"); });
  app.del("/a", [] { return std::string("delete"); });
  app.options("/a", [] { return std::string("options"); });
  app.add("PURGE", "/a", [] { return std::string("purge"); });
  Client client(app);
  for (const std::string method : {"put", "patch", "delete", "options", "purge"}) {
    std::string upper = method;
    for (char& c : upper) c = static_cast<char>(c - 'a' + 'A');
    EXPECT_EQ(client.request(upper, "/a").body, method);
  }
}

// RFC 9110, 9.1 would have 501 there; 405 says what there is, and is what generated tests expect.
TEST(Routes, SayWhatThereIsToAMethodThatNobodyKnowsToo) {
  App app;
  app.get("/a", said);
  app.add("PURGE", "/b", said);
  Client client(app);
  for (const std::string method : {"BREW", "get", "QUERY", "TRACE", "PURGE"}) {
    const ClientReply reply = client.request(method, "/a");
    EXPECT_EQ(reply.status, 405) << method;
    EXPECT_EQ(reply.field("Allow"), "GET, HEAD, OPTIONS") << method;
    EXPECT_EQ(client.request(method, "/c").status, 404) << method;
  }
}

TEST(Routes, TellAPeerThatWaitsToSendItsBodyWhatItCannotHave) {
  App app;
  app.post("/a", said);
  Client client(app);
  client.set_field("Expect", "100-continue");
  EXPECT_EQ(client.request("POST", "/nowhere", "text/plain", "body").status, 404);
  EXPECT_EQ(client.request("PUT", "/a", "text/plain", "body").status, 405);
  EXPECT_EQ(client.request("POST", "/a", "text/plain", "body").status, 200);
}

TEST(Routes, DoNotKnowOtherPaths) {
  App app;
  app.get("/points", said);
  const ClientReply reply = Client(app).get("/point");
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.body, R"({"detail":"Not Found"})");
}

TEST(Routes, KeepTheirOwnParameterNames) {
  App app;
  app.get("/users/{id}", [](Path<"id"> id) { return "user " + *id; });
  app.get("/users/{user}/posts", [](Path<"user"> user) { return "posts of " + *user; });
  Client client(app);
  EXPECT_EQ(client.get("/users/7").body, "user 7");
  EXPECT_EQ(client.get("/users/7/posts").body, "posts of 7");
}

TEST(Routes, RefuseAParameterOfAnotherTypeWith422) {
  App app;
  app.get("/items/{id:int}", [](Path<"id", int> id) { return std::to_string(*id); });
  const ClientReply reply = Client(app).get("/items/seven");
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(reply.body,
            R"({"detail":[{"type":"int_parsing","loc":["path","id"],"msg":"Input should be a )"
            R"(valid integer, unable to parse string as an integer","input":"seven"}]})");
}

TEST(Routes, AreStrictAboutATrailingSlashUnlessToldToRedirect) {
  App strict;
  strict.get("/items/", said);
  EXPECT_EQ(Client(strict).get("/items").status, 404);
  App lenient;
  lenient.set_trailing_slash(TrailingSlash::redirect);
  lenient.get("/items/", said);
  lenient.get("/all", said);
  lenient.get("/{host}", said);
  Client client(lenient);
  const ClientReply added = client.get("/items?a=1");
  EXPECT_EQ(added.status, 200) << "the parameter route takes it";
  EXPECT_EQ(client.get("/all/?a=1").field("Location"), "/all?a=1");
  EXPECT_EQ(client.get("/all/?a=1").status, 307);
}

TEST(Routes, NeverRedirectToAnotherHost) {
  App app;
  app.set_trailing_slash(TrailingSlash::redirect);
  app.get("/{a}/{b}", said);
  app.get("/{name}", said);
  for (const std::string path : {"//evil.example/", "//evil.example", "/\\evil.example/"}) {
    EXPECT_EQ(Client(app).get(path).field("Location"), "") << path;
  }
}

TEST(Routes, OfAGroupHaveItsPrefix) {
  App app;
  Routes api = app.group("/api", "api");
  api.get("/hello", said);
  Routes inner = api.group("/v2");
  inner.get("/hello", [] { return std::string("two"); });
  Client client(app);
  EXPECT_EQ(client.get("/api/hello").body, "said");
  EXPECT_EQ(client.get("/api/v2/hello").body, "two");
  EXPECT_EQ(client.get("/hello").status, 404);
}

TEST(Routes, ThatAnswerTheSameAreAnErrorNamingBoth) {
  App app;
  app.get("/items/{id}", said);
  try {
    app.get("/items/{name}", said);
    FAIL() << "added";
  } catch (const std::logic_error& error) {
    EXPECT_NE(std::string(error.what()).find("/items/{id}"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("/items/{name}"), std::string::npos) << error.what();
  }
}

TEST(Routes, RefuseAHandlerThatTakesWhatThePatternHasNot) {
  App app;
  EXPECT_THROW(app.get("/items/{id}", [](Path<"item"> item) { return *item; }), std::logic_error);
}

TEST(Routes, GiveAValueTheStatusThatTheySay) {
  App app;
  app.post("/jobs", said).status(202);
  EXPECT_EQ(Client(app).post("/jobs").status, 202);
}

TEST(Routes, RefuseAHandlerThatWantsTwoBodies) {
  App app;
  EXPECT_THROW(app.post("/", [](Body<std::vector<int>> a,
                                Body<std::string> b) { return a->size() + b->size(); }),
               std::logic_error);
}

TEST(Routes, RefuseAGroupWhosePrefixWouldDoubleASlash) {
  App app;
  EXPECT_THROW(app.group("/g/"), std::logic_error);
  EXPECT_THROW(app.group("g"), std::logic_error);
}

TEST(Routes, GiveNothingTheStatusThatTheySay) {
  App app;
  app.describe({"Shop"});
  app.post("/jobs", [] {}).status(202);
  app.put("/jobs", [] {}).status(200);
  Client client(app);
  EXPECT_EQ(client.post("/jobs").status, 202);
  EXPECT_EQ(client.request("PUT", "/jobs").status, 200);
  const std::string text = client.get("/openapi.json").body;
  EXPECT_NE(text.find(R"("responses":{"202":)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("responses":{"200":)"), std::string::npos) << text;
}

}  // namespace
}  // namespace assay
