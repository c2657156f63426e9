#include "server/runtime/test_server.h"

#include <memory>
#include <stdexcept>

namespace assay::runtime {

using std::chrono::milliseconds;

namespace {

// A body that goes on and never says anything.
class Silence final : public wire::BodySource {
 public:
  bool more(std::string&) override {
    std::this_thread::sleep_for(milliseconds(1));
    return true;
  }
};

}  // namespace

void Answers::answer(const wire::Request& request, wire::ReplyWriter& reply) {
  if (request.path == "/bug") throw std::logic_error("a bug");
  if (request.path == "/gate") gate.pass();
  if (request.path == "/silence") {
    return reply.stream(200, "text/plain", std::make_unique<Silence>());
  }
  if (request.path == "/large") {
    reply.body().append(large_bytes, 'x');
    return reply.send_body(200, "text/plain");
  }
  reply.send(200, "text/plain", request.body.empty() ? request.path : request.body);
}

Settings with(Model model) {
  Settings settings;
  settings.model = model;
  settings.workers = 4;
  settings.port = 0;
  settings.sweep_period = milliseconds(20);
  return settings;
}

std::string get(const std::string& path, const std::string& fields) {
  return "GET " + path + " HTTP/1.1\r\nHost: assay\r\n" + fields + "\r\n";
}

std::string last(const std::string& path) { return get(path, "Connection: close\r\n"); }

bool answers(const TestClient& client, const std::string& path) {
  return client.sends(get(path)) && client.read_to(path).ends_with("\r\n\r\n" + path);
}

}  // namespace assay::runtime
