#include "server/program/log_writer.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
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
struct NamedPipe {
  explicit NamedPipe(const char* name) : path(path_of(name)) {
    EXPECT_EQ(mkfifo(path.c_str(), 0600), 0);
    reading = runtime::Descriptor(open(path.c_str(), O_RDONLY | O_NONBLOCK));
  }
  ~NamedPipe() { unlink(path.c_str()); }
  NamedPipe(const NamedPipe&) = delete;
  NamedPipe& operator=(const NamedPipe&) = delete;
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

// What the warnings in `said` add up to.
std::size_t lost_in(const std::string& said) {
  const std::string lost = "that are lost: ";
  std::size_t lines = 0;
  for (std::size_t at = 0; (at = said.find(lost, at)) != said.npos;) {
    at += lost.size();
    lines += std::stoul(said.substr(at));
  }
  return lines;
}

// As much as is there, up to that.
std::string taken_from(const NamedPipe& pipe, std::size_t most = std::string::npos) {
  std::string text;
  std::array<char, 4096> piece{};
  while (text.size() < most) {
    const ssize_t count = read(pipe.reading.number(), piece.data(), piece.size());
    if (count <= 0) break;
    text.append(piece.data(), static_cast<std::size_t>(count));
  }
  return text;
}

const std::string hundred_bytes = std::string(99, 'x') + "\n";

void hand_over(LogWriter& writer, int lines) {
  for (int i = 0; i < lines; ++i) {
    std::string line = hundred_bytes;
    writer.hand_over(line, 1);
  }
}

// Whoever answers goes on; what is lost is counted, and what came before is whole.
TEST(LogWriter, LosesLinesRatherThanWaitForAReader) {
  const NamedPipe pipe("slow");
  LogWriter writer(pipe.path);
  writer.start();
  testing::internal::CaptureStderr();
  hand_over(writer, 100'000);  // 10 MB
  writer.stop(milliseconds(50));
  const std::string said = testing::internal::GetCapturedStderr();
  const std::string text = taken_from(pipe);
  EXPECT_EQ(text.size() % hundred_bytes.size(), 0U);
  EXPECT_GT(text.size(), 0U);
  EXPECT_EQ(lost_in(said) + text.size() / hundred_bytes.size(), 100'000U) << said;
  EXPECT_NE(said.find("they came faster than they could be written"), said.npos) << said;
}

// One that always takes a little would else hold up the end for as long as there are lines.
TEST(LogWriter, EndsInTimeThoughAReaderTakesThemSlowly) {
  const NamedPipe pipe("trickle");
  LogWriter writer(pipe.path);
  writer.start();
  testing::internal::CaptureStderr();
  hand_over(writer, 20'000);  // 2 MB
  std::atomic<bool> ended = false;
  std::string text;
  std::thread reader([&] {
    while (!ended) {
      text += taken_from(pipe, 4096);
      std::this_thread::sleep_for(milliseconds(10));
    }
  });
  writer.stop(milliseconds(100));
  ended = true;
  reader.join();
  const std::string said = testing::internal::GetCapturedStderr();
  text += taken_from(pipe);
  EXPECT_GT(lost_in(said), 0U);
  EXPECT_EQ(lost_in(said) + text.size() / hundred_bytes.size(), 20'000U) << said;
}

// As where a disk is full for a while.
TEST(LogWriter, BeginsANewLineBehindOneThatWasCutOff) {
  std::signal(SIGXFSZ, SIG_IGN);
  const std::string path = path_of("full");
  rlimit usual{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &usual), 0);
  LogWriter writer(path);
  writer.start();
  testing::internal::CaptureStderr();
  const rlimit little{150, usual.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &little), 0);
  hand_over(writer, 3);
  for (int i = 0; i < 500 && text_of(path).size() < 150; ++i) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  std::this_thread::sleep_for(milliseconds(100));  // it tries the rest
  setrlimit(RLIMIT_FSIZE, &usual);
  hand_over(writer, 1);
  writer.stop(seconds(5));
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_EQ(text_of(path), hundred_bytes + std::string(50, 'x') + "\n" + hundred_bytes);
  EXPECT_EQ(lost_in(said), 2U) << said;
  unlink(path.c_str());
}

TEST(LogWriter, SaysWhatItLosesWhereItsReaderIsGone) {
  std::signal(SIGPIPE, SIG_IGN);
  NamedPipe pipe("gone");
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
  NamedPipe pipe("nobody");
  pipe.reading = {};
  EXPECT_THROW(LogWriter{pipe.path}, runtime::StartError);
}

}  // namespace
}  // namespace assay
