// A server under test: started in a process group of its own, what it says kept, ended for good.
//
// Belongs to one thread. The destructor ends the whole group, and what has left it (Linux), so no
// server outlives its trial; when the laboratory itself is killed, a keeper ends it.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/lab/lab_error.h"
#include "harness/lab/trial/group_keeper.h"

namespace assay::lab {

struct Launch {
  std::vector<std::string> command;
  std::vector<std::pair<std::string, std::string>> variables;
  std::filesystem::path folder;  // where it runs
  std::filesystem::path log;     // its standard error; its output goes nowhere, as in the documents
  std::vector<unsigned> cores = {};  // that it may use; none: all. Linux; macOS has no such call
};

class ServerProcess {
 public:
  static Result<ServerProcess> start(const Launch& launch);
  ServerProcess(ServerProcess&& other) noexcept;
  ServerProcess& operator=(ServerProcess&& other) = delete;
  ~ServerProcess();

  pid_t group() const { return pid_; }
  // How it ended: "ended with status 1", "was ended by signal 9"; nothing while it runs.
  std::optional<std::string> ended();
  // SIGTERM, five seconds, then SIGKILL, to the whole group.
  void stop();

 private:
  ServerProcess(pid_t pid, std::string mark, GroupKeeper keeper)
      : pid_(pid), mark_(std::move(mark)), keeper_(std::move(keeper)) {}

  pid_t pid_ = -1;
  std::string mark_;  // a variable in the environment of all that the server starts
  GroupKeeper keeper_;
};

// What a server said, fit for a terminal: control characters could move its cursor.
std::string printable(std::string text);

// The last line of a log that says something, for a reason; empty when there is none.
std::string last_line(const std::filesystem::path& log);

}  // namespace assay::lab
