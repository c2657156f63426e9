#include "server/app/parameters.h"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "server/app/client.h"

namespace assay {
namespace {

using model::at_least;
using model::at_most;
using model::default_value;
using model::field;

std::string shown(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += "[" + value + "]";
  return text;
}

TEST(Parameters, ComeFromThePathDecoded) {
  App app;
  app.get("/files/{name}/{rest:path}",
          [](Path<"name"> name, Path<"rest"> rest) { return *name + "|" + *rest; });
  Client client(app);
  EXPECT_EQ(client.get("/files/a%20b/c/d").body, "a b|c/d");
  EXPECT_EQ(client.get("/files/a%2Fb/c").body, "a/b|c") << "an escaped slash divides nothing";
  EXPECT_EQ(client.get("/files/100%2525/c").body, "100%25|c") << "decoded once";
  EXPECT_EQ(client.get("/files/a+b/c").body, "a+b|c") << "a plus is a plus in a path";
}

TEST(Parameters, ComeFromTheQueryTyped) {
  App app;
  app.get("/", [](Query<"n", int> n, Query<"x", double> x, Query<"on", bool> on) {
    return std::to_string(*n) + "," + (*x == 1.5 ? "1.5" : "?") + "," + (*on ? "on" : "off");
  });
  Client client(app);
  EXPECT_EQ(client.get("/?n=-3&x=1.5&on=yes").body, "-3,1.5,on");
  EXPECT_EQ(client.get("/?n=1&n=2&x=1.5&on=0").body, "2,1.5,off") << "the last counts";
}

TEST(Parameters, TellAllThatIsWrongAtOnce) {
  App app;
  app.get("/", [](Query<"n", int> n, Query<"limit", int, at_least(1), at_most(100)> limit,
                  Header<"X-Token"> token) { return std::to_string(*n + *limit) + *token; });
  const ClientReply reply = Client(app).get("/?n=x&limit=101");
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(
      reply.body,
      R"({"detail":[{"type":"int_parsing","loc":["query","n"],"msg":"Input should be a valid )"
      R"(integer, unable to parse string as an integer","input":"x"},)"
      R"({"type":"less_than_equal","loc":["query","limit"],"msg":"Input should be less than or )"
      R"(equal to 100","input":"101","ctx":{"le":100}},)"
      R"({"type":"missing","loc":["header","X-Token"],"msg":"Field required","input":null}]})");
}

TEST(Parameters, MayBeMissingWhereTheyAreOptionalOrHaveADefault) {
  App app;
  app.get("/", [](Query<"n", int, default_value(20)> n, Query<"m", std::optional<int>> m) {
    return std::to_string(*n) + (*m ? "," + std::to_string(**m) : ",none");
  });
  Client client(app);
  EXPECT_EQ(client.get("/").body, "20,none");
  EXPECT_EQ(client.get("/?n=1&m=2").body, "1,2");
}

TEST(Parameters, ComeSeveralTimesAsAVector) {
  App app;
  app.get("/", [](Query<"tag", std::vector<std::string>> tags, Query<"n", std::vector<int>> n) {
    return shown(*tags) + std::to_string(n->size());
  });
  Client client(app);
  EXPECT_EQ(client.get("/?tag=a&n=1&tag=b%26c").body, "[a][b&c]1");
  EXPECT_EQ(client.get("/").body, "0");
  const ClientReply wrong = client.get("/?n=1&n=x");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_NE(wrong.body.find(R"("loc":["query","n",1])"), std::string::npos) << wrong.body;
}

TEST(Parameters, ComeFromFieldsAndCookies) {
  App app;
  app.get("/", [](Header<"x-token"> token, Cookie<"session"> session,
                  Cookie<"theme", std::optional<std::string>> theme) {
    return *token + "," + *session + "," + theme->value_or("none");
  });
  Client client(app);
  client.set_field("X-Token", "t1");
  client.cookies()["session"] = "s1";
  EXPECT_EQ(client.get("/").body, "t1,s1,none");
}

struct Page {
  int limit = 10;
  std::vector<std::string> tag;
  static constexpr auto model() {
    return std::tuple{field<"limit">(&Page::limit, default_value(10), at_most(50)),
                      field<"tag">(&Page::tag)};
  }
  static constexpr bool refuse_unknown = true;
};

TEST(Parameters, ComeTogetherAsAModel) {
  App app;
  app.get("/",
          [](QueryModel<Page> page) { return std::to_string(page->limit) + shown(page->tag); });
  Client client(app);
  EXPECT_EQ(client.get("/?tag=a&tag=b").body, "10[a][b]");
  EXPECT_EQ(client.get("/?limit=7").body, "7");
  const ClientReply wrong = client.get("/?limit=51&offset=3");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_NE(wrong.body.find(R"("loc":["query","limit"])"), std::string::npos) << wrong.body;
  EXPECT_NE(wrong.body.find(R"("type":"extra_forbidden","loc":["query","offset"])"),
            std::string::npos)
      << wrong.body;
}

TEST(Parameters, ThatAreManyAndWrongAreToldWithinBounds) {
  App app;
  app.get("/", [](Query<"n", std::vector<int>> n) { return n->size(); });
  std::string target = "/?n=" + std::string(2000, 'x');
  for (int i = 0; i < 500; ++i) target += "&n=x";
  const ClientReply reply = Client(app).get(target);
  EXPECT_EQ(reply.status, 422);
  EXPECT_NE(reply.body.find("too_many_problems"), std::string::npos);
  EXPECT_LT(reply.body.size(), 30'000U);
}

}  // namespace
}  // namespace assay
