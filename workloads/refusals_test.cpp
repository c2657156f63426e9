// What no workload.toml asks: input that the reference server must not take.
#include <string>

#include <gtest/gtest.h>

#include "workloads/reference_server.h"

namespace assay::workloads {
namespace {

class Refusals : public testing::Test {
 protected:
  int get(const std::string& target) { return client_.get(target).status; }
  int post(const std::string& target, const std::string& type, const std::string& body) {
    return client_.request("POST", target, type, body).status;
  }

 private:
  ReferenceServer server_;
  Client client_{server_.app()};
};

TEST_F(Refusals, OfPathsAndQueriesThatDoNotFitTheirTypes) {
  EXPECT_EQ(get("/path/int/twelve"), 422);
  EXPECT_EQ(get("/path/uuid/3f2b8c1e"), 422);
  EXPECT_EQ(get("/path/date/2026-02-30"), 422);
  EXPECT_EQ(get("/query/few?q=widgets&page=two&limit=20"), 422);
  EXPECT_EQ(get("/query/few?q=widgets&page=2"), 422);
}

TEST_F(Refusals, OfBodiesAndFormsThatDoNotFitTheirTypes) {
  EXPECT_EQ(post("/echo/small", "application/json", R"({"name":"Foo","price":"dear"})"), 422);
  EXPECT_EQ(post("/echo/small", "text/plain", "{}"), 415);
  const std::string form = "application/x-www-form-urlencoded";
  EXPECT_EQ(post("/form/simple", form, "name=Ann&email=a&age=old&subscribe=true"), 422);
  EXPECT_EQ(post("/form/simple", form, "name=Ann&email=a&subscribe=true"), 422);
  EXPECT_EQ(post("/upload", form, "title=A+file"), 422);
}

TEST_F(Refusals, OfMoreBytesThanTheBufferHas) {
  EXPECT_EQ(get("/hash/1048577"), 422);
  EXPECT_EQ(get("/hash/-1"), 422);
}

TEST_F(Refusals, OfItemsThatAreNotThere) {
  EXPECT_EQ(get("/mixed/items/10001"), 404);
  EXPECT_EQ(post("/mixed/items/10001", "", ""), 404);
}

}  // namespace
}  // namespace assay::workloads
