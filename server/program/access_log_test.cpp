// Every model with an access log: a line for each reply, whoever wrote it, and nothing but whole
// lines.
#include "server/program/access_log.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <csignal>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/program/answering_process.h"
#include "server/runtime/test_client.h"

namespace assay {
namespace {

using runtime::Model;
using runtime::Settings;
using runtime::TestClient;

std::string path_of_the_log() {
  std::string path = testing::TempDir() + "assay_access_" + std::to_string(getpid()) + ".log";
  unlink(path.c_str());
  return path;
}

// "30/Nov/2026:09:41:07 +0000"
bool is_time(std::string_view text) {
  const auto kind_of = [](char c) {
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) return '0';
    return std::isalpha(static_cast<unsigned char>(c)) != 0 ? 'a' : c;
  };
  std::string form(text);
  std::transform(form.begin(), form.end(), form.begin(), kind_of);
  return form == "00/aaa/0000:00:00:00 +0000" && text.ends_with("+0000");
}

// Without the time, in the order of the alphabet: each process writes its own. Removes it.
std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    const std::size_t begin = line.find('[') + 1;
    constexpr std::size_t size = std::string_view("00/aaa/0000:00:00:00 +0000").size();
    EXPECT_TRUE(is_time(line.substr(std::min(begin, line.size()), size))) << line;
    lines.push_back(line.erase(std::min(begin, line.size()), size));
  }
  std::sort(lines.begin(), lines.end());
  unlink(path.c_str());
  return lines;
}

std::string reply_to(std::uint16_t port, const std::string& request) {
  const TestClient client(port);
  client.sends(request);
  return client.read_all();
}

class AccessLogs : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(Models, AccessLogs,
                         testing::Values(Model::loop, Model::pool, Model::pinned,
                                         Model::per_request, Model::thread, Model::fork),
                         name_of);

TEST_P(AccessLogs, HaveALineForEachReply) {
  Settings settings = settings_of(GetParam());
  settings.access_log = path_of_the_log();
  ServerProcess server = process_of(settings);
  const std::string fields = " HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n";
  reply_to(server.port(), "GET /hello?name=%22" + fields);
  reply_to(server.port(), "HEAD /hello" + fields);
  reply_to(server.port(), "GET /later/10" + fields);
  reply_to(server.port(), "GET /\"\x1b[31m" + fields);
  reply_to(server.port(), "\r\n\r\n");
  EXPECT_EQ(server.end(SIGTERM), 0);
  const std::vector<std::string> expected = {
      R"(127.0.0.1 - - [] "-" 400 12)",
      R"(127.0.0.1 - - [] "GET /\x22\x1B[31m HTTP/1.1" 400 12)",
      R"(127.0.0.1 - - [] "GET /hello?name=%22 HTTP/1.1" 200 19)",
      R"(127.0.0.1 - - [] "GET /later/10 HTTP/1.1" 200 9)",
      R"(127.0.0.1 - - [] "HEAD /hello HTTP/1.1" 200 0)",
  };
  EXPECT_EQ(lines_of(settings.access_log), expected);
}

// All of them are there when the server has ended, however fast they came.
TEST_P(AccessLogs, LoseNothingOfManyRequests) {
  constexpr std::size_t many = 3000;
  Settings settings = settings_of(GetParam());
  settings.access_log = path_of_the_log();
  settings.limits.keep_alive = true;
  ServerProcess server = process_of(settings);
  const std::string hello = "GET /hello HTTP/1.1\r\nHost: assay\r\n";
  if (GetParam() == Model::per_request) {
    for (std::size_t i = 0; i < many; ++i) reply_to(server.port(), hello + "\r\n");
  } else {
    std::string requests;
    for (std::size_t i = 1; i < many; ++i) requests += hello + "\r\n";
    reply_to(server.port(), requests + hello + "Connection: close\r\n\r\n");
  }
  EXPECT_EQ(server.end(SIGTERM), 0);
  const std::vector<std::string> lines = lines_of(settings.access_log);
  EXPECT_EQ(lines.size(), many);
  const auto is_whole = [](const std::string& line) {
    return line == R"(127.0.0.1 - - [] "GET /hello HTTP/1.1" 200 10)";
  };
  EXPECT_TRUE(std::all_of(lines.begin(), lines.end(), is_whole));
}

TEST_P(AccessLogs, CallAPeerOfAUnixSocketByItsKind) {
  Settings settings = settings_of(GetParam());
  settings.access_log = path_of_the_log();
  settings.unix_path = settings.access_log + ".sock";
  ServerProcess server = process_of(settings);
  const TestClient client(settings.unix_path);
  client.sends("GET /hello HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n");
  client.read_all();
  EXPECT_EQ(server.end(SIGTERM), 0);
  EXPECT_EQ(lines_of(settings.access_log),
            std::vector<std::string>{R"(unix: - - [] "GET /hello HTTP/1.1" 200 10)"});
}

// The models that let nobody wait until there is room.
class FullServers : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(Models, FullServers,
                         testing::Values(Model::loop, Model::pool, Model::thread, Model::fork),
                         name_of);

TEST_P(FullServers, LogWhomTheyTurnAway) {
  Settings settings = settings_of(GetParam());
  settings.access_log = path_of_the_log();
  settings.connections = 1;
  settings.workers = 1;
  ServerProcess server = process_of(settings);
  const TestClient busy(server.port());
  busy.sends("GET /later/300 HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_TRUE(reply_to(server.port(), "").starts_with("HTTP/1.1 503"));
  busy.read_all();
  EXPECT_EQ(server.end(SIGTERM), 0);
  const std::vector<std::string> expected = {
      R"(127.0.0.1 - - [] "-" 503 20)",
      R"(127.0.0.1 - - [] "GET /later/300 HTTP/1.1" 200 10)",
  };
  EXPECT_EQ(lines_of(settings.access_log), expected);
}

}  // namespace
}  // namespace assay
