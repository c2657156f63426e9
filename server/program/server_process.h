// For tests: a server in a process of its own, on a free port.
//
// `serve` runs in the new process and returns its exit status; it calls what it is given when its
// listeners are ready. What the test shares with it, pipes or memory, it makes before. Ends the
// process, if it still runs, when it goes. REQUIRES: one thread when it is made
#pragma once
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>

#include "server/program/serving.h"
#include "server/runtime/settings.h"
#include "server/wire/connection.h"

namespace assay {

class ServerProcess {
 public:
  using WhenReady = std::function<void(const runtime::Listeners&)>;

  explicit ServerProcess(const std::function<int(const WhenReady&)>& serve);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  // Waits for the end; the exit status, or minus the signal that ended it.
  int wait();
  void signal(int number) const;
  int end(int number) {
    signal(number);
    return wait();
  }
  std::uint16_t port() const { return port_; }
  // Of it and the processes that it has started; 0 where the system does not tell.
  std::size_t open_files() const;

 private:
  pid_t id_ = 0;
  std::uint16_t port_ = 0;
};

// A new H under one model.
template <class H>
std::function<int(const ServerProcess::WhenReady&)> serving(const runtime::Settings& settings) {
  return [&settings](const ServerProcess::WhenReady& when_ready) {
    H handler;
    return serve(settings, handler, when_ready);
  };
}

}  // namespace assay
