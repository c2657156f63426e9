#include "server/app/result.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>
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
  double price = 0;
  static constexpr auto model() {
    return std::tuple{field<"name">(&Item::name), field<"price">(&Item::price, model::at_least(0))};
  }
};

template <class Handler>
ClientReply reply_of(Handler handler) {
  App app;
  app.get("/", std::move(handler));
  return Client(app).get("/");
}

TEST(Result, WritesValuesAsJson) {
  EXPECT_EQ(reply_of([] { return Item{"tea", 3.5}; }).body, R"({"name":"tea","price":3.5})");
  EXPECT_EQ(reply_of([] { return std::vector<int>{1, 2}; }).body, "[1,2]");
  EXPECT_EQ(reply_of([] { return std::map<std::string, int>{{"a", 1}}; }).body, R"({"a":1})");
  EXPECT_EQ(reply_of([] { return 7; }).body, "7");
  EXPECT_EQ(reply_of([] { return true; }).body, "true");
}

TEST(Result, WritesTextAndBytes) {
  EXPECT_EQ(reply_of([] { return "hi"; }).field("Content-Type"), "text/plain; charset=utf-8");
  const ClientReply bytes = reply_of([] { return Bytes{std::string("\0\1", 2), "image/png"}; });
  EXPECT_EQ(bytes.body, std::string("\0\1", 2));
  EXPECT_EQ(bytes.field("Content-Type"), "image/png");
  EXPECT_EQ(reply_of([] { return Html{"<p>"}; }).field("Content-Type"), "text/html; charset=utf-8");
}

TEST(Result, AnswersNothingWith204AndAnEmptyOptionalWith404) {
  EXPECT_EQ(reply_of([] {}).status, 204);
  EXPECT_EQ(reply_of([] { return NoContent(); }).status, 204);
  EXPECT_EQ(reply_of([] { return std::optional<Item>(); }).status, 404);
  EXPECT_EQ(reply_of([] { return std::optional<Item>(Item{"tea", 1}); }).status, 200);
}

TEST(Result, SaysWhatWasMadeAndWhere) {
  const ClientReply created = reply_of([] { return Created{Item{"tea", 1}, "/items/7"}; });
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(created.field("Location"), "/items/7");
  EXPECT_EQ(created.json<Item>().name, "tea");
  EXPECT_EQ(reply_of([] { return Accepted{Item{"tea", 1}}; }).status, 202);
  const ClientReply elsewhere = reply_of([] { return Redirect{"/new", 308}; });
  EXPECT_EQ(elsewhere.status, 308);
  EXPECT_EQ(elsewhere.field("Location"), "/new");
}

TEST(Result, MayBeAWholeResponse) {
  const ClientReply reply =
      reply_of([] { return Response{418, "text/tea", "pot", {{"X-Pot", "tea"}}}; });
  EXPECT_EQ(reply.status, 418);
  EXPECT_EQ(reply.field("X-Pot"), "tea");
  EXPECT_EQ(reply.field("Content-Type"), "text/tea");
  EXPECT_EQ(reply.body, "pot");
}

TEST(Result, ThatWouldSplitTheReplyIsNotSentSo) {
  const ClientReply reply =
      reply_of([] { return Response{200, "text/plain", "x", {{"X-A", "b\r\nX-Evil: 1"}}}; });
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(reply.field("X-Evil"), "");
  const ClientReply elsewhere = reply_of([] { return Redirect{"/a\r\nX-Evil: 1"}; });
  EXPECT_EQ(elsewhere.status, 500);
  EXPECT_EQ(elsewhere.field("X-Evil"), "");
}

TEST(Result, StreamsPieceAfterPiece) {
  const ClientReply reply = reply_of([] {
    return Stream{"application/x-ndjson", [n = 0]() mutable -> std::optional<std::string> {
                    if (n == 3) return std::nullopt;
                    return std::to_string(n++) + "\n";
                  }};
  });
  EXPECT_EQ(reply.body, "0\n1\n2\n");
  EXPECT_EQ(reply.field("Transfer-Encoding"), "chunked");
  EXPECT_TRUE(reply.whole);
}

TEST(Result, AStreamThatFailsDoesNotLookWhole) {
  const ClientReply reply = reply_of([] {
    return Stream{"text/plain", [n = 0]() mutable -> std::optional<std::string> {
                    if (n++ == 1) throw std::runtime_error("broken");
                    return "piece";
                  }};
  });
  EXPECT_EQ(reply.body, "piece");
  EXPECT_FALSE(reply.whole);
  EXPECT_TRUE(reply.closed);
}

class Folder {
 public:
  Folder() {
    std::string name = "/tmp/assay-result-XXXXXX";
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ + "/" + name) << text;
    return path_ + "/" + name;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(Result, SendsFiles) {
  const Folder folder;
  const std::string large(300'000, 'x');
  const std::string path = folder.write("page.html", large);
  const ClientReply reply = reply_of([path] { return File{path}; });
  EXPECT_EQ(reply.field("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(reply.field("Content-Length"), "300000");
  EXPECT_EQ(reply.body, large);
  const ClientReply saved =
      reply_of([path] { return File{path, "application/pdf", "Bericht \"1\".pdf"}; });
  EXPECT_EQ(saved.field("Content-Disposition"),
            "attachment; filename*=UTF-8''Bericht%20%221%22.pdf");
  EXPECT_EQ(saved.field("Content-Type"), "application/pdf");
  EXPECT_EQ(reply_of([p = folder.write("empty", "")] { return File{p}; }).body, "");
}

TEST(Result, FindsNoFileWhereThereIsNone) {
  const Folder folder;
  EXPECT_EQ(reply_of([p = folder.path() + "/none"] { return File{p}; }).status, 404);
  EXPECT_EQ(reply_of([p = folder.path()] { return File{p}; }).status, 404) << "a folder";
}

TEST(Result, IsHeldAgainstItsOwnRulesWhereThatIsWanted) {
  std::string bugs;
  App app([&bugs](std::string_view bug) { bugs += bug; });
  app.get("/", [] { return std::vector<Item>{{"tea", 1}, {"gift", -1}}; });
  Client client(app);
  EXPECT_EQ(client.get("/").status, 200);
  app.check_results(true);
  const ClientReply refused = client.get("/");
  EXPECT_EQ(refused.status, 500);
  EXPECT_EQ(refused.body.find("price"), std::string::npos) << "the peer learns nothing of it";
  EXPECT_NE(bugs.find("[1].price"), std::string::npos) << bugs;
}

TEST(Result, ThatIsNoReplyIsABugWithAnId) {
  for (const int status : {101, 1000, -5}) {
    const ClientReply reply =
        reply_of([status] { return Response{status, "text/plain", "x", {}}; });
    EXPECT_EQ(reply.status, 500) << status;
    EXPECT_NE(reply.body.find(R"("id":)"), std::string::npos) << reply.body;
  }
  const ClientReply framed =
      reply_of([] { return Response{200, "text/plain", "x", {{"Content-Length", "7"}}}; });
  EXPECT_EQ(framed.status, 500);
}

TEST(Result, TakesATypeAmongTheFieldsOfAResponse) {
  const ClientReply reply =
      reply_of([] { return Response{200, "", "{}", {{"content-type", "application/json"}}}; });
  EXPECT_EQ(reply.field("Content-Type"), "application/json");
}

TEST(Result, TellsTheOwnerOfAStreamThatFails) {
  std::string bugs;
  App app([&bugs](std::string_view bug) { bugs += bug; });
  app.get("/s", [] {
    return Stream{"text/plain",
                  []() -> std::optional<std::string> { throw std::runtime_error("broken"); }};
  });
  Client(app).get("/s");
  EXPECT_EQ(bugs, "GET /s: broken");
}

}  // namespace
}  // namespace assay
