// Three agents that are the program itself, against a server that writes down what it is asked.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <list>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "harness/agents/agents.h"
#include "harness/load/socket/descriptor.h"

namespace assay::agents {
namespace {

using load::Descriptor;

constexpr std::string_view reply = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

// A thread for each connection, which the client closes.
class WritingServer {
 public:
  WritingServer() {
    std::signal(SIGPIPE, SIG_IGN);
    listener_ = Descriptor(socket(AF_INET, SOCK_STREAM, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(listener_.number(), plain, size), 0);
    EXPECT_EQ(listen(listener_.number(), 64), 0);
    EXPECT_EQ(getsockname(listener_.number(), plain, &size), 0);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }
  ~WritingServer() {
    shutdown(listener_.number(), SHUT_RDWR);  // wakes who accepts
    acceptor_.join();
    for (std::thread& each : threads_) each.join();
  }
  WritingServer(const WritingServer&) = delete;
  WritingServer& operator=(const WritingServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::multiset<std::uint64_t> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  void accept_all() {
    for (;;) {
      const int number = accept(listener_.number(), nullptr, nullptr);
      if (number < 0) return;
      threads_.emplace_back([this, client = Descriptor(number)] { answer(client); });
    }
  }
  void answer(const Descriptor& client) {
    std::string text;
    std::array<char, 4096> buffer;
    for (;;) {
      const ssize_t count = read(client.number(), buffer.data(), buffer.size());
      if (count <= 0) return;
      text.append(buffer.data(), static_cast<std::size_t>(count));
      for (auto end = text.find("\r\n\r\n"); end != text.npos; end = text.find("\r\n\r\n")) {
        note(text.substr(0, end));
        text.erase(0, end + 4);
        if (send(client.number(), reply.data(), reply.size(), 0) < 0) return;
      }
    }
  }
  void note(const std::string& head) {
    const std::lock_guard lock(mutex_);
    asked_.insert(std::stoull(head.substr(head.find("k=") + 2)));
  }

  Descriptor listener_;
  std::uint16_t port_ = 0;
  std::thread acceptor_;
  std::list<std::thread> threads_;
  mutable std::mutex mutex_;  // guards asked_
  std::multiset<std::uint64_t> asked_;
};

load::Job job_for(const WritingServer& server) {
  load::Job job;
  job.target.port = server.port();
  job.request.target = "/?k={seq}";
  job.expectation.body = "ok";
  job.connections = 7;
  job.timeout = std::chrono::minutes(1);
  job.requests = 900;
  return job;
}

// Of N requests the k-th is sent by one agent alone, and none is left out.
void expect_each_once(const load::Job& job, const WritingServer& server) {
  const std::vector<std::string> commands(3, local_command(ASSAY_PROGRAM));
  const auto summary = run(commands, job, load::Stop());
  ASSERT_TRUE(summary.has_value()) << summary.error().what();
  EXPECT_EQ(summary->tally.requests, 900U);
  EXPECT_EQ(summary->tally.errors.total(), 0U);
  EXPECT_EQ(summary->tally.latency.count(), 900U);
  EXPECT_EQ(summary->connections, 7U);
  EXPECT_EQ(summary->threads.size(), 3U);
  std::uint64_t in_seconds = 0;
  for (const load::Second& second : summary->seconds) in_seconds += second.requests;
  EXPECT_EQ(in_seconds, 900U);
  const auto asked = server.asked();
  EXPECT_EQ(asked.size(), 900U);
  EXPECT_EQ(std::set<std::uint64_t>(asked.begin(), asked.end()).size(), 900U);
  EXPECT_EQ(*asked.rbegin() - *asked.begin(), 899U);
}

TEST(OneSchedule, OfARateIsSentOnceByThreeAgents) {
  const WritingServer server;
  load::Job job = job_for(server);
  job.rate = load::Rate{600, 600, load::Arrivals::poisson, 10};
  expect_each_once(job, server);
}

TEST(OneSchedule, OfAClosedLoopIsSentOnceByThreeAgents) {
  const WritingServer server;
  expect_each_once(job_for(server), server);
}

TEST(OneSchedule, IsRefusedWithTheAgentsNameWhereNobodyAnswers) {
  load::Job job;
  {
    const WritingServer server;
    job.target.port = server.port();
  }
  const auto summary = run({local_command(ASSAY_PROGRAM)}, job, load::Stop());
  ASSERT_FALSE(summary.has_value());
  const std::string start =
      "agent 1 of 1 (" + local_command(ASSAY_PROGRAM) + ") says: nothing answers at 127.0.0.1";
  EXPECT_TRUE(summary.error().what().starts_with(start)) << summary.error().what();
}

}  // namespace
}  // namespace assay::agents
