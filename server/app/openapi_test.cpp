#include "server/app/openapi.h"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "server/app/client.h"

namespace assay {
namespace {

using model::field;

struct Item {
  std::string name;
  std::optional<double> price;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Item::name, model::max_length(64)),
                      field<"price">(&Item::price, model::at_least(0))};
  }
};

std::string document_of(App& app) {
  app.describe({"Shop", "2.1", "Sells tea."});
  return Client(app).get("/openapi.json").body;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

TEST(OpenApi, SaysWhatARouteTakesAndGives) {
  App app;
  app.get("/items/{id:int}",
          [](Path<"id", int>, Query<"q", std::optional<std::string>>) { return Item{}; })
      .summary("One item")
      .tag("items")
      .answers(404, "no such item");
  app.post("/items", [](Body<Item> item) { return Created{*item}; });
  const std::string text = document_of(app);
  for (const std::string part : {
           R"("openapi":"3.1.0")",
           R"("info":{"title":"Shop","version":"2.1","description":"Sells tea."})",
           R"("/items/{id}":{"get":{"operationId":"get_items_id_int","summary":"One item")",
           R"("tags":["items"])",
           R"({"name":"id","in":"path","required":true,"schema":{"type":"integer")",
           R"({"name":"q","in":"query","required":false,"schema":{"type":"string"}})",
           R"("requestBody":{"required":true,"content":{"application/json":{"schema":)"
           R"({"$ref":"#/components/schemas/Item"}}}})",
           R"("201":{"description":"Created")",
           R"("404":{"description":"no such item","content":{"application/json":{"schema":)"
           R"({"$ref":"#/components/schemas/Error"}}}})",
           R"("422":)",
           R"("Item":{)",
       }) {
    EXPECT_TRUE(contains(text, part)) << part << "\nin " << text;
  }
}

TEST(OpenApi, DescribesParametersOfDependenciesOnce) {
  App app;
  app.get("/", [](Header<"X-Token">, Header<"X-Token">) { return 1; });
  const std::string text = document_of(app);
  const std::size_t first = text.find(R"("name":"X-Token")");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(text.find(R"("name":"X-Token")", first + 1), std::string::npos);
}

TEST(OpenApi, LeavesOutWhatIsHiddenAndItself) {
  App app;
  app.get("/secret", [] { return 1; }).hidden();
  app.get("/shown", [] { return 1; });
  const std::string text = document_of(app);
  EXPECT_FALSE(contains(text, "secret")) << text;
  EXPECT_FALSE(contains(text, "openapi.json")) << text;
  EXPECT_TRUE(contains(text, R"("/shown")"));
}

TEST(OpenApi, HasAPageThatRunsNothingOfOthers) {
  App app;
  app.describe({"Shop"});
  const ClientReply page = Client(app).get("/docs");
  EXPECT_EQ(page.field("Content-Type"), "text/html; charset=utf-8");
  EXPECT_TRUE(contains(page.field("Content-Security-Policy"), "default-src 'none'"));
  EXPECT_FALSE(contains(page.body, "src=\"http")) << "nothing is loaded from elsewhere";
}

TEST(OpenApi, GivesEachOperationAnIdOfItsOwn) {
  App app;
  app.get("/items/{id}", [](Path<"id"> id) { return *id; });
  app.get("/items/id", [] { return 1; });
  const std::string text = document_of(app);
  EXPECT_TRUE(contains(text, R"("operationId":"get_items_id")")) << text;
  EXPECT_TRUE(contains(text, R"("operationId":"get_items_id_2")")) << text;
}

}  // namespace
}  // namespace assay
