// Every model, on every kind of connection, with its first, second, third ... socket operation
// failing: a connection may be lost, the server never is.
#include "server/runtime/socket_faults.h"

#include <dirent.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>

#include <gtest/gtest.h>

#include "server/runtime/self_signed.h"
#include "server/runtime/test_server.h"
#include "server/runtime/tls_client.h"

namespace assay::runtime {
namespace {

using std::chrono::milliseconds;

enum class Way { tcp, unix_socket, tls };

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

Settings settings_of(Model model, Way way) {
  static const SelfSigned pair;
  Settings settings = with(model);
  settings.workers = 2;
  settings.limits.keep_alive = model != Model::per_request;
  settings.header_limit = milliseconds(300);
  if (way == Way::unix_socket) {
    settings.unix_path = testing::TempDir() + "assay_faults_" + std::to_string(getpid()) + ".sock";
  }
  if (way == Way::tls) {
    settings.tls_certificate = pair.certificate();
    settings.tls_key = pair.key();
  }
  return settings;
}

// A TestClient that speaks TLS where the server does.
class Peer {
 public:
  Peer(const Settings& settings, std::uint16_t port)
      : client_(settings.unix_path.empty() ? TestClient(port) : TestClient(settings.unix_path)) {
    if (!settings.tls_key.empty()) tls_ = std::make_unique<TlsClient>();
  }

  void sends(std::string_view text) {
    if (!tls_) return static_cast<void>(client_.sends(text));
    for (bool here = true; !tls_->is_open(); here = reads_piece()) {
      if (!here || tls_->has_failed() || !client_.sends(tls_->outgoing())) return;
    }
    tls_->send(text);
    client_.sends(tls_->outgoing());
  }
  std::string reads_to(std::string_view end) {
    if (!tls_) return client_.read_to(end);
    while ((end.empty() || !tls_->replies().ends_with(end)) && reads_piece()) {
    }
    const std::string replies = tls_->replies();
    tls_->forget_replies();
    return replies;
  }
  std::string reads_all() { return reads_to({}); }

 private:
  bool reads_piece() {
    const std::string piece = client_.read_piece();
    tls_->incoming(piece);
    return !piece.empty();
  }

  TestClient client_;
  std::unique_ptr<TlsClient> tls_;
};

// Two connections, with requests in one piece and in two; what comes back does not matter here.
template <class Connect>
void play(Connect connect) {
  const std::string hello = get("/");
  Peer first = connect();
  Peer second = connect();
  first.sends(hello.substr(0, 9));
  second.sends(hello + hello);
  second.reads_to("end");
  second.sends(last("/"));
  second.reads_all();
  first.sends(hello.substr(9) + last("/"));
  first.reads_all();
}

template <class Connect>
void fail_each_operation(Connect connect, Fault fault) {
  constexpr long enough = 200;  // more than there are in a play: then all have had their turn
  long nth = 1;
  for (; nth < enough; ++nth) {
    SocketFaults::plan(nth, fault);
    play(connect);
    const bool happened = SocketFaults::happened();
    SocketFaults::plan(0, fault);
    Peer after = connect();
    after.sends(last("/"));
    const std::string reply = after.reads_all();
    ASSERT_TRUE(reply.starts_with("HTTP/1.1 200") && reply.ends_with("end"))
        << "after operation " << nth << " failed";
    ASSERT_EQ(reply.rfind("HTTP/1.1 "), 0U) << "it got others' replies, too, after " << nth;
    if (!happened) break;
  }
  EXPECT_GT(nth, 8) << "operations were not counted";
  EXPECT_LT(nth, enough);
}

class SocketFaultsTest : public testing::TestWithParam<std::tuple<Model, Way>> {};
INSTANTIATE_TEST_SUITE_P(ModelsAndWays, SocketFaultsTest,
                         testing::Combine(testing::Values(Model::loop, Model::pool, Model::pinned,
                                                          Model::per_request, Model::thread),
                                          testing::Values(Way::tcp, Way::unix_socket, Way::tls)));

TEST_P(SocketFaultsTest, TakeAConnectionAtMost) {
  SocketFaults::exempt_this_thread();
  const auto [model, way] = GetParam();
  const Settings settings = settings_of(model, way);
  open_files();
  const std::size_t before = open_files();
  {
    Large handler;
    const ServerThread server(settings, handler);
    const auto connect = [&] { return Peer(settings, server.port()); };
    const std::size_t serving = open_files();
    fail_each_operation(connect, Fault::fatal);
    fail_each_operation(connect, Fault::transient);
    EXPECT_TRUE(soon([serving] { return open_files() <= serving; })) << "a connection is kept";
  }
  EXPECT_EQ(open_files(), before) << "a connection was leaked";
}

}  // namespace
}  // namespace assay::runtime
