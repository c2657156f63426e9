#include "server/program/app_storage.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/app/client.h"
#include "server/program/storage_errors.h"

namespace assay {
namespace {

using storage::StorageError;

TEST(AppStorage, IsNeededWhereARouteTakesItOrSomebodyAskedForIt) {
  App none;
  EXPECT_FALSE(AppStorage(none, {}).is_needed());
  App by_route;
  const AppStorage taken(by_route, {});
  by_route.get("/", [](Service<storage::Store> store) { return store->table("t").size(); });
  EXPECT_TRUE(taken.is_needed());
  App by_hand;
  const AppStorage asked(by_hand, {});
  by_hand.service<storage::Database>();
  EXPECT_TRUE(asked.is_needed());
}

TEST(AppStorage, ThatIsNotOpenedIsNoPartOfTheApplication) {
  App app;
  const AppStorage storage(app, {.path = "/no/such/folder/assay.db"});
  app.get("/", [] { return std::string("here"); });
  Client client(app);
  EXPECT_EQ(client.get("/").body, "here");
  EXPECT_EQ(client.get("/__assay__/storage").status, 404);
}

TEST(AppStorage, ServesThoseWhoStartAndStopWithIt) {
  App app;
  AppStorage storage(app, {});
  std::string seen;
  storage::Store& store = app.service<storage::Store>();
  const storage::Table words = store.table("words");
  app.on_start([words] { words.put("a", "1").get(); });
  app.on_stop([words, &seen] { seen = words.get("a")->value; });
  storage.open();
  {
    const Client client(app);
  }
  EXPECT_EQ(seen, "1");
  EXPECT_THROW(words.get("a"), StorageError) << "it has stopped with its application";
}

TEST(AppStorage, TellsItsCountsAndIsNotInTheDescription) {
  App app;
  AppStorage storage(app, {}, CountsOf::process);
  app.describe({"Words", "1"});
  storage.open();
  Client client(app);
  const std::string counts = client.get("/__assay__/storage").body;
  EXPECT_TRUE(counts.starts_with(R"({"counts_of":"process","process":)")) << counts;
  EXPECT_NE(counts.find(R"("policy":"per-thread","journal":"wal","synchronous":"full")"),
            counts.npos)
      << counts;
  EXPECT_EQ(client.get("/openapi.json").body.find("__assay__"), std::string::npos);
}

// An application whose route throws what it is given, and what it told its owner.
struct Failing {
  std::vector<std::string> bugs;
  std::vector<std::string> told;  // to the operator
  std::vector<StorageError> errors;
  App app{[this](std::string_view bug) { bugs.emplace_back(bug); }};

  explicit Failing(std::chrono::seconds quiet = std::chrono::hours(1)) {
    answer_storage_errors(app, quiet);
    app.tell_operator_by([this](std::string_view error) { told.emplace_back(error); });
    app.get("/{n:int}", [this](Path<"n", std::size_t> n) -> std::string { throw errors.at(*n); });
  }
};

TEST(StorageErrors, ThatPassAnswer503AndWhenToComeBack) {
  Failing failing;
  failing.errors = {StorageError::queue_full(7), StorageError::no_connection_free(3),
                    StorageError::closing()};
  Client client(failing.app);
  const ClientReply full = client.get("/0");
  EXPECT_EQ(full.status, 503);
  EXPECT_EQ(full.body, R"({"detail":"too many writes wait"})");
  EXPECT_EQ(full.field("Retry-After"), "1");
  EXPECT_EQ(client.get("/1").body, R"({"detail":"the database is busy"})");
  EXPECT_EQ(client.get("/2").body, R"({"detail":"the server is about to end"})");
  EXPECT_TRUE(failing.bugs.empty()) << failing.bugs.front();
  EXPECT_TRUE(failing.told.empty()) << failing.told.front();
}

TEST(StorageErrors, ThatHaveToBeMendedAreToldToTheOperatorOnceInAWhile) {
  Failing failing;
  failing.errors = {StorageError::of(13, nullptr, "INSERT INTO secrets"),  // SQLITE_FULL
                    StorageError::of(8, nullptr, "INSERT INTO secrets")};  // SQLITE_READONLY
  Client client(failing.app);
  const ClientReply full = client.get("/0");
  EXPECT_EQ(full.status, 503);
  EXPECT_EQ(full.body, R"({"detail":"the database is not available"})");
  EXPECT_EQ(full.field("Retry-After"), "");
  client.get("/0");
  ASSERT_EQ(failing.told.size(), 1U);
  EXPECT_NE(failing.told[0].find("there is no room left"), std::string::npos) << failing.told[0];
  client.get("/1");
  EXPECT_EQ(failing.told.size(), 2U) << "it is another";
  EXPECT_TRUE(failing.bugs.empty()) << failing.bugs.front();
}

TEST(StorageErrors, AreToldAgainWhenTheWhileIsOver) {
  Failing failing(std::chrono::seconds(0));
  failing.errors = {StorageError::of(13, nullptr, "INSERT")};
  Client client(failing.app);
  client.get("/0");
  client.get("/0");
  EXPECT_EQ(failing.told.size(), 2U);
}

TEST(StorageErrors, ThatAreBugsShowThePeerNothingOfTheStatement) {
  Failing failing;
  failing.errors = {StorageError::of(1, nullptr, "SELECT secret"),   // SQLITE_ERROR
                    StorageError::of(19, nullptr, "INSERT secret"),  // SQLITE_CONSTRAINT
                    StorageError::bad_key(2000)};
  Client client(failing.app);
  for (const char* path : {"/0", "/1"}) {
    const ClientReply reply = client.get(path);
    EXPECT_EQ(reply.status, 500);
    EXPECT_EQ(reply.body.find("secret"), std::string::npos) << reply.body;
  }
  EXPECT_EQ(failing.bugs.size(), 2U);
  EXPECT_EQ(client.get("/2").status, 400);
  EXPECT_EQ(failing.bugs.size(), 2U);
  EXPECT_TRUE(failing.told.empty()) << failing.told.front();
}

}  // namespace
}  // namespace assay
