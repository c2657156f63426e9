#include "server/app/app.h"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <gtest/gtest.h>

#include "server/wire/memory_driver.h"

namespace assay {
namespace {

struct Point {
  std::int64_t x = 0;
  static constexpr auto model() { return std::tuple{model::field<"x">(&Point::x)}; }
};

App sample(App::OnBug on_bug) {
  App app(std::move(on_bug));
  app.get("/point", [] { return Point{7}; });
  app.get("/hello", [] { return std::string("hi"); });
  app.get("/broken", []() -> std::string { throw std::runtime_error("a secret"); });
  app.get("/odd", []() -> std::string { throw 7; });
  return app;
}

std::string reply_to(const std::string& request_line, App::OnBug on_bug = [](std::string_view) {}) {
  const wire::Limits limits;
  App app = sample(std::move(on_bug));
  wire::MemoryDriver driver(limits, app);
  driver.send(request_line + " HTTP/1.1\r\nHost: assay\r\n\r\n");
  return driver.output();
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

TEST(App, AnswersAModelAsJson) {
  const std::string reply = reply_to("GET /point");
  EXPECT_TRUE(contains(reply, "200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n"));
  EXPECT_TRUE(reply.ends_with("\r\n\r\n{\"x\":7}")) << reply;
}

TEST(App, AnswersTextAsText) {
  const std::string reply = reply_to("GET /hello?name=x");
  EXPECT_TRUE(contains(reply, "Content-Type: text/plain; charset=utf-8\r\n")) << reply;
  EXPECT_TRUE(reply.ends_with("\r\n\r\nhi")) << reply;
}

TEST(App, AnswersHeadWithoutTheBody) {
  const std::string reply = reply_to("HEAD /hello");
  EXPECT_TRUE(contains(reply, "Content-Length: 2\r\n")) << reply;
  EXPECT_TRUE(reply.ends_with("\r\n\r\n")) << reply;
}

TEST(App, KnowsAPathThatIsWrittenInEscapes) {
  EXPECT_TRUE(reply_to("GET /%68ello").ends_with("\r\n\r\nhi"));
  EXPECT_TRUE(contains(reply_to("GET /%2Fhello"), "404 Not Found"));
}

TEST(App, SaysThatItIsThere) { EXPECT_TRUE(contains(reply_to("OPTIONS *"), "204 No Content")); }

TEST(App, SaysWhichMethodsAPathHas) {
  const std::string reply = reply_to("DELETE /point");
  EXPECT_TRUE(contains(reply, "405 Method Not Allowed")) << reply;
  EXPECT_TRUE(contains(reply, "Allow: GET, HEAD\r\n")) << reply;
}

TEST(App, DoesNotKnowOtherPaths) {
  EXPECT_TRUE(contains(reply_to("GET /points"), "404 Not Found"));
}

TEST(App, TellsThePeerNothingOfAnException) {
  const std::string reply = reply_to("GET /broken");
  EXPECT_TRUE(contains(reply, "500 Internal Server Error")) << reply;
  EXPECT_FALSE(contains(reply, "secret")) << reply;
}

TEST(App, TellsItsOwnerOfAnException) {
  std::string told;
  const auto tell = [&told](std::string_view bug) { told += std::string(bug) + ";"; };
  reply_to("GET /broken?n=1", tell);
  EXPECT_TRUE(contains(reply_to("GET /odd", tell), "500 Internal Server Error"));
  EXPECT_EQ(told, "GET /broken: a secret;GET /odd: threw what is no std::exception;");
}

}  // namespace
}  // namespace assay
