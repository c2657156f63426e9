#include "server/app/error_dialect.h"

#include <string>

#include <gtest/gtest.h>

#include "server/app/client.h"

namespace assay {
namespace {

void add_routes(App& app) {
  app.get("/{id:int}", [](Path<"id", int> id) { return *id; });
  app.get("/taken", []() -> int { throw conflict("taken \"already\""); });
  app.post("/list", [](Body<std::vector<int>> numbers) { return numbers->size(); });
}

ClientReply reply_in(ErrorDialect dialect, std::string_view target) {
  App app;
  app.set_errors(dialect);
  add_routes(app);
  return Client(app).get(target);
}

ClientReply post_in(ErrorDialect dialect, std::string_view body) {
  App app;
  app.set_errors(dialect);
  add_routes(app);
  return Client(app).request("POST", "/list", "application/json", body);
}

TEST(ErrorDialect, OfFastApiHasADetail) {
  EXPECT_EQ(reply_in(ErrorDialect::fastapi, "/taken").body, R"({"detail":"taken \"already\""})");
  EXPECT_EQ(post_in(ErrorDialect::fastapi, "[1,true]").body,
            R"({"detail":[{"type":"int_type","loc":["body",1],"msg":"Input should be a valid )"
            R"(integer","input":true}]})");
}

TEST(ErrorDialect, OfProblemDetailsHasTypeTitleStatusAndErrors) {
  const ClientReply missing = reply_in(ErrorDialect::problem, "/a/b");
  EXPECT_EQ(missing.field("Content-Type"), "application/problem+json");
  EXPECT_EQ(missing.body,
            R"({"type":"about:blank","title":"Not Found","status":404,"detail":"Not Found"})");
  const ClientReply invalid = reply_in(ErrorDialect::problem, "/x");
  EXPECT_EQ(invalid.status, 422);
  EXPECT_EQ(invalid.body,
            R"({"type":"https://spikard.dev/errors/validation-error","title":"Request Validation )"
            R"(Failed","status":422,"detail":"1 validation error in request","errors":[{)"
            R"("type":"int_parsing","loc":["path","id"],"msg":"Input should be a valid integer, )"
            R"(unable to parse string as an integer","input":"x"}]})");
}

TEST(ErrorDialect, OfProblemDetailsAnswersMalformedJsonWith400) {
  EXPECT_EQ(post_in(ErrorDialect::problem, "[1,").status, 400);
  EXPECT_EQ(post_in(ErrorDialect::fastapi, "[1,").status, 422);
}

TEST(ErrorDialect, OfBarqBeginsALocationAtTheValue) {
  EXPECT_EQ(post_in(ErrorDialect::barq, "[1,true]").body,
            R"({"detail":[{"type":"int_type","loc":[1],"msg":"Input should be a valid )"
            R"(integer","input":true}]})");
}

}  // namespace
}  // namespace assay
