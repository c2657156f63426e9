#include "server/program/log_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/runtime/descriptor.h"
#include "server/runtime/start_error.h"

namespace assay {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::string path_of(const char* name) {
  std::string path =
      testing::TempDir() + "assay_log_" + std::to_string(getpid()) + "_" + name + ".log";
  unlink(path.c_str());
  return path;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// A named pipe, and one end to read from.
struct Pipe {
  explicit Pipe(const char* name) : path(path_of(name)) {
    EXPECT_EQ(mkfifo(path.c_str(), 0600), 0);
    reading = runtime::Descriptor(open(path.c_str(), O_RDONLY | O_NONBLOCK));
  }
  ~Pipe() { unlink(path.c_str()); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  const std::string path;
  runtime::Descriptor reading;
};

TEST(LogWriter, WritesWhatIsHandedOverInItsOrderAndAppends) {
  const std::string path = path_of("order");
  for (const char* const words : {"one\ntwo\n", "three\n"}) {
    LogWriter writer(path);
    writer.start();
    std::string lines = words;
    writer.hand_over(lines, 1);
    EXPECT_EQ(lines, "");
    writer.stop(seconds(5));
  }
  EXPECT_EQ(text_of(path), "one\ntwo\nthree\n");
  unlink(path.c_str());
}

TEST(LogWriter, DoesNotWaitForItsEndToWrite) {
  const std::string path = path_of("soon");
  LogWriter writer(path);
  writer.start();
  std::string lines = "one\n";
  writer.hand_over(lines, 1);
  for (int i = 0; i < 500 && text_of(path).empty(); ++i)
    std::this_thread::sleep_for(milliseconds(10));
  EXPECT_EQ(text_of(path), "one\n");
  unlink(path.c_str());
}

TEST(LogWriter, KeepsLinesWholeThoughManyThreadsWrite) {
  const std::string path = path_of("threads");
  LogWriter writer(path);
  writer.start();
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&writer, thread] {
      for (int i = 0; i < 2000; ++i) {
        std::string line = std::to_string(thread) + ":" + std::to_string(i) + "\n";
        writer.hand_over(line, 1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  writer.stop(seconds(5));
  const std::vector<std::string> lines = lines_of(path);
  const std::set<std::string> different(lines.begin(), lines.end());
  EXPECT_EQ(lines.size(), 8000U);
  EXPECT_EQ(different.size(), 8000U);
  EXPECT_TRUE(different.contains("3:1999"));
  unlink(path.c_str());
}

// Whoever answers goes on; what is lost is counted, and what came before is whole.
TEST(LogWriter, LosesLinesRatherThanWaitForAReader) {
  const Pipe pipe("slow");
  LogWriter writer(pipe.path);
  writer.start();
  testing::internal::CaptureStderr();
  const std::string line = std::string(99, 'x') + "\n";
  for (int i = 0; i < 100'000; ++i) {  // 10 MB
    std::string lines = line;
    writer.hand_over(lines, 1);
  }
  writer.stop(milliseconds(50));
  const std::string said = testing::internal::GetCapturedStderr();
  std::size_t told = 0;
  const std::string lost = "that are lost: ";
  for (std::size_t at = 0; (at = said.find(lost, at)) != said.npos;) {
    at += lost.size();
    told += std::stoul(said.substr(at));
  }
  std::string text;
  std::array<char, 4096> piece{};
  for (ssize_t count = 1; count > 0; text.append(piece.data(), static_cast<std::size_t>(count))) {
    count = std::max<ssize_t>(read(pipe.reading.number(), piece.data(), piece.size()), 0);
  }
  EXPECT_EQ(text.size() % line.size(), 0U);
  EXPECT_GT(text.size(), 0U);
  EXPECT_EQ(told + text.size() / line.size(), 100'000U) << said;
  EXPECT_NE(said.find("they came faster than they could be written"), said.npos) << said;
}

TEST(LogWriter, SaysWhatItLosesWhereItsReaderIsGone) {
  std::signal(SIGPIPE, SIG_IGN);
  Pipe pipe("gone");
  LogWriter writer(pipe.path);
  pipe.reading = {};
  writer.start();
  testing::internal::CaptureStderr();
  std::string lines = "one\ntwo\n";
  writer.hand_over(lines, 2);
  writer.stop(seconds(5));
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_NE(said.find("lines of the access log " + pipe.path + " that are lost: 2 ("), said.npos)
      << said;
}

TEST(LogWriter, SaysAtTheStartWhyItCannotWrite) {
  const std::vector<std::pair<std::string, std::string>> bad = {
      {"/nowhere/at/all.log", "No such file or directory; "}, {"/", "Is a directory; "}};
  for (const auto& [path, why] : bad) {
    try {
      const LogWriter writer(path);
      FAIL() << path;
    } catch (const runtime::StartError& error) {
      EXPECT_NE(std::string(error.what()).find("cannot write the access log " + path + ": " + why),
                std::string::npos)
          << error.what();
    }
  }
}

// Which would never start, and not even hear Ctrl-C.
TEST(LogWriter, DoesNotWaitForSomebodyToReadAPipe) {
  Pipe pipe("nobody");
  pipe.reading = {};
  EXPECT_THROW(LogWriter{pipe.path}, runtime::StartError);
}

}  // namespace
}  // namespace assay
