#include "server/program/answering_process.h"

#include <chrono>
#include <functional>
#include <string_view>
#include <thread>
#include <utility>

#include "server/program/serving.h"
#include "server/runtime/test_client.h"

namespace assay {

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

namespace {

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

}  // namespace

void Answering::answer(const wire::Request& request, wire::ReplyWriter& reply) {
  if (request.path.starts_with("/later/") || request.path == "/never") {
    return reply.later(std::make_unique<Later>(request.path));
  }
  if (request.path == "/slow") std::this_thread::sleep_for(milliseconds(300));
  cases_.answer(request, reply);
}

ServerProcess process_of(const Settings& settings) {
  return ServerProcess(serving<Answering>(settings));
}

testing::AssertionResult answers_alone(std::uint16_t port) {
  const TestClient good(port);
  good.sends("GET /hello HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n");
  const std::string reply = good.read_all();
  const bool one = reply.starts_with("HTTP/1.1 200") && reply.rfind("HTTP/1.1 ") == 0;
  if (one && reply.ends_with("\r\n\r\nGET /hello")) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "got: " << reply.substr(0, 400);
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

}  // namespace assay
