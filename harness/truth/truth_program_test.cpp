// The program itself: how it starts, stops and ends.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/load/socket/descriptor.h"
#include "harness/truth/floor_reply.h"
#include "harness/truth/plain_client.h"
#include "harness/truth/truth_witness.h"

extern char** environ;

namespace assay::truth {
namespace {

const std::string request = "GET /json HTTP/1.1\r\nHost: truth\r\n\r\n";

// assay-truth with these words; ended by force if a test forgets it.
class Program {
 public:
  explicit Program(std::vector<std::string> words) {
    words.insert(words.begin(), ASSAY_TRUTH);
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    said_ = load::Descriptor(ends[0]);
    load::Descriptor says(ends[1]);
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    EXPECT_EQ(posix_spawn(&process_, ASSAY_TRUTH, &actions, nullptr, pointers.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
  }
  ~Program() {
    if (process_ <= 0) return;
    tell(SIGKILL);
    exit_status();
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  std::string said() const {  // the next line on standard error
    std::string line;
    for (char byte = 0; read(said_.number(), &byte, 1) == 1 && byte != '\n';) line += byte;
    return line;
  }
  std::uint16_t port() const {
    const std::string line = said();
    EXPECT_TRUE(line.starts_with("listening on http://127.0.0.1:")) << line;
    return static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
  }
  void tell(int signal) const { kill(process_, signal); }
  void await_stop() const {
    int status = 0;
    EXPECT_EQ(waitpid(process_, &status, WUNTRACED), process_);
    EXPECT_TRUE(WIFSTOPPED(status));
  }
  int exit_status() {
    int status = 0;
    waitpid(std::exchange(process_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t process_ = -1;
  load::Descriptor said_;
};

TEST(TruthProgram, SaysWhereItListensAndEndsCleanlyWithAWholeLog) {
  const auto log = std::filesystem::path(testing::TempDir()) / "assay_truth_program_log";
  Program program({"--port", "0", "--requests-log", log.string()});
  PlainClient client(program.port());
  const std::string reply = floor_reply(std::string(526, 'x'), false);
  client.send(request + request);
  EXPECT_EQ(client.receive(2 * reply.size()).size(), 2 * reply.size());
  program.tell(SIGTERM);
  EXPECT_EQ(program.exit_status(), 0);
  EXPECT_EQ(log_lines(log).size(), 2U);
  std::filesystem::remove(log);
}

TEST(TruthProgram, AnswersTheBacklogOfAStop) {
  Program program({"--port", "0", "--law", "exponential", "--time", "1ms", "--servers", "1"});
  const std::uint16_t port = program.port();
  PlainClient before(port);
  PlainClient during(port);
  const std::string reply = floor_reply(std::string(526, 'x'), false);
  before.send(request);
  record_after(1, port);
  program.tell(SIGSTOP);
  program.await_stop();
  for (int again = 0; again < 20; ++again) during.send(request);
  program.tell(SIGCONT);
  EXPECT_EQ(before.receive(reply.size()), reply);
  EXPECT_EQ(during.receive(20 * reply.size()).size(), 20 * reply.size());
  EXPECT_EQ(record_of(port).settled, 21U);
  program.tell(SIGINT);
  EXPECT_EQ(program.exit_status(), 0);
}

// The system gives the number of a closed socket to the next one. In a process of its own, because
// here the numbers would go to clients.
TEST(TruthProgram, GivesNobodyTheReplyOfAClientThatHasGone) {
  Program program({"--port", "0", "--law", "constant", "--time", "500ms"});
  const std::uint16_t port = program.port();
  PlainClient leaving(port);
  leaving.send(request);
  record_after(1, port);
  leaving.close();
  std::vector<PlainClient> others;
  for (int other = 0; other < 8; ++other) {
    record_of(port);
    others.emplace_back(port);
  }
  const TruthRecord record =
      record_when(port, [](const TruthRecord& now) { return now.lost + now.settled == 1; });
  EXPECT_EQ(record.lost, 1U);
  for (PlainClient& other : others) EXPECT_FALSE(other.has_bytes());
}

TEST(TruthProgram, RefusesWrongInputInOneSentence) {
  Program program({"--law", "exponential"});
  EXPECT_EQ(program.said(), "error: --law exponential needs a --time above 0");
  EXPECT_EQ(program.exit_status(), 2);
}

TEST(TruthProgram, SaysWhenAPortIsTaken) {
  Program first({"--port", "0"});
  const std::string port = std::to_string(first.port());
  Program second({"--port", port});
  EXPECT_EQ(second.said(),
            "error: nothing can listen at 127.0.0.1 port " + port + ": Address already in use");
  EXPECT_EQ(second.exit_status(), 1);
}

}  // namespace
}  // namespace assay::truth
