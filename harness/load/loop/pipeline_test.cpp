#include <sys/socket.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>
#include <thread>

#include <gtest/gtest.h>

#include "harness/load/loop/run.h"
#include "harness/load/socket/scripted_server.h"
#include "harness/load/socket/socket.h"
#include "harness/load/socket/socket_server.h"

namespace assay::load {
namespace {

constexpr std::string_view end_of_head = "\r\n\r\n";

// Reads until so many requests without a body have come. False: the client has gone.
bool read_requests(int socket, std::size_t count, std::string& read) {
  std::array<char, 4096> buffer;
  std::size_t found = 0;
  for (std::size_t place = 0; found < count;) {
    const std::size_t end = read.find(end_of_head, place);
    if (end != std::string::npos) {
      ++found;
      place = end + end_of_head.size();
      continue;
    }
    const ssize_t size = recv(socket, buffer.data(), buffer.size(), 0);
    if (size <= 0) return false;
    read.append(buffer.data(), static_cast<std::size_t>(size));
  }
  return true;
}

void send_text(int socket, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = send(socket, text.data(), text.size(), send_flags);
    if (count <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

Job job_for(const SocketServer& server, std::size_t pipeline, std::uint64_t requests) {
  Job job;
  job.target = server.target();
  job.connections = 1;
  job.pipeline = pipeline;
  job.requests = requests;
  job.expectation.body = "hello";
  job.timeout = std::chrono::seconds(20);
  return job;
}

Summary measured(const Job& job) {
  const Stop stop;
  const Result<Summary> summary = run(job, stop);
  EXPECT_TRUE(summary.has_value()) << summary.error().what();
  return summary ? *summary : Summary();
}

// It answers none until all of them are there.
TEST(Pipeline, SendsAsManyRequestsAsMayBeUnderWay) {
  const SocketServer server([](int socket) {
    for (std::string read; read_requests(socket, 8, read); read.clear()) {
      std::string replies;
      for (int i = 0; i < 8; ++i) replies += right_reply("hello");
      send_text(socket, replies);
    }
  });
  const Summary summary = measured(job_for(server, 8, 800));
  EXPECT_EQ(summary.tally.requests, 800U);
  EXPECT_EQ(summary.tally.errors.total(), 0U);
  EXPECT_EQ(summary.tally.bytes, 800 * right_reply("hello").size());
  EXPECT_EQ(summary.pipeline, 8U);
}

TEST(Pipeline, FindsRepliesHoweverTheyAreSplit) {
  const std::string replies = right_reply("hello") + right_reply("hello") + right_reply("hello");
  for (std::size_t split = 1; split < replies.size(); ++split) {
    const SocketServer server([&](int socket) {
      std::string read;
      if (!read_requests(socket, 3, read)) return;
      send_text(socket, std::string_view(replies).substr(0, split));
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      send_text(socket, std::string_view(replies).substr(split));
      recv(socket, read.data(), 1, 0);  // until the client has gone
    });
    EXPECT_EQ(measured(job_for(server, 3, 3)).tally.requests, 3U) << split;
  }
}

TEST(Pipeline, ComparesEachReplyWithWhatIsExpected) {
  const SocketServer server([](int socket) {
    std::string read;
    if (!read_requests(socket, 3, read)) return;
    send_text(socket, right_reply("hello") + right_reply("other") + right_reply("hello"));
    recv(socket, read.data(), 1, 0);
  });
  const Tally tally = measured(job_for(server, 3, 3)).tally;
  EXPECT_EQ(tally.requests, 2U);
  EXPECT_EQ(tally.errors[ErrorKind::body], 1U);
}

// RFC 9112, 9.3.2: those that were not answered go out again on a new connection.
TEST(Pipeline, SendsAgainWhatWasNotAnsweredWhenTheServerCloses) {
  std::atomic<std::size_t> answered = 0;
  const SocketServer server([&](int socket) {
    std::string read;
    if (!read_requests(socket, 1, read)) return;
    ++answered;
    send_text(socket, right_reply("hello", "Connection: close\r\n"));
  });
  const Tally tally = measured(job_for(server, 4, 40)).tally;
  EXPECT_EQ(tally.requests, 40U);
  EXPECT_EQ(tally.errors.total(), 0U);
  EXPECT_EQ(answered, 40U);
  EXPECT_GE(tally.resent, 30U);
}

TEST(Pipeline, EndsOneRequestAndSendsTheOthersAgainWhenAReplyBreaks) {
  std::atomic<int> connections = -1;  // the first only asks whether somebody listens
  const SocketServer server([&](int socket) {
    std::string read;
    const int number = connections++;
    if (number != 0 && number != -1) {
      for (; read_requests(socket, 1, read); read.erase(0, read.find(end_of_head) + 4)) {
        send_text(socket, right_reply("hello"));
      }
      return;
    }
    if (!read_requests(socket, 4, read)) return;
    send_text(socket, right_reply("hello") + right_reply("hello").substr(0, 30));
  });
  const Tally tally = measured(job_for(server, 4, 4)).tally;
  EXPECT_EQ(tally.requests, 3U);
  EXPECT_EQ(tally.errors[ErrorKind::short_reply], 1U);
  EXPECT_EQ(tally.resent, 2U);
}

// Done twice it might be another thing (RFC 9110, 9.2.2).
TEST(Pipeline, EndsThoseThatMayNotBeSentAgainWhenTheServerCloses) {
  const SocketServer server([&](int socket) {
    std::string read;
    if (!read_requests(socket, 1, read)) return;
    send_text(socket, right_reply("hello", "Connection: close\r\n"));
  });
  Job job = job_for(server, 1, 10);
  job.request.method = "POST";
  EXPECT_EQ(measured(job).tally.requests, 10U);
  job.pipeline = 2;
  const Tally tally = measured(job).tally;
  EXPECT_EQ(tally.ended(), 10U);
  EXPECT_GE(tally.errors[ErrorKind::reset], 4U);
  EXPECT_EQ(tally.resent, 0U);
}

TEST(Pipeline, TakesBytesBehindTheLastReplyForAFault) {
  const SocketServer server([](int socket) {
    std::string read;
    if (!read_requests(socket, 2, read)) return;
    send_text(socket, right_reply("hello") + right_reply("hello") + "and more");
    recv(socket, read.data(), 1, 0);
  });
  const Tally tally = measured(job_for(server, 2, 2)).tally;
  EXPECT_EQ(tally.requests, 1U);
  EXPECT_EQ(tally.errors[ErrorKind::malformed], 1U);
}

TEST(Pipeline, GivesUpAllThatIsUnderWayWhenNoReplyComes) {
  const SocketServer server([](int socket) {
    char byte = 0;
    while (recv(socket, &byte, 1, 0) > 0) continue;
  });
  Job job = job_for(server, 5, 5);
  job.timeout = std::chrono::milliseconds(100);
  EXPECT_EQ(measured(job).tally.errors[ErrorKind::timeout], 5U);
}

TEST(Pipeline, NeedsConnectionsThatAreKept) {
  Job job;
  job.pipeline = 2;
  job.keep_alive = false;
  const Stop stop;
  EXPECT_FALSE(run(job, stop).has_value());
}

}  // namespace
}  // namespace assay::load
