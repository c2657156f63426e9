// Under every model the thread that answered says so to its handler before it waits for anything.
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include <gtest/gtest.h>

#include "server/program/server_process.h"
#include "server/program/wake_pipe.h"
#include "server/runtime/test_client.h"

namespace assay {
namespace {

using runtime::Model;
using runtime::Settings;
using runtime::TestClient;

enum class Act : std::uint8_t { answers, waits };

struct Event {
  Act act = Act::answers;
  pid_t process = 0;
  std::size_t thread = 0;
};

class Never final : public wire::LateReply {
 public:
  void when_ready(std::function<void()> /*wake*/) override {}
  void finish(wire::ReplyWriter& /*reply*/) override {}
};

// Tells its events, and where there is a gate, waits at it before it lets its thread wait.
class Telling final : public wire::Handler {
 public:
  Telling(const WakePipe& events, const WakePipe* gate) : events_(events), gate_(gate) {}
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override {
    has_answered = true;
    tell(Act::answers);
    if (request.path == "/never") return reply.later(std::make_unique<Never>());
    const std::size_t size = request.path == "/large" ? std::size_t{32} << 20U : 0;
    reply.body().append(size, 'x').append("hello");
    reply.send_body(200, "text/plain");
  }
  void before_wait() noexcept override {
    if (!std::exchange(has_answered, false)) return;
    if (gate_ != nullptr) gate_->is_rung();
    tell(Act::waits);
  }

 private:
  void tell(Act act) const {
    const auto thread = std::hash<std::thread::id>()(std::this_thread::get_id());
    events_.put(Event{act, getpid(), thread});
  }

  static inline thread_local bool has_answered = false;
  const WakePipe& events_;
  const WakePipe* gate_;
};

class BeforeWait : public testing::TestWithParam<Model> {
 protected:
  // `gate`, too: before a thread waits it takes a byte from there.
  void start(const WakePipe* gate = nullptr) {
    Settings settings;
    settings.model = GetParam();
    settings.port = 0;
    settings.workers = 1;
    settings.limits.keep_alive = GetParam() != Model::per_request;
    settings.sweep_period = std::chrono::minutes(1);  // so that nothing else ends a wait
    server_ = std::make_unique<ServerProcess>([&](const ServerProcess::WhenReady& when_ready) {
      Telling handler(events_, gate);
      return serve(settings, handler, when_ready);
    });
  }
  std::uint16_t port() const { return server_->port(); }
  // "answers answers waits": what one thread did, up to its first wait.
  std::string next_batch() const {
    std::string text;
    std::optional<Event> first;
    for (;;) {
      const auto event = events_.take<Event>();
      if (!event) return text + "nothing for ten seconds";
      if (!first) first = event;
      if (event->process != first->process || event->thread != first->thread) text += "elsewhere ";
      if (event->act == Act::waits) return text + "waits";
      text += "answers ";
    }
  }

 private:
  WakePipe events_;
  std::unique_ptr<ServerProcess> server_;
};

INSTANTIATE_TEST_SUITE_P(Models, BeforeWait,
                         testing::Values(Model::loop, Model::pool, Model::pinned,
                                         Model::per_request, Model::thread, Model::fork));

std::string get(const std::string& path, const std::string& field = {}) {
  return "GET " + path + " HTTP/1.1\r\nHost: assay\r\n" + field + "\r\n";
}

TEST_P(BeforeWait, IsSaidByTheThreadThatAnsweredWhateverItWaitsFor) {
  start();
  for (const std::string& request : {
           get("/"),                               // for the next request
           get("/", "Connection: close\r\n"),      // for the next connection, or it ends
           get("/large", "Connection: close\r\n")  // for a peer that does not read
       }) {
    const TestClient client(port());
    client.sends(request);
    EXPECT_EQ(next_batch(), "answers waits") << request;
  }
  const TestClient client(port());
  client.sends(get("/never"));  // for a reply that is made elsewhere
  EXPECT_EQ(next_batch(), "answers waits");
}

TEST_P(BeforeWait, IsSaidOnceForAllThatWasAnsweredTogether) {
  if (GetParam() == Model::per_request) GTEST_SKIP() << "it closes after the first reply";
  start();
  const TestClient client(port());
  client.sends(get("/") + get("/") + get("/"));
  EXPECT_EQ(next_batch(), "answers answers answers waits");
}

TEST_P(BeforeWait, IsSaidWhenTheRepliesAreOut) {
  const WakePipe gate;
  start(&gate);
  const TestClient client(port());
  client.sends(get("/"));
  EXPECT_TRUE(client.read_to("hello").ends_with("hello"));
  gate.ring();
  EXPECT_EQ(next_batch(), "answers waits");
}

}  // namespace
}  // namespace assay
