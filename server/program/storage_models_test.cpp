// An application with a database under every model, as processes on real sockets.
#include <poll.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "server/model/json_read.h"
#include "server/program/app_storage.h"
#include "server/program/server_process.h"
#include "server/program/storage_app.h"
#include "server/runtime/test_client.h"

namespace assay {
namespace {

using model::field;
using runtime::Model;
using runtime::TestClient;

// What these tests look at of GET /__assay__/storage.
struct Counts {
  std::uint64_t queue_length = 0;
  std::uint64_t largest_batch = 0;
  std::uint64_t refused_operations = 0;
  std::uint64_t snapshot_reads = 0;
  static constexpr auto model() {
    return std::tuple{field<"queue_length">(&Counts::queue_length),
                      field<"largest_batch">(&Counts::largest_batch),
                      field<"refused_operations">(&Counts::refused_operations),
                      field<"snapshot_reads">(&Counts::snapshot_reads)};
  }
};

std::string request(std::string_view method, std::string_view target, std::string_view body) {
  const std::string length =
      body.empty()
          ? ""
          : fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", body.size());
  return fmt::format("{} {} HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n{}\r\n{}", method,
                     target, length, body);
}

// "200 body" of a whole reply.
std::string brief(const std::string& reply) {
  const std::size_t end = reply.find("\r\n\r\n");
  if (!reply.starts_with("HTTP/1.1 ") || end == reply.npos) return "no reply";
  const std::string body = reply.substr(end + 4);
  return reply.substr(9, 3) + (body.empty() ? "" : " " + body);
}

class TemporaryFile {
 public:
  TemporaryFile()
      : path_(std::filesystem::temp_directory_path() /
              fmt::format("assay-storage-{}.db", getpid())) {}
  ~TemporaryFile() {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path_.string() + end);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

class StorageModels : public testing::TestWithParam<Model> {
 protected:
  void start(std::size_t workers, storage::Settings settings = {}) {
    runtime::Settings serving;
    serving.model = GetParam();
    serving.port = 0;
    serving.workers = workers;
    server_ = std::make_unique<ServerProcess>([&](const ServerProcess::WhenReady& when_ready) {
      App app;
      AppStorage storage(app, settings);
      add_storage_routes(app, begun_, go_on_);
      storage.open();
      return serve(serving, app, when_ready);
    });
  }
  std::string ask(std::string_view method, std::string_view target,
                  std::string_view body = {}) const {
    const TestClient client(server_->port());
    client.sends(request(method, target, body));
    return brief(client.read_all());
  }
  Counts counts() const {
    const std::string reply = ask("GET", "/__assay__/storage");
    return model::from_json<Counts>(std::string_view(reply).substr(4)).value;
  }
  // Asks for a write each, without waiting for what comes of it.
  std::vector<std::unique_ptr<TestClient>> begin_writes(int number) const {
    std::vector<std::unique_ptr<TestClient>> clients;
    for (int i = 0; i < number; ++i) {
      clients.push_back(std::make_unique<TestClient>(server_->port()));
      clients.back()->sends(request("PUT", fmt::format("/entries/{}", i), R"({"value":"x"})"));
    }
    return clients;
  }
  // A write that goes on until `release`. Nothing else is written meanwhile.
  std::unique_ptr<TestClient> hold() const {
    auto client = std::make_unique<TestClient>(server_->port());
    client->sends(request("POST", "/held", {}));
    EXPECT_TRUE(begun_.is_rung());
    return client;
  }
  void release() const { go_on_.ring(); }
  ServerProcess& server() { return *server_; }

 private:
  WakePipe begun_;
  WakePipe go_on_;
  std::unique_ptr<ServerProcess> server_;
};

INSTANTIATE_TEST_SUITE_P(All, StorageModels,
                         testing::Values(Model::loop, Model::pool, Model::pinned,
                                         Model::per_request, Model::thread, Model::fork));

TEST_P(StorageModels, KeepEntries) {
  start(2);
  EXPECT_EQ(ask("GET", "/entries/a"), R"(404 {"detail":"Not Found"})");
  EXPECT_EQ(ask("POST", "/entries/a", R"({"value":"1"})"), R"(201 {"value":"1"})");
  EXPECT_EQ(ask("POST", "/entries/a", R"({"value":"2"})"), R"(409 {"detail":"it is there"})");
  EXPECT_EQ(ask("GET", "/entries/a"), R"(200 {"value":"1","counter":0})");
  EXPECT_EQ(ask("PUT", "/entries/a", R"({"value":"3"})"), "200 1");
  EXPECT_EQ(ask("PUT", "/entries/b", R"({"value":"4"})"), "200 0");
  EXPECT_EQ(ask("GET", "/entries"), R"(200 ["a","b"])");
  EXPECT_EQ(ask("DELETE", "/entries/a"), "204");
  EXPECT_EQ(ask("DELETE", "/entries/a"), R"(404 {"detail":"it is not there"})");
  EXPECT_EQ(ask("GET", "/entries"), R"(200 ["b"])");
}

TEST_P(StorageModels, UpdateWhatNobodyElseHasChanged) {
  start(2);
  ask("PUT", "/entries/a", R"({"value":"1"})");
  EXPECT_EQ(ask("PATCH", "/entries/a", R"({"value":"2","counter":0})"), "204");
  EXPECT_EQ(ask("PATCH", "/entries/a", R"({"value":"3","counter":0})"),
            R"(409 {"detail":"it was changed"})");
  EXPECT_EQ(ask("PATCH", "/entries/b", R"({"value":"3","counter":0})"),
            R"(404 {"detail":"it is not there"})");
  EXPECT_EQ(ask("GET", "/entries/a"), R"(200 {"value":"2","counter":1})");
}

TEST_P(StorageModels, UndoATransactionThatThrowsAndNothingElse) {
  start(2);
  ask("PUT", "/entries/a", R"({"value":"10"})");
  ask("PUT", "/entries/b", R"({"value":"0"})");
  EXPECT_EQ(ask("POST", "/moves", R"({"from":"a","to":"b","amount":7})"), "204");
  EXPECT_EQ(ask("POST", "/moves", R"({"from":"a","to":"b","amount":4})"),
            R"(409 {"detail":"there is not so much"})");
  EXPECT_EQ(ask("POST", "/moves", R"({"from":"a","to":"c","amount":1})"),
            R"(404 {"detail":"there is no c"})");
  EXPECT_EQ(ask("GET", "/entries/a"), R"(200 {"value":"3","counter":1})");
  EXPECT_EQ(ask("GET", "/entries/b"), R"(200 {"value":"7","counter":1})");
}

// freetser 0.1.0 goes on, but loses what is written after it.
TEST_P(StorageModels, GoOnAfterAWriteThatBrokeARule) {
  start(2);
  EXPECT_EQ(ask("POST", "/users", R"({"value":"ann"})"), "200 1");
  EXPECT_EQ(ask("POST", "/users", R"({"value":"ann"})").substr(0, 3), "500");
  EXPECT_EQ(ask("POST", "/users", R"({"value":"bob"})"), "200 2");
  EXPECT_EQ(ask("GET", "/users"), R"(200 [{"id":1,"name":"ann"},{"id":2,"name":"bob"}])");
}

TEST_P(StorageModels, RefuseWritesForWhichThereIsNoRoom) {
  storage::Settings settings;
  settings.queue_limit = 2;
  start(GetParam() == Model::fork ? 1 : 8, settings);
  const auto held = hold();
  const auto clients = begin_writes(3);
  // Which of the three comes last is open; it is the one that is answered now.
  std::array<pollfd, 3> files{};
  for (std::size_t i = 0; i < 3; ++i) files[i] = {clients[i]->file(), POLLIN, 0};
  ASSERT_EQ(poll(files.data(), files.size(), 10'000), 1);
  for (std::size_t i = 0; i < 3; ++i) {
    if (files[i].revents == 0) continue;
    const std::string reply = clients[i]->read_all();
    EXPECT_EQ(brief(reply), R"(503 {"detail":"too many writes wait"})");
    EXPECT_NE(reply.find("\r\nRetry-After: 1\r\n"), reply.npos) << reply;
  }
  EXPECT_EQ(counts().refused_operations, 1U);
  release();
  EXPECT_EQ(brief(held->read_all()), "204");
  for (std::size_t i = 0; i < 3; ++i) {
    if (files[i].revents != 0) continue;
    EXPECT_EQ(brief(clients[i]->read_all()), "200 0");
  }
}

TEST_P(StorageModels, CommitTheWritesOfSeveralConnectionsTogether) {
  const bool one_each = GetParam() == Model::pinned || GetParam() == Model::per_request;
  start(GetParam() == Model::fork ? 1 : one_each ? 8 : 2);
  const auto held = hold();
  const auto clients = begin_writes(6);
  while (counts().queue_length < 6) std::this_thread::yield();
  release();
  for (const auto& client : clients) EXPECT_EQ(brief(client->read_all()), "200 0");
  EXPECT_GE(counts().largest_batch, 6U);
}

TEST_P(StorageModels, ReadWhatWasAcknowledgedToAnybody) {
  start(2);
  for (int i = 0; i < 100; ++i) {
    ask("PUT", "/entries/a", fmt::format(R"({{"value":"{}"}})", i));
    ASSERT_EQ(ask("GET", "/entries/a"), fmt::format(R"(200 {{"value":"{}","counter":{}}})", i, i));
  }
}

// A thread has one from when it was first told that it may wait.
TEST_P(StorageModels, ReadWhatIsAskedTogetherInOneSnapshot) {
  if (GetParam() == Model::per_request) GTEST_SKIP() << "it answers one request a connection";
  start(1);
  const std::string read = "GET /users HTTP/1.1\r\nHost: assay\r\n\r\n";
  for (int i = 0; i < 1000 && counts().snapshot_reads == 0; ++i) {
    const TestClient client(server().port());
    client.sends(read + read);
    client.sends(request("GET", "/users", {}));
    client.read_all();
  }
  EXPECT_GT(counts().snapshot_reads, 0U);
}

TEST_P(StorageModels, ReadWhatAnotherProgramCommittedMeanwhile) {
  const TemporaryFile file;
  storage::Settings settings;
  settings.path = file.path();
  start(1, settings);
  constexpr storage::Query<"INSERT INTO users(name) VALUES (?1)"> add_user;
  storage::Connection other(settings.path, settings);
  std::string expected;
  for (int i = 1; i <= 10; ++i) {
    EXPECT_EQ(ask("GET", "/users"), fmt::format("200 [{}]", expected));
    other.run(add_user, fmt::format("user {}", i));
    expected += fmt::format(R"({}{{"id":{},"name":"user {}"}})", i == 1 ? "" : ",", i, i);
  }
}

// Writes one entry after the other until the server is gone; gives how many were acknowledged.
int write_until_the_end(std::uint16_t port, int writer) {
  for (int i = 0;; ++i) {
    const TestClient client(port);
    client.sends(request("PUT", fmt::format("/entries/{}-{}", writer, i), R"({"value":"x"})"));
    if (brief(client.read_all()) != "200 0") return i;
  }
}

TEST_P(StorageModels, LoseNothingThatWasAcknowledgedWhenToldToEnd) {
  const TemporaryFile file;
  storage::Settings settings;
  settings.path = file.path();
  start(2, settings);
  std::array<int, 4> acknowledged{};
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&, i] {
      acknowledged.at(static_cast<std::size_t>(i)) = write_until_the_end(server().port(), i);
    });
  }
  for (int i = 0; i < 4; ++i) {
    while (ask("GET", fmt::format("/entries/{}-20", i)).substr(0, 3) != "200") {
      std::this_thread::yield();
    }
  }
  EXPECT_EQ(server().end(SIGTERM), 0);
  for (std::thread& writer : writers) writer.join();
  storage::Database database(settings);
  storage::Store store(database);
  const storage::Table entries = store.table("entries");
  database.open();
  database.start();
  for (int i = 0; i < 4; ++i) {
    EXPECT_GT(acknowledged.at(static_cast<std::size_t>(i)), 20);
    for (int k = 0; k < acknowledged.at(static_cast<std::size_t>(i)); ++k) {
      EXPECT_TRUE(entries.get(fmt::format("{}-{}", i, k))) << i << " " << k;
    }
  }
  database.stop();
}

// Whoever waits for a write when the server is told to end gets its outcome.
TEST_P(StorageModels, AnswerTheWritesThatWaitWhenToldToEnd) {
  start(GetParam() == Model::fork ? 1 : 8);
  const auto held = hold();
  const auto clients = begin_writes(3);
  while (counts().queue_length < 3) std::this_thread::yield();
  server().signal(SIGTERM);
  while (TestClient(server().port()).connected()) std::this_thread::yield();
  release();
  EXPECT_EQ(brief(held->read_all()), "204");
  for (const auto& client : clients) EXPECT_EQ(brief(client->read_all()), "200 0");
  EXPECT_EQ(server().wait(), 0);
}

}  // namespace
}  // namespace assay
