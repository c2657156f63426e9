// Whole runs over TLS and over a Unix socket, and with requests that differ.
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "harness/load/loop/run.h"
#include "harness/load/socket/scripted_server.h"
#include "harness/load/socket/socket_server.h"
#include "harness/load/socket/test_authority.h"
#include "harness/load/socket/tls_peer.h"

namespace assay::load {
namespace {

Job job_to(const Target& target) {
  Job job;
  job.target = target;
  job.connections = 3;
  job.requests = 60;
  job.expectation.body = "hello";
  return job;
}

Summary measured(const Job& job) {
  const Stop stop;
  const Result<Summary> summary = run(job, stop);
  EXPECT_TRUE(summary.has_value()) << summary.error().what();
  return summary ? *summary : Summary();
}

class TlsServer {
 public:
  explicit TlsServer(std::size_t replies_a_connection)
      : files_(authority_.issue()), server_([this, replies_a_connection](int socket) {
          TlsPeer peer(files_, socket);
          if (!peer.shake_hands()) return;
          for (std::size_t i = 0; i < replies_a_connection && !peer.read().empty(); ++i) {
            peer.write(right_reply("hello"));
          }
          peer.say_the_end();
        }) {}

  Target target(bool trusts) const {
    Target target = server_.target();
    target.tls = TlsChoice{true, trusts ? authority_.certificate() : ""};
    return target;
  }

 private:
  TestAuthority authority_;
  CertificateFiles files_;
  SocketServer server_;
};

TEST(Run, GoesUnderTls) {
  const TlsServer server(SIZE_MAX);
  EXPECT_EQ(measured(job_to(server.target(true))).tally.requests, 60U);
}

TEST(Run, GoesUnderTlsWithANewConnectionForEachRequest) {
  const TlsServer server(1);
  Job job = job_to(server.target(true));
  job.keep_alive = false;
  EXPECT_EQ(measured(job).tally.requests, 60U);
}

TEST(Run, GoesUnderTlsAtARate) {
  const TlsServer server(SIZE_MAX);
  Job job = job_to(server.target(true));
  job.rate = Rate{1000, 1000};
  EXPECT_EQ(measured(job).tally.requests, 60U);
}

TEST(Run, SendsAgainUnderTlsWhatAClosedConnectionDidNotAnswer) {
  const TlsServer server(7);
  const Tally tally = measured(job_to(server.target(true))).tally;
  EXPECT_EQ(tally.requests, 60U);
  EXPECT_EQ(tally.errors.total(), 0U);
}

TEST(Run, RefusesACertificateThatNobodyVouchesFor) {
  const TlsServer server(SIZE_MAX);
  const Stop stop;
  const Result<Summary> summary = run(job_to(server.target(false)), stop);
  ASSERT_FALSE(summary.has_value());
  EXPECT_NE(summary.error().remedy().find("--insecure"), std::string::npos);
}

TEST(Run, GoesToAUnixSocket) {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("assay-load-" + std::to_string(getpid())))
          .string();
  const SocketServer server(
      [](int socket) {
        std::string read(4096, ' ');
        while (recv(socket, read.data(), read.size(), 0) > 0) {
          const std::string reply = right_reply("hello");
          send(socket, reply.data(), reply.size(), 0);
        }
      },
      path);
  EXPECT_EQ(measured(job_to(server.target())).tally.requests, 60U);
}

TEST(Run, SendsRequestsThatDiffer) {
  const ScriptedServer server(
      [](std::size_t) { return ScriptedServer::Answer{right_reply("hello")}; });
  Job job;
  job.target.port = server.port();
  job.connections = 1;
  job.requests = 3;
  job.request = {"POST", "/items/{seq}", {}, "number {seq}"};
  EXPECT_EQ(measured(job).tally.requests, 3U);
  EXPECT_NE(server.last_request().find("POST /items/2 HTTP/1.1\r\n"), std::string::npos);
  EXPECT_NE(server.last_request().find("number 2"), std::string::npos);
}

}  // namespace
}  // namespace assay::load
