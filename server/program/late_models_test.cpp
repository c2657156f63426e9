// Every execution model with replies that are made elsewhere.
#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "server/program/answering_process.h"
#include "server/runtime/test_client.h"

namespace assay {
namespace {

using runtime::Model;
using runtime::Settings;
using runtime::TestClient;
using std::chrono::milliseconds;

class LateModels : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(All, LateModels, testing::ValuesIn(every_model), name_of);

class RoomyLateModels : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(All, RoomyLateModels, testing::ValuesIn(roomy_models), name_of);

std::string get(const std::string& path) {
  return "GET " + path + " HTTP/1.1\r\nHost: assay\r\n\r\n";
}

TEST_P(LateModels, KeepTheOrderOfRepliesBehindALateOne) {
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

TEST_P(LateModels, ServeOthersWhileAReplyIsLate) {
  const ServerProcess server = process_of(settings_of(GetParam()));
  const TestClient client(server.port());
  client.sends(get("/never"));
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(answers_alone(server.port())) << i;
}

TEST_P(LateModels, GiveALateReplyAllTheTimeOfItsRequestAndNoMore) {
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

TEST_P(LateModels, WaitForALateReplyWhenTold) {
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

TEST_P(LateModels, CutALateReplyWhenTheTimeToEndIsUp) {
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

TEST_P(LateModels, LoseNothingToPeersThatGoWhileTheirReplyIsLate) {
  ServerProcess server = process_of(settings_of(GetParam()));
  for (int i = 0; i < 40; ++i) {
    TestClient rude(server.port());
    rude.sends(get("/later/" + std::to_string(i % 5)) + (i % 3 == 0 ? hello : ""));
    if (i % 2 == 0) rude.reset();
  }
  EXPECT_TRUE(answers_alone(server.port()));
  EXPECT_EQ(server.end(SIGTERM), 0);
}

TEST_P(RoomyLateModels, EndNoneThatWaitsForALateReplyToMakeRoom) {
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

}  // namespace
}  // namespace assay
