// Every execution model as a process of its own, on real sockets: the protocol cases, shutdown, and
// peers that mean no good.
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/program/server_process.h"
#include "server/program/serving.h"
#include "server/runtime/connection_limit.h"
#include "server/runtime/test_client.h"
#include "server/wire/wire_cases.h"

namespace assay {
namespace {

using runtime::Model;
using runtime::Settings;
using runtime::TestClient;
using std::chrono::milliseconds;

Settings settings_of(Model model) {
  Settings settings;
  settings.model = model;
  settings.port = 0;
  settings.workers = 2;
  settings.limits.keep_alive = model != Model::per_request;
  settings.sweep_period = milliseconds(50);
  return settings;
}

// Made by a thread of its own, or by nobody. Whether its connection is still there is all one to
// it.
class Later final : public wire::LateReply {
 public:
  explicit Later(std::string_view path) : path_(path) {}
  void when_ready(std::function<void()> wake) override {
    if (path_ == "/never") return;
    const milliseconds time(std::stoi(path_.substr(sizeof "/later/" - 1)));
    std::thread([wake = std::move(wake), time] {
      std::this_thread::sleep_for(time);
      wake();
    }).detach();
  }
  void finish(wire::ReplyWriter& reply) override { reply.send(200, "text/plain", path_); }

 private:
  std::string path_;
};

// Answers like the cases' handler, "/slow" after a while, and "/later/40" in 40 ms, while its
// thread serves others.
class Answering final : public wire::Handler {
 public:
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override {
    if (request.path.starts_with("/later/") || request.path == "/never") {
      return reply.later(std::make_unique<Later>(request.path));
    }
    if (request.path == "/slow") std::this_thread::sleep_for(milliseconds(300));
    cases_.answer(request, reply);
  }
  std::unique_ptr<wire::BodySink> sink(const wire::Request& request) override {
    return cases_.sink(request);
  }
  bool wants_body(const wire::Request& request) override { return cases_.wants_body(request); }

 private:
  wire::CaseHandler cases_;
};

ServerProcess process_of(const Settings& settings) {
  return ServerProcess(serving<Answering>(settings));
}

std::string name_of(const testing::TestParamInfo<Model>& info) {
  switch (info.param) {
    case Model::loop: return "loop";
    case Model::pool: return "pool";
    case Model::pinned: return "pinned";
    case Model::per_request: return "per_request";
    case Model::thread: return "thread";
    case Model::fork: return "fork";
  }
  return "unknown";
}

class Models : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(All, Models,
                         testing::Values(Model::loop, Model::pool, Model::pinned,
                                         Model::per_request, Model::thread, Model::fork),
                         name_of);

// Not where a worker has its connection until that closes.
class RoomyModels : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(All, RoomyModels,
                         testing::Values(Model::loop, Model::pool, Model::thread, Model::fork),
                         name_of);

const std::string hello = "GET /hello HTTP/1.1\r\nHost: assay\r\n\r\n";
const std::string last = "GET /hello HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n";

bool has_usual_limits(const wire::WireCase& wire_case) {
  const wire::Limits usual;
  const wire::Limits& own = wire_case.limits;
  return own.head_bytes == usual.head_bytes && own.fields == usual.fields &&
         own.target_bytes == usual.target_bytes && own.body_bytes == usual.body_bytes &&
         own.extension_bytes == usual.extension_bytes && own.trailer_bytes == usual.trailer_bytes &&
         own.requests == usual.requests && own.keep_alive == usual.keep_alive &&
         own.secure == usual.secure && own.split_write == usual.split_write &&
         own.output_bytes == usual.output_bytes;
}

// What the server answers to `input`, after which the peer says that it sends no more.
std::string replies_to(std::uint16_t port, const std::string& input) {
  const TestClient client(port);
  client.sends(input);
  client.sends_no_more();
  return client.read_all();
}

// One reply, whole, and nothing of anybody else's.
testing::AssertionResult answers_alone(std::uint16_t port) {
  const TestClient good(port);
  good.sends(last);
  const std::string reply = good.read_all();
  const bool one = reply.starts_with("HTTP/1.1 200") && reply.rfind("HTTP/1.1 ") == 0;
  if (one && reply.ends_with("\r\n\r\nGET /hello")) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "got: " << reply.substr(0, 400);
}

TEST_P(Models, AnswerTheProtocolCases) {
  const ServerProcess server = process_of(settings_of(GetParam()));
  const bool keeps = GetParam() != Model::per_request;  // or else a second reply never comes
  std::size_t run = 0;
  for (const wire::WireCase& wire_case : wire::all_wire_cases()) {
    if (!has_usual_limits(wire_case) || !wire_case.date_field.empty()) continue;
    if (!keeps && (wire_case.expected.size() != 1 || wire_case.ends_open())) continue;
    ++run;
    EXPECT_EQ(wire::difference(wire_case, replies_to(server.port(), wire_case.input)), "")
        << wire_case.title;
    if (wire_case.waits) continue;
    const wire::WireCase before = wire::before_a_good_request(wire_case);
    EXPECT_EQ(wire::difference(before, replies_to(server.port(), before.input)), "")
        << wire_case.title << ", before a good request";
  }
  EXPECT_GT(run, 100U);
}

TEST_P(Models, EndCleanlyWhenTold) {
  ServerProcess server = process_of(settings_of(GetParam()));
  TestClient(server.port()).sends(last);
  const TestClient idle(server.port());
  if (GetParam() != Model::per_request) {
    idle.sends(hello);
    idle.read_to("/hello");
  }
  EXPECT_EQ(server.end(SIGTERM), 0);
  EXPECT_TRUE(idle.ended());
  EXPECT_FALSE(TestClient(server.port()).connected());
}

TEST_P(Models, FinishWhatTheyAreAnsweringWhenTold) {
  ServerProcess server = process_of(settings_of(GetParam()));
  const TestClient client(server.port());
  client.sends("GET /slow HTTP/1.1\r\nHost: assay\r\n\r\n");
  std::this_thread::sleep_for(milliseconds(100));
  server.signal(SIGTERM);
  EXPECT_TRUE(client.read_all().ends_with("GET /slow"));
  EXPECT_EQ(server.wait(), 0);
}

TEST_P(Models, EndAtOnceWhenToldTwice) {
  Settings patient = settings_of(GetParam());
  patient.drain_limit = milliseconds(60'000);
  ServerProcess server = process_of(patient);
  const TestClient client(server.port());
  client.sends("GET /half HT");
  std::this_thread::sleep_for(milliseconds(100));
  server.signal(SIGTERM);
  std::this_thread::sleep_for(milliseconds(200));
  EXPECT_EQ(server.end(SIGTERM), 1);
}

TEST_P(Models, RefuseARequestThatTakesTooLong) {
  Settings hasty = settings_of(GetParam());
  hasty.header_limit = milliseconds(200);
  hasty.body_limit = milliseconds(200);
  const ServerProcess server = process_of(hasty);
  const TestClient head(server.port());
  head.sends("GET / HTTP/1.1\r\nX-Slow: ");
  EXPECT_EQ(head.read_all().substr(0, 12), "HTTP/1.1 408");
  const TestClient body(server.port());
  body.sends("POST / HTTP/1.1\r\nHost: assay\r\nContent-Length: 3\r\n\r\na");
  EXPECT_EQ(body.read_all().substr(0, 12), "HTTP/1.1 408");
}

TEST_P(Models, EndAConnectionThatAsksForNothing) {
  Settings hasty = settings_of(GetParam());
  hasty.idle_limit = milliseconds(200);
  const ServerProcess server = process_of(hasty);
  EXPECT_TRUE(TestClient(server.port()).ended());
}

TEST_P(Models, EndAPeerThatNeverReads) {
  Settings hasty = settings_of(GetParam());
  hasty.write_limit = milliseconds(300);
  const ServerProcess server = process_of(hasty);
  const TestClient client(server.port());
  client.sends("GET /large/20000000 HTTP/1.1\r\nHost: assay\r\n\r\n");
  std::this_thread::sleep_for(milliseconds(1500));
  EXPECT_LT(client.read_all().size(), 20'000'000U) << "it was kept until it read";
}

// Nobody may stop the others by being slow; with a worker for each connection, nobody but those
// that fill all of the workers, and they for no longer than their limit.
TEST_P(Models, ServeOthersBesidePeersThatNeverFinish) {
  runtime::raise_file_limit();
  const bool one_each = GetParam() == Model::pinned || GetParam() == Model::per_request;
  const std::size_t crowd = one_each ? 1 : GetParam() == Model::thread ? 1000 : 4000;
  const ServerProcess server = process_of(settings_of(GetParam()));
  std::vector<std::unique_ptr<TestClient>> slow;
  for (std::size_t i = 0; i < crowd; ++i) {
    slow.push_back(std::make_unique<TestClient>(server.port()));
    ASSERT_TRUE(slow.back()->connected()) << i;
    slow.back()->sends(i % 2 == 0
                           ? "GET / HTTP/1.1\r\nHost: as"
                           : "POST / HTTP/1.1\r\nHost: assay\r\nContent-Length: 9\r\n\r\nab");
  }
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(answers_alone(server.port())) << i;
}

TEST_P(RoomyModels, ServeOthersBesideAFloodThatTakesAllTheRoom) {
  Settings narrow = settings_of(GetParam());
  narrow.connections = 100;
  const ServerProcess server = process_of(narrow);
  std::vector<std::unique_ptr<TestClient>> flood;
  for (int i = 0; i < 400; ++i) {
    flood.push_back(std::make_unique<TestClient>(server.port()));
    flood.back()->sends(i % 2 == 0 ? "GET / HTTP/1.1\r\nHost: as" : "nonsense\r\n\r\n");
    if (i > 100 && i % 10 == 0) {
      ASSERT_TRUE(answers_alone(server.port())) << i;
    }
  }
}

TEST_P(RoomyModels, ServeOthersBesideReadersThatTakeAllTheRoom) {
  Settings narrow = settings_of(GetParam());
  narrow.connections = 20;
  const ServerProcess server = process_of(narrow);
  std::vector<std::unique_ptr<TestClient>> readers;
  for (int i = 0; i < 60; ++i) {
    readers.push_back(std::make_unique<TestClient>(server.port()));
    readers.back()->sends("GET /large/20000000 HTTP/1.1\r\nHost: assay\r\n\r\n");
    readers.back()->read_some();
    if (i > 20 && i % 5 == 0) {
      ASSERT_TRUE(answers_alone(server.port())) << i;
    }
  }
}

TEST_P(Models, LoseNothingToPeersThatResetMidReply) {
  const ServerProcess server = process_of(settings_of(GetParam()));
  ASSERT_TRUE(answers_alone(server.port()));
  const std::size_t before = server.open_files();
  for (int i = 0; i < 200; ++i) {
    TestClient rude(server.port());
    rude.sends(i % 2 == 0 ? "GET /large/2000000 HTTP/1.1\r\nHost: assay\r\n\r\n" : hello + hello);
    rude.reset();
    if (i % 10 == 0) {
      ASSERT_TRUE(answers_alone(server.port())) << i;
    }
  }
  EXPECT_TRUE(answers_alone(server.port()));
  for (int i = 0; i < 100 && server.open_files() > before; ++i) {
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_LE(server.open_files(), before) << "a connection was leaked";
}

// A peer whose turn goes on and on shares buffers with the others, and nothing else.
TEST_P(Models, KeepThePeersApartBesideOneThatStreams) {
  Settings settings = settings_of(GetParam());
  settings.workers = 4;
  const ServerProcess server = process_of(settings);
  const TestClient streaming(server.port());
  streaming.sends("GET /stream/2000000 HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n");
  std::string streamed;
  std::thread reader([&] { streamed = streaming.read_all(); });
  for (int i = 0; i < 300; ++i) {
    if (const auto good = answers_alone(server.port()); !good) {
      ADD_FAILURE() << good.message();
      break;
    }
  }
  reader.join();
  EXPECT_TRUE(streamed.ends_with("\r\n0\r\n\r\n"));
  EXPECT_EQ(streamed.find("GET /hello"), streamed.npos) << "it got another peer's reply";
}

TEST_P(Models, ServeOneAfterTheOtherWhereThereIsRoomForOne) {
  Settings narrow = settings_of(GetParam());
  narrow.workers = 1;
  narrow.connections = 1;
  const ServerProcess server = process_of(narrow);
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(answers_alone(server.port())) << i;
    std::this_thread::sleep_for(milliseconds(20));  // in which a thread's connection ends
  }
}

TEST_P(RoomyModels, EndAnIdleConnectionForANewOneAndNoOther) {
  Settings narrow = settings_of(GetParam());
  narrow.workers = 1;
  narrow.connections = 4;
  const ServerProcess server = process_of(narrow);
  std::vector<std::unique_ptr<TestClient>> idle;
  for (int i = 0; i < 4; ++i) {
    idle.push_back(std::make_unique<TestClient>(server.port()));
    idle.back()->sends(hello);
    EXPECT_TRUE(idle.back()->read_to("/hello").ends_with("/hello")) << i;
  }
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_TRUE(answers_alone(server.port()));
  EXPECT_TRUE(idle.front()->ended()) << "it had been idle longest";
  for (int i = 1; i < 4; ++i) {
    idle[static_cast<std::size_t>(i)]->sends(hello);
    EXPECT_TRUE(idle[static_cast<std::size_t>(i)]->read_to("/hello").ends_with("/hello")) << i;
  }
}

TEST_P(Models, RefuseNewConnectionsWhileTheyEnd) {
  ServerProcess server = process_of(settings_of(GetParam()));
  const TestClient client(server.port());
  client.sends("GET /slow HTTP/1.1\r\nHost: assay\r\n\r\n");
  std::this_thread::sleep_for(milliseconds(50));
  server.signal(SIGTERM);
  bool refuses = false;
  for (int i = 0; i < 10 && !refuses; ++i) {
    std::this_thread::sleep_for(milliseconds(20));
    refuses = !TestClient(server.port()).connected();
  }
  EXPECT_TRUE(refuses);
  EXPECT_TRUE(client.read_all().ends_with("GET /slow"));
  EXPECT_EQ(server.wait(), 0);
}

std::string get(const std::string& path) {
  return "GET " + path + " HTTP/1.1\r\nHost: assay\r\n\r\n";
}

TEST_P(Models, KeepTheOrderOfRepliesBehindALateOne) {
  const ServerProcess server = process_of(settings_of(GetParam()));
  const TestClient client(server.port());
  client.sends(get("/later/100") + get("/hello") + get("/later/20") + last);
  const std::string replies = client.read_all();
  EXPECT_TRUE(replies.find("\r\n\r\n/later/100") != replies.npos) << replies;
  if (GetParam() == Model::per_request) return;  // it closes after the first
  EXPECT_LT(replies.find("/later/100"), replies.find("GET /hello"));
  EXPECT_LT(replies.find("GET /hello"), replies.find("/later/20"));
  EXPECT_LT(replies.find("/later/20"), replies.rfind("GET /hello"));
}

TEST_P(Models, ServeOthersWhileAReplyIsLate) {
  const ServerProcess server = process_of(settings_of(GetParam()));
  const TestClient client(server.port());
  client.sends(get("/never"));
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(answers_alone(server.port())) << i;
}

TEST_P(Models, GiveALateReplyAllTheTimeOfItsRequestAndNoMore) {
  Settings hasty = settings_of(GetParam());
  hasty.write_limit = milliseconds(50);  // a peer that waits takes nothing, and is not to blame
  hasty.request_limit = milliseconds(1000);
  const ServerProcess server = process_of(hasty);
  const TestClient early(server.port());
  early.sends(get("/later/400"));
  EXPECT_TRUE(early.read_to("/later/400").starts_with("HTTP/1.1 200"));
  const TestClient never(server.port());
  never.sends(get("/never") + get("/hello"));
  const std::string reply = never.read_all();
  EXPECT_TRUE(reply.starts_with("HTTP/1.1 503")) << reply;
  EXPECT_EQ(reply.find("/hello"), reply.npos);
}

TEST_P(Models, WaitForALateReplyWhenTold) {
  ServerProcess server = process_of(settings_of(GetParam()));
  EXPECT_TRUE(answers_alone(server.port()));
  const TestClient client(server.port());
  client.sends(get("/later/500"));
  std::this_thread::sleep_for(milliseconds(200));
  server.signal(SIGTERM);
  const std::string reply = client.read_all();
  EXPECT_TRUE(reply.ends_with("\r\n\r\n/later/500")) << reply;
  EXPECT_NE(reply.find("Connection: close"), reply.npos) << reply;
  EXPECT_EQ(server.wait(), 0);
}

TEST_P(Models, CutALateReplyWhenTheTimeToEndIsUp) {
  Settings hasty = settings_of(GetParam());
  hasty.drain_limit = milliseconds(200);
  hasty.sweep_period = Settings().sweep_period;  // longer than is left then
  ServerProcess server = process_of(hasty);
  const TestClient client(server.port());
  client.sends(get("/never"));
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(server.end(SIGTERM), 0);
  EXPECT_EQ(client.read_all(), "");
}

TEST_P(Models, LoseNothingToPeersThatGoWhileTheirReplyIsLate) {
  ServerProcess server = process_of(settings_of(GetParam()));
  for (int i = 0; i < 40; ++i) {
    TestClient rude(server.port());
    rude.sends(get("/later/" + std::to_string(i % 5)) + (i % 3 == 0 ? hello : ""));
    if (i % 2 == 0) rude.reset();
  }
  EXPECT_TRUE(answers_alone(server.port()));
  EXPECT_EQ(server.end(SIGTERM), 0);
}

TEST_P(RoomyModels, EndNoneThatWaitsForALateReplyToMakeRoom) {
  Settings narrow = settings_of(GetParam());
  narrow.workers = 1;
  narrow.connections = 2;
  const ServerProcess server = process_of(narrow);
  const TestClient first(server.port());
  const TestClient second(server.port());
  first.sends(get("/later/600"));
  second.sends(get("/later/600"));
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(TestClient(server.port()).read_all().substr(0, 12), "HTTP/1.1 503");
  EXPECT_TRUE(first.read_to("/later/600").starts_with("HTTP/1.1 200"));
  EXPECT_TRUE(second.read_to("/later/600").starts_with("HTTP/1.1 200"));
}

TEST(Serve, SaysWhyItCannotStart) {
  const ServerProcess first = process_of(settings_of(Model::loop));
  Settings second = settings_of(Model::loop);
  second.port = first.port();
  Answering handler;
  testing::internal::CaptureStderr();
  EXPECT_EQ(serve(second, handler), 1);
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_NE(said.find("is in use: stop its owner"), said.npos) << said;
}

}  // namespace
}  // namespace assay
