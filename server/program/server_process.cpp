#include "server/program/server_process.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace assay {

ServerProcess::ServerProcess(const std::function<int(const WhenReady&)>& serve) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  id_ = fork();
  if (id_ == 0) {
    _exit(serve([&ends](const runtime::Listeners& listeners) {
      const std::uint16_t port = listeners.port();
      if (write(ends[1], &port, sizeof port) != sizeof port) _exit(3);
    }));
  }
  close(ends[1]);
  if (read(ends[0], &port_, sizeof port_) != sizeof port_) ADD_FAILURE() << "did not start";
  close(ends[0]);
}

ServerProcess::~ServerProcess() {
  if (id_ > 0) end(SIGKILL);
}

std::size_t ServerProcess::open_files() const {
  namespace fs = std::filesystem;
  std::vector<std::string> processes = {std::to_string(id_)};
  std::ifstream children("/proc/" + processes[0] + "/task/" + processes[0] + "/children");
  for (std::string child; children >> child;) processes.push_back(child);
  std::size_t count = 0;
  for (const std::string& process : processes) {
    std::error_code error;
    const fs::directory_iterator files("/proc/" + process + "/fd", error);
    if (!error) count += static_cast<std::size_t>(std::distance(files, fs::directory_iterator()));
  }
  return count;
}

void ServerProcess::signal(int number) const { kill(id_, number); }

int ServerProcess::wait() {
  int status = 0;
  waitpid(std::exchange(id_, 0), &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace assay
