#include <unistd.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "workloads/reference_server.h"

namespace assay::workloads {
namespace {

class KeyValueStore : public testing::Test {
 protected:
  KeyValueStore() { start(); }
  ~KeyValueStore() override {
    stop();
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(settings().path + end);
  }
  void start() {
    server_.emplace(settings());
    client_.emplace(server_->app());
  }
  void stop() {
    client_.reset();
    server_.reset();
  }
  std::string get(std::string_view target) { return brief(client_->get(target)); }
  std::string del(std::string_view target) { return brief(client_->del(target)); }
  std::string post(std::string_view target, std::string_view body) {
    return brief(client_->request("POST", target, "text/plain", body));
  }

 private:
  static storage::Settings settings() {
    storage::Settings settings;
    settings.path =
        (std::filesystem::temp_directory_path() / fmt::format("assay-kv-{}.db", getpid())).string();
    return settings;
  }

  std::optional<ReferenceServer> server_;
  std::optional<Client> client_;
};

TEST_F(KeyValueStore, CreatesWhatIsNotThereAndFindsItAfter) {
  EXPECT_EQ(get("/kv/new"), "200 Created: new\n");
  EXPECT_EQ(get("/kv/new"), "200 Found: new, counter=0\n");
}

TEST_F(KeyValueStore, CountsUpdates) {
  EXPECT_EQ(post("/kv/7", "a"), "200 Updated: 7\n");
  EXPECT_EQ(post("/kv/7", std::string("\0\xFF", 2)), "200 Updated: 7\n");
  EXPECT_EQ(get("/kv/7"), "200 Found: 7, counter=2\n");
  EXPECT_EQ(get("/kv/8"), "200 Found: 8, counter=0\n");
}

TEST_F(KeyValueStore, CreatesByAnUpdateOfWhatIsNotThere) {
  EXPECT_EQ(post("/kv/other", "a"), "200 Created: other\n");
  EXPECT_EQ(get("/kv/other"), "200 Found: other, counter=0\n");
}

TEST_F(KeyValueStore, DeletesOnceAndBeginsAnewAtZero) {
  post("/kv/7", "a");
  EXPECT_EQ(del("/kv/7"), "200 Deleted: 7\n");
  EXPECT_EQ(del("/kv/7"), "404 Not found: 7\n");
  EXPECT_EQ(get("/kv/7"), "200 Created: 7\n");
  EXPECT_EQ(get("/kv/7"), "200 Found: 7, counter=0\n");
}

TEST_F(KeyValueStore, HoldsTenThousandKeysAtItsStart) {
  EXPECT_EQ(get("/kv/1"), "200 Found: 1, counter=0\n");
  EXPECT_EQ(get("/kv/10000"), "200 Found: 10000, counter=0\n");
  EXPECT_EQ(get("/kv/0"), "200 Created: 0\n");
  EXPECT_EQ(get("/kv/10001"), "200 Created: 10001\n");
}

// And the items of `mixed`, which lie in the same file.
TEST_F(KeyValueStore, IsAtEachStartAsAtTheFirst) {
  post("/kv/1", "a");
  del("/kv/2");
  get("/kv/new");
  EXPECT_EQ(post("/mixed/items/3", ""), R"(200 {"id":3,"counter":1})");
  EXPECT_EQ(post("/mixed/items/3", ""), R"(200 {"id":3,"counter":2})");
  EXPECT_EQ(get("/mixed/items/3"), R"(200 {"id":3,"name":"item-3","counter":2})");
  stop();
  start();
  EXPECT_EQ(get("/kv/1"), "200 Found: 1, counter=0\n");
  EXPECT_EQ(get("/kv/2"), "200 Found: 2, counter=0\n");
  EXPECT_EQ(get("/kv/new"), "200 Created: new\n");
  EXPECT_EQ(get("/mixed/items/3"), R"(200 {"id":3,"name":"item-3","counter":0})");
}

}  // namespace
}  // namespace assay::workloads
