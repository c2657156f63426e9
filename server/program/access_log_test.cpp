// Every model with an access log: a line for each reply, whoever wrote it, and nothing but whole
// lines.
#include "server/program/access_log.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/program/answering_process.h"
#include "server/runtime/pipe.h"
#include "server/runtime/test_client.h"

namespace assay {
namespace {

using runtime::Model;
using runtime::Pipe;
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

// A handler of one's own that keeps count.
class Hearing final : public wire::Handler {
 public:
  void answer(const wire::Request&, wire::ReplyWriter&) override {}
  void replied(const wire::ReplyReport& report) noexcept override { status = report.status; }
  int status = 0;
};

TEST(AccessLog, LetsTheHandlerBehindItHearOfReplies) {
  Hearing handler;
  AccessLog log(path_of_the_log(), handler);
  wire::ReplyReport report;
  report.status = 404;
  log.start();
  log.replied(report);
  log.stop(std::chrono::seconds(5));
  EXPECT_EQ(handler.status, 404);
}

class AccessLogs : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(Models, AccessLogs, testing::ValuesIn(every_model), name_of);

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
  if (GetParam() == Model::per_request) {
    for (std::size_t i = 0; i < many; ++i) reply_to(server.port(), hello);
  } else {
    std::string requests;
    for (std::size_t i = 1; i < many; ++i) requests += hello;
    reply_to(server.port(), requests + last);
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
  client.sends(last);
  client.read_all();
  EXPECT_EQ(server.end(SIGTERM), 0);
  EXPECT_EQ(lines_of(settings.access_log),
            std::vector<std::string>{R"(unix: - - [] "GET /hello HTTP/1.1" 200 10)"});
}

// The models that let nobody wait until there is room.
class FullServers : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(Models, FullServers, testing::ValuesIn(roomy_models), name_of);

// Replies to "/held" when the test lets it.
class Holding final : public wire::Handler {
 public:
  Holding(const Pipe& begins, const Pipe& may_end) : begins_(begins), may_end_(may_end) {}
  void answer(const wire::Request& /*request*/, wire::ReplyWriter& reply) override {
    reply.later(std::make_unique<Held>(may_end_));
    const char byte = 0;
    EXPECT_EQ(write(begins_.writing.number(), &byte, 1), 1);
  }

 private:
  class Held final : public wire::LateReply {
   public:
    explicit Held(const Pipe& may_end) : file_(may_end.reading.number()) {}
    void when_ready(std::function<void()> wake) override {
      std::thread([file = file_, wake = std::move(wake)] {
        char byte = 0;
        EXPECT_EQ(read(file, &byte, 1), 1);
        wake();
      }).detach();
    }
    void finish(wire::ReplyWriter& reply) override { reply.send(200, "text/plain", "held"); }

   private:
    int file_;
  };

  const Pipe& begins_;
  const Pipe& may_end_;
};

TEST_P(FullServers, LogWhomTheyTurnAway) {
  Settings settings = settings_of(GetParam());
  settings.access_log = path_of_the_log();
  settings.connections = 1;
  settings.workers = 1;
  const Pipe begins;
  const Pipe may_end;
  ServerProcess server([&](const ServerProcess::WhenReady& when_ready) {
    Holding handler(begins, may_end);
    return serve(settings, handler, when_ready);
  });
  const TestClient busy(server.port());
  busy.sends("GET /held HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n");
  char byte = 0;
  ASSERT_EQ(read(begins.reading.number(), &byte, 1), 1);
  EXPECT_TRUE(reply_to(server.port(), "").starts_with("HTTP/1.1 503"));
  ASSERT_EQ(write(may_end.writing.number(), &byte, 1), 1);
  busy.read_all();
  EXPECT_EQ(server.end(SIGTERM), 0);
  const std::vector<std::string> expected = {
      R"(127.0.0.1 - - [] "-" 503 20)",
      R"(127.0.0.1 - - [] "GET /held HTTP/1.1" 200 4)",
  };
  EXPECT_EQ(lines_of(settings.access_log), expected);
}

}  // namespace
}  // namespace assay
