#include "server/app/form.h"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "server/app/client.h"

namespace assay {
namespace {

using forms::FormWriter;
using model::field;

struct NewPhoto {
  std::string title;
  int rating = 3;
  std::vector<std::string> tag;
  Upload picture;
  std::optional<Upload> thumbnail;
  static constexpr auto model() {
    return std::tuple{
        field<"title">(&NewPhoto::title, model::min_length(1)),
        field<"rating">(&NewPhoto::rating, model::default_value(3), model::at_most(5)),
        field<"tag">(&NewPhoto::tag), field<"picture">(&NewPhoto::picture),
        field<"thumbnail">(&NewPhoto::thumbnail)};
  }
};

std::string shown(const Form<NewPhoto>& photo) {
  std::string text = photo->title + "," + std::to_string(photo->rating);
  for (const std::string& tag : photo->tag) text += "," + tag;
  const Upload& picture = photo->picture;
  text += "," + picture.filename() + "," + picture.type() + "," + *picture.read_all(1 << 20);
  return text + (photo->thumbnail ? ",+" : ",-");
}

struct Login {
  std::string user;
  std::string password;
  static constexpr auto model() {
    return std::tuple{field<"user">(&Login::user), field<"password">(&Login::password)};
  }
  static constexpr bool refuse_unknown = true;
};

void add_routes(App& app) {
  app.post("/photos", [](Form<NewPhoto> photo) { return shown(photo); });
  app.post("/login", [](Form<Login> login) { return login->user + "/" + login->password; });
  app.post("/size", [](Form<NewPhoto> photo) { return photo->picture.size(); });
}

TEST(Form, TakesFieldsAndFiles) {
  App app;
  add_routes(app);
  const FormWriter form = FormWriter()
                              .add_field("title", "sunset")
                              .add_field("tag", "red")
                              .add_field("tag", "sky")
                              .add_file("picture", "a.png", "PNG!", "image/png");
  EXPECT_EQ(Client(app).post("/photos", form).body, "sunset,3,red,sky,a.png,image/png,PNG!,-");
}

TEST(Form, TakesUrlencodedFieldsToo) {
  App app;
  add_routes(app);
  const ClientReply reply = Client(app).request(
      "POST", "/login", "application/x-www-form-urlencoded", "user=ann+lee&password=%26%3D");
  EXPECT_EQ(reply.body, "ann lee/&=");
}

TEST(Form, TellsAllThatIsWrongAtOnce) {
  App app;
  add_routes(app);
  Client client(app);
  const ClientReply reply =
      client.post("/photos", FormWriter().add_field("title", "").add_field("rating", "x"));
  EXPECT_EQ(reply.status, 422);
  for (const std::string part : {R"(["body","title"])", R"(["body","rating"])",
                                 R"("type":"missing","loc":["body","picture"])"}) {
    EXPECT_NE(reply.body.find(part), std::string::npos) << part << " in " << reply.body;
  }
  const ClientReply unknown = client.request("POST", "/login", "application/x-www-form-urlencoded",
                                             "user=a&password=b&admin=1");
  EXPECT_NE(unknown.body.find(R"("type":"extra_forbidden","loc":["body","admin"])"),
            std::string::npos)
      << unknown.body;
}

TEST(Form, RefusesATextForAFileAndAFileForAText) {
  App app;
  add_routes(app);
  const FormWriter form = FormWriter()
                              .add_field("title", "t")
                              .add_field("picture", "words")
                              .add_field("thumbnail", "words")
                              .add_file("tag", "red.txt", "red");
  const ClientReply reply = Client(app).post("/photos", form);
  EXPECT_EQ(reply.status, 422);
  for (const std::string part : {R"("type":"file_type","loc":["body","picture"])",
                                 R"("type":"file_type","loc":["body","thumbnail"])",
                                 R"("type":"string_type","loc":["body","tag"])"}) {
    EXPECT_NE(reply.body.find(part), std::string::npos) << part << " in " << reply.body;
  }
}

TEST(Form, RefusesOtherBodies) {
  App app;
  add_routes(app);
  Client client(app);
  EXPECT_EQ(client.request("POST", "/login", "application/json", "{}").status, 415);
  EXPECT_EQ(client.request("POST", "/login", "multipart/form-data", "x").status, 400);
  EXPECT_EQ(
      client.request("POST", "/login", "multipart/form-data; boundary=b", "--b\r\nbroken").status,
      400);
}

// The connection itself holds at most 64 KiB of a body.
TEST(Form, TakesFilesLargerThanABodyMayBe) {
  App app;
  add_routes(app);
  wire::Limits limits;
  limits.body_bytes = 64 * 1024;
  Client client(app, limits);
  const std::string picture(5 * 1024 * 1024, 'x');
  const FormWriter form =
      FormWriter().add_field("title", "big").add_file("picture", "b.bin", picture);
  EXPECT_EQ(client.post("/size", form).body, std::to_string(picture.size()));
}

TEST(Form, RefusesFilesBeyondTheLimitOfTheApplication) {
  App app;
  add_routes(app);
  forms::FormLimits limits;
  limits.file_bytes = 1000;
  app.set_form_limits(limits);
  Client client(app);
  const auto form_of = [](std::size_t size) {
    return FormWriter().add_field("title", "t").add_file("picture", "p", std::string(size, 'x'));
  };
  EXPECT_EQ(client.post("/size", form_of(1000)).status, 200);
  EXPECT_EQ(client.post("/size", form_of(1001)).status, 413);
}

TEST(Form, IsTakenByAHandlerThatWaits) {
  App app;
  app.post("/late", [](Form<NewPhoto> photo) -> Async<std::string> {
    co_await sleep_for(std::chrono::milliseconds(1));
    co_return shown(photo);
  });
  const FormWriter form = FormWriter().add_field("title", "t").add_file("picture", "p", "abc");
  EXPECT_EQ(Client(app).post("/late", form).body, "t,3,p,application/octet-stream,abc,-");
}

std::uint64_t size_of(Form<NewPhoto> photo) { return photo->picture.size(); }

TEST(Form, IsTakenAsItArrivesByADependencyToo) {
  App app;
  app.post("/", [](Depends<size_of> size) { return *size; });
  wire::Limits limits;
  limits.body_bytes = 64 * 1024;
  const FormWriter form =
      FormWriter().add_field("title", "t").add_file("picture", "p", std::string(2'000'000, 'x'));
  EXPECT_EQ(Client(app, limits).post("/", form).body, "2000000");
}

void only_members(Header<"X-Member", std::optional<std::string>> name) {
  if (!*name) throw unauthorized("members only");
}

TEST(Form, IsJudgedAfterDependenciesAlsoWhereTheHandlerWaits) {
  App app;
  app.post("/now", [](Depends<only_members>, Form<Login>) { return 1; });
  app.post("/late", [](Depends<only_members>, Form<Login>) -> Async<int> { co_return 1; });
  Client client(app);
  for (const std::string path : {"/now", "/late"}) {
    EXPECT_EQ(client.request("POST", path, "multipart/form-data; boundary=b", "x").status, 401);
  }
  client.set_field("X-Member", "ann");
  for (const std::string path : {"/now", "/late"}) {
    EXPECT_EQ(client.request("POST", path, "multipart/form-data; boundary=b", "x").status, 400);
  }
}

TEST(Form, WithFilesIsTakenOnce) {
  App app;
  EXPECT_THROW(
      app.post("/", [](Depends<size_of> a, Form<NewPhoto> b) { return *a + b->tag.size(); }),
      std::logic_error);
}

}  // namespace
}  // namespace assay
