// Every model, with its first, second, third ... socket operation failing: a connection may be
// lost, the server never is.
#include "server/runtime/socket_faults.h"

#include <dirent.h>

#include <memory>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "server/runtime/server.h"
#include "server/runtime/test_client.h"

namespace assay::runtime {
namespace {

class Large final : public wire::Handler {
 public:
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override {
    reply.body().append(request.body).append(20'000, 'x').append("end");
    reply.send_body(200, "text/plain");
  }
};

// Makes what the system needs for its first folder listing, so that only sockets are counted.
std::size_t open_files() {
  DIR* const folder = opendir("/dev/fd");
  std::size_t count = 0;
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

class Serving {
 public:
  explicit Serving(Model model) {
    settings_.model = model;
    settings_.port = 0;
    settings_.workers = 2;
    settings_.limits.keep_alive = model != Model::per_request;
    settings_.sweep_period = std::chrono::milliseconds(20);
    settings_.header_limit = std::chrono::milliseconds(300);
    listeners_ = std::make_unique<Listeners>(settings_);
    server_ = make_server(settings_, *listeners_, handler_);
    thread_ = std::thread([this] { server_->serve(); });
  }
  ~Serving() {
    server_->stop();
    thread_.join();
  }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;
  std::uint16_t port() const { return listeners_->port(); }

 private:
  Large handler_;
  Settings settings_;
  std::unique_ptr<Listeners> listeners_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

const std::string hello = "GET / HTTP/1.1\r\nHost: assay\r\n\r\n";
const std::string last = "GET / HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n";

// Two connections, with requests in one piece and in two; what comes back does not matter here.
void play(std::uint16_t port) {
  const TestClient first(port);
  const TestClient second(port);
  first.sends(hello.substr(0, 9));
  second.sends(hello + hello);
  second.read_to("end");
  second.sends(last);
  second.read_all();
  first.sends(hello.substr(9) + last);
  first.read_all();
}

class SocketFaultsTest : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(Models, SocketFaultsTest,
                         testing::Values(Model::loop, Model::pool, Model::pinned,
                                         Model::per_request, Model::thread));

void fail_each_operation(std::uint16_t port, Fault fault) {
  constexpr long enough = 200;  // more than there are in a play: then all have had their turn
  long nth = 1;
  for (; nth < enough; ++nth) {
    SocketFaults::plan(nth, fault);
    play(port);
    const bool happened = SocketFaults::happened();
    SocketFaults::plan(0, fault);
    const TestClient after(port);
    after.sends(last);
    const std::string reply = after.read_all();
    ASSERT_TRUE(reply.starts_with("HTTP/1.1 200") && reply.ends_with("end"))
        << "after operation " << nth << " failed";
    ASSERT_EQ(reply.rfind("HTTP/1.1 "), 0U) << "it got others' replies, too, after " << nth;
    if (!happened) break;
  }
  EXPECT_GT(nth, 8) << "operations were not counted";
  EXPECT_LT(nth, enough);
}

TEST_P(SocketFaultsTest, TakeAConnectionAtMost) {
  SocketFaults::exempt_this_thread();
  open_files();
  const std::size_t before = open_files();
  {
    const Serving server(GetParam());
    const std::size_t serving = open_files();
    fail_each_operation(server.port(), Fault::fatal);
    fail_each_operation(server.port(), Fault::transient);
    for (int i = 0; i < 200 && open_files() > serving; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_LE(open_files(), serving) << "a connection is kept";
  }
  EXPECT_EQ(open_files(), before) << "a connection was leaked";
}

}  // namespace
}  // namespace assay::runtime
