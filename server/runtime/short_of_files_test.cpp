// Models where a process may open no more files.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/runtime/test_server.h"

namespace assay::runtime {
namespace {

// A server in a process of its own, which may open only a few more files than it has.
class ShortOfFiles {
 public:
  ShortOfFiles(const Settings& settings, std::size_t more) {
    std::array<int, 2> to_us{};
    std::array<int, 2> to_it{};
    EXPECT_EQ(pipe(to_us.data()) + pipe(to_it.data()), 0);
    process_ = fork();
    if (process_ == 0) {
      close(to_it[1]);
      serve(settings, more, to_us[1], to_it[0]);
    }
    close(to_us[1]);
    close(to_it[0]);
    EXPECT_EQ(read(to_us[0], &port_, sizeof port_), static_cast<ssize_t>(sizeof port_));
    close(to_us[0]);
    end_ = Descriptor(to_it[1]);
  }
  ~ShortOfFiles() { cpu_seconds(); }
  ShortOfFiles(const ShortOfFiles&) = delete;
  ShortOfFiles& operator=(const ShortOfFiles&) = delete;

  std::uint16_t port() const { return port_; }
  // Ends it; what it took in its life.
  double cpu_seconds() {
    end_.close();
    rusage usage{};
    int status = 0;
    if (process_ > 0) wait4(std::exchange(process_, 0), &status, 0, &usage);
    EXPECT_EQ(status, 0);
    const timeval& user = usage.ru_utime;
    const timeval& system = usage.ru_stime;
    return static_cast<double>(user.tv_sec + system.tv_sec) +
           static_cast<double>(user.tv_usec + system.tv_usec) / 1e6;
  }

 private:
  // Until the other end of `end` is closed.
  [[noreturn]] static void serve(const Settings& settings, std::size_t more, int ready, int end) {
    {
      const TestServer server(settings);
      rlimit files{};
      getrlimit(RLIMIT_NOFILE, &files);
      std::vector<Descriptor> free(more);
      for (Descriptor& file : free) file = Descriptor(dup(end));
      files.rlim_cur = static_cast<rlim_t>(free.back().number()) + 1;
      free.clear();
      setrlimit(RLIMIT_NOFILE, &files);
      const std::uint16_t port = server.port();
      char byte = 0;
      if (write(ready, &port, sizeof port) < 0 || read(end, &byte, 1) < 0) std::_Exit(1);
    }
    std::_Exit(0);
  }

  pid_t process_ = 0;
  std::uint16_t port_ = 0;
  Descriptor end_;
};

class ShortOfFilesTest : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(Models, ShortOfFilesTest, testing::Values(Model::loop, Model::thread));

TEST_P(ShortOfFilesTest, EndsIdleConnectionsForNewOnes) {
  Settings settings = with(GetParam());
  settings.workers = 1;
  ShortOfFiles server(settings, 3);
  std::vector<std::unique_ptr<TestClient>> clients;
  for (int i = 0; i < 10; ++i) {
    clients.push_back(std::make_unique<TestClient>(server.port()));
    EXPECT_TRUE(answers(*clients.back(), "/a")) << i;
  }
  EXPECT_TRUE(clients.front()->ended());
  EXPECT_LT(server.cpu_seconds(), 0.5);
}

TEST(PinnedServer, WaitsForFilesInPeace) {
  Settings settings = with(Model::pinned);
  settings.workers = 6;
  ShortOfFiles server(settings, 2);
  std::array<std::unique_ptr<TestClient>, 4> clients;
  for (auto& client : clients) client = std::make_unique<TestClient>(server.port());
  EXPECT_TRUE(answers(*clients[0], "/a"));
  EXPECT_TRUE(answers(*clients[1], "/a"));
  std::this_thread::sleep_for(std::chrono::seconds(1));
  clients[0].reset();
  clients[1].reset();
  EXPECT_TRUE(answers(*clients[2], "/b"));
  EXPECT_TRUE(answers(*clients[3], "/b"));
  EXPECT_LT(server.cpu_seconds(), 0.5);
}

}  // namespace
}  // namespace assay::runtime
