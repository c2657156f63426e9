#include "server/app/depends.h"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/app/client.h"
#include "server/wire/memory_driver.h"

namespace assay {
namespace {

// What the functions below did, in order; each test begins it anew.
std::string& diary() {
  static std::string text;
  return text;
}

struct User {
  std::string name;
};

User current_user(Header<"authorization", std::optional<std::string>> token) {
  diary() += "user ";
  if (!*token) throw unauthorized("no token");
  return {**token};
}
std::string left(Depends<current_user> user) { return "left of " + user->name; }
std::string right(Depends<current_user> user) { return "right of " + user->name; }

TEST(Depends, ResolvesOnceHoweverManyAsk) {
  App app;
  app.get("/", [](Depends<left> a, Depends<right> b) { return *a + ", " + *b; });
  Client client(app);
  client.set_field("Authorization", "ann");
  diary().clear();
  EXPECT_EQ(client.get("/").body, "left of ann, right of ann");
  EXPECT_EQ(diary(), "user ");
}

TEST(Depends, MayRefuseBeforeAnythingElseIsTold) {
  App app;
  app.get("/", [](Query<"n", int> n, Depends<current_user> user) {
    return user->name + std::to_string(*n);
  });
  EXPECT_EQ(Client(app).get("/?n=x").status, 401);
}

int page(Query<"page", int> number) {
  diary() += "page ";
  return *number;
}

TEST(Depends, IsNotMadeOfWrongArgumentsAndTellsThem) {
  App app;
  app.get("/", [](Depends<page> number, Query<"n", int> n) { return *number + *n; });
  diary().clear();
  const ClientReply reply = Client(app).get("/?page=x");
  EXPECT_EQ(reply.status, 422);
  EXPECT_NE(reply.body.find(R"(["query","page"])"), std::string::npos) << reply.body;
  EXPECT_NE(reply.body.find(R"(["query","n"])"), std::string::npos) << reply.body;
  EXPECT_EQ(diary(), "");
}

struct Connection {
  int number = 1;
};
Provided<Connection> connection() {
  diary() += "open ";
  return {Connection{}, [](Connection&) { diary() += "close "; }};
}
Provided<std::string> transaction(Depends<connection> on) {
  diary() += "begin" + std::to_string(on->number) + " ";
  return {"t", [](std::string&) {
            diary() += "end ";
            throw std::runtime_error("the end went wrong");
          }};
}

TEST(Depends, IsUndoneInReverseOrderAfterTheHandler) {
  std::string bugs;
  App app([&bugs](std::string_view bug) { bugs += bug; });
  app.get("/", [](Depends<transaction> t) {
    diary() += "handler ";
    return *t;
  });
  diary().clear();
  EXPECT_EQ(Client(app).get("/").status, 200);
  EXPECT_EQ(diary(), "open begin1 handler end close ") << "one failing does not stop the others";
  EXPECT_NE(bugs.find("the end went wrong"), std::string::npos);
}

TEST(Depends, IsUndoneAlsoWhereTheHandlerThrows) {
  App app;
  app.get("/", [](Depends<connection> c) -> std::string {
    throw std::runtime_error(std::to_string(c->number));
  });
  diary().clear();
  EXPECT_EQ(Client(app).get("/").status, 500);
  EXPECT_EQ(diary(), "open close ");
}

TEST(Depends, LivesAsLongAsAStreamThatIsTheReply) {
  App app;
  app.get("/", [](Depends<connection> c) {
    Connection* const used = &*c;
    return Stream{"text/plain", [used, left = 3]() mutable -> std::optional<std::string> {
                    if (left-- == 0) return std::nullopt;
                    diary() += "piece ";
                    return std::to_string(used->number);
                  }};
  });
  diary().clear();
  EXPECT_EQ(Client(app).get("/").body, "111");
  EXPECT_EQ(diary(), "open piece piece piece close ");
}

TEST(Depends, CanBeReplacedForATest) {
  App app;
  app.get("/", [](Depends<left> a) { return *a; });
  app.replace<current_user>([] { return User{"nobody"}; });
  EXPECT_EQ(Client(app).get("/").body, "left of nobody");
}

Provided<Connection> pool() {
  diary() += "pool ";
  return {Connection{7}, [](Connection&) { diary() += "drained "; }};
}
std::string cache(Shared<pool> p) {
  diary() += "cache ";
  return std::to_string(p->number);
}

TEST(Shared, IsMadeOnceForTheApplicationAndUndoneAtItsEnd) {
  App app;
  app.get("/", [](Shared<cache> c, Shared<pool> p) { return *c + std::to_string(p->number); });
  app.on_stop([] { diary() += "stopped "; });
  diary().clear();
  {
    Client client(app);
    EXPECT_EQ(client.get("/").body, "77");
    EXPECT_EQ(client.get("/").body, "77");
    EXPECT_EQ(diary(), "pool cache ");
  }
  EXPECT_EQ(diary(), "pool cache drained stopped ");
}

TEST(Depends, TellsItsProblemsOnceHoweverManyAsk) {
  App app;
  app.get("/", [](Depends<page> a, Depends<page> b) { return *a + *b; });
  const std::string body = Client(app).get("/").body;
  const std::size_t first = body.find(R"(["query","page"])");
  ASSERT_NE(first, std::string::npos) << body;
  EXPECT_EQ(body.find(R"(["query","page"])", first + 1), std::string::npos) << body;
}

int slow() {
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  return 1;
}
int quick() { return 2; }

TEST(Shared, ThatIsThereIsGivenWhileAnotherIsBeingMade) {
  App app;
  app.get("/slow", [](Shared<slow> value) { return *value; });
  app.get("/quick", [](Shared<quick> value) { return *value; });
  Client client(app);
  EXPECT_EQ(client.get("/quick").body, "2");
  std::atomic<bool> made = false;
  std::thread maker([&] {
    wire::Limits limits;
    wire::MemoryDriver driver(limits, app);
    driver.send("GET /slow HTTP/1.1\r\nHost: assay\r\n\r\n");
    made = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(client.get("/quick").body, "2");
  EXPECT_FALSE(made);
  maker.join();
}

void only_ann(Depends<current_user> user) {
  if (user->name != "ann") throw forbidden("only ann");
}

TEST(Depends, MayOnlyCheck) {
  App app;
  app.get("/", [](Depends<only_ann>) { return 1; });
  Client client(app);
  client.set_field("Authorization", "bob");
  EXPECT_EQ(client.get("/").status, 403);
}

void answers(Context& context) { context.reply().send(202, "text/plain", "enough"); }

TEST(Depends, MayAnswerInsteadOfTheHandler) {
  App app;
  app.get("/", [](Depends<answers>) { return 1; });
  EXPECT_EQ(Client(app).get("/").body, "enough");
}

// What a connection does with a reply: it is handed over first, and then the rest is done.
TEST(Depends, IsUndoneAfterTheReplyWasHandedOver) {
  App app;
  app.get("/", [](Depends<connection> c) { return std::to_string(c->number); });
  app.start();
  const wire::Limits limits;
  const std::string date;
  wire::ReplyBuffers buffers;
  wire::Connection over(limits, date, app);
  diary().clear();
  over.receive("GET / HTTP/1.1\r\nHost: assay\r\n\r\n", buffers);
  EXPECT_EQ(diary(), "open ");
  over.wrote(over.output().size());
  EXPECT_EQ(diary(), "open close ");
}

int paged(Depends<page> number) {
  diary() += "paged ";
  return *number;
}

// The one that fails is asked for before the one that needs it.
TEST(Depends, IsNotMadeOfOneThatFailedBefore) {
  App app;
  app.get("/", [](Depends<page> a, Depends<paged> b) { return *a + *b; });
  app.get("/late", [](Depends<page> a, Depends<paged> b) -> Async<int> { co_return *a + *b; });
  Client client(app);
  diary().clear();
  EXPECT_EQ(client.get("/").status, 422);
  EXPECT_EQ(client.get("/late?page=x").status, 422);
  EXPECT_EQ(diary(), "");
}

int many(Query<"n", std::vector<int>> n) { return static_cast<int>(n->size()); }

TEST(Depends, IsNotMadeOfWrongArgumentsBeyondTheBoundOfProblemsEither) {
  App app;
  app.get("/", [](Depends<many> a, Depends<paged> b) { return *a + *b; });
  std::string target = "/?n=x";
  for (int i = 0; i < 150; ++i) target += "&n=x";
  diary().clear();
  EXPECT_EQ(Client(app).get(target).status, 422);
  EXPECT_EQ(diary(), "");
}

// What one request holds, the next may wait for.
TEST(Depends, IsUndoneBeforeTheNextRequestOfAConnectionIsAnswered) {
  App app;
  app.get("/", [](Depends<connection>) { diary() += "handler "; });
  app.start();
  const wire::Limits limits;
  wire::MemoryDriver driver(limits, app);
  diary().clear();
  driver.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(diary(), "open handler close open handler close ");
}

}  // namespace
}  // namespace assay
