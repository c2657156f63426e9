// Every execution model as a process of its own, on real sockets: the protocol cases, shutdown, and
// peers that mean no good.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/program/answering_process.h"
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

class Models : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(All, Models, testing::ValuesIn(every_model), name_of);

class RoomyModels : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(All, RoomyModels, testing::ValuesIn(roomy_models), name_of);

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
