#include "server/app/body.h"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "server/app/client.h"
#include "server/app/form.h"
#include "server/wire/memory_driver.h"

namespace assay {
namespace {

using model::field;

struct NewItem {
  std::string name;
  double price = 0;
  std::optional<double> tax;
  static constexpr auto model() {
    return std::tuple{field<"name">(&NewItem::name, model::max_length(8)),
                      field<"price">(&NewItem::price, model::at_least(0)),
                      field<"tax">(&NewItem::tax)};
  }
};

void add_routes(App& app) {
  app.post("/items", [](Body<NewItem> item) { return *item; });
  app.post("/all", [](Body<std::vector<NewItem>> items) { return items->size(); });
  app.post("/maybe",
           [](Body<std::optional<NewItem>> item) { return std::string(*item ? "some" : "none"); });
}

TEST(Body, IsATypedModel) {
  App app;
  add_routes(app);
  const ClientReply reply = Client(app).post("/items", NewItem{"tea", 3.5, {}});
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.json<NewItem>().name, "tea");
  EXPECT_EQ(reply.body, R"({"name":"tea","price":3.5,"tax":null})");
}

TEST(Body, TellsAllThatIsWrongWithItsPlace) {
  App app;
  add_routes(app);
  const ClientReply reply = Client(app).request(
      "POST", "/all", "application/json",
      R"([{"name":"tea","price":1},{"name":"far too long","price":-1,"tax":"x"},{"price":2}])");
  EXPECT_EQ(reply.status, 422);
  for (const std::string part :
       {R"("type":"string_too_long","loc":["body",1,"name"])",
        R"("type":"greater_than_equal","loc":["body",1,"price"])", R"("ctx":{"ge":0})",
        R"("type":"float_type","loc":["body",1,"tax"])",
        R"("type":"missing","loc":["body",2,"name"])"}) {
    EXPECT_NE(reply.body.find(part), std::string::npos) << part << " in " << reply.body;
  }
}

TEST(Body, ThatIsNoJsonIsToldWithLineAndColumn) {
  App app;
  add_routes(app);
  const ClientReply reply = Client(app).request("POST", "/items", "application/json",
                                                "{\"name\":\"tea\",\n  \"price\":}");
  EXPECT_EQ(reply.status, 422);
  EXPECT_NE(reply.body.find(R"("type":"json_invalid")"), std::string::npos) << reply.body;
  EXPECT_NE(reply.body.find("line 2"), std::string::npos) << reply.body;
}

TEST(Body, ThatIsMissingIsAProblem) {
  App app;
  add_routes(app);
  Client client(app);
  const ClientReply reply = client.post("/items");
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(reply.body, R"({"detail":[{"type":"missing","loc":["body"],"msg":"Field required",)"
                        R"("input":null}]})");
  EXPECT_EQ(client.post("/maybe").body, "none");
}

TEST(Body, HasToBeSaidToBeJson) {
  App app;
  add_routes(app);
  Client client(app);
  const std::string item = R"({"name":"tea","price":1})";
  for (const std::string type : {"text/plain", "application/x-www-form-urlencoded", "nonsense",
                                 "application/json; charset=latin1"}) {
    EXPECT_EQ(client.request("POST", "/items", type, item).status, 415) << type;
  }
  for (const std::string type :
       {"application/json", "Application/JSON; charset=UTF-8", "application/merge-patch+json"}) {
    EXPECT_EQ(client.request("POST", "/items", type, item).status, 200) << type;
  }
}

// What a peer hears of a body of `type` that it has not sent yet.
std::string said_of_a_body(App& app, const std::string& path, const std::string& type) {
  const wire::Limits limits;
  wire::MemoryDriver driver(limits, app);
  driver.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n" +
              (type.empty() ? "" : "Content-Type: " + type + "\r\n") + "Content-Length: 9\r\n\r\n");
  return driver.output().substr(0, 12);
}

TEST(Body, OfAnotherTypeNeedNotBeSentByAPeerThatWaitsToHearSo) {
  App app;
  add_routes(app);
  app.post("/form", [](Form<NewItem>) {});
  app.post("/any", [](Context&) {});
  const std::string go_on = "HTTP/1.1 100";
  const std::string refused = "HTTP/1.1 415";
  EXPECT_EQ(said_of_a_body(app, "/items", "text/plain"), refused);
  EXPECT_EQ(said_of_a_body(app, "/items", "nonsense"), refused);
  EXPECT_EQ(said_of_a_body(app, "/items", "application/merge-patch+json"), go_on);
  EXPECT_EQ(said_of_a_body(app, "/items", ""), go_on);
  EXPECT_EQ(said_of_a_body(app, "/form", "application/json"), refused);
  EXPECT_EQ(said_of_a_body(app, "/form", "application/x-www-form-urlencoded"), go_on);
  EXPECT_EQ(said_of_a_body(app, "/any", "text/plain"), go_on);
}

TEST(Body, TooDeepOrTooLongIsRefused) {
  App app;
  add_routes(app);
  wire::Limits limits;
  limits.body_bytes = 1000;
  Client client(app, limits);
  EXPECT_EQ(client.request("POST", "/all", "application/json", std::string(900, '[')).status, 422);
  EXPECT_EQ(client.request("POST", "/all", "application/json", std::string(1001, '[')).status, 413);
}

}  // namespace
}  // namespace assay
