// For tests: a process that does something over and over until the object goes out of scope, such
// as computing beside a trial or stopping the client.
#pragma once
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

namespace assay::lab {

class Intruder {
 public:
  // Of no group, session or parent of ours, if `is_foreign`; else it counts as the laboratory's
  // own. `act` is called in it, after a fork: no locks, no allocation that another thread may hold.
  Intruder(bool is_foreign, const std::function<void(pid_t laboratory)>& act) {
    int ends[2] = {-1, -1};
    if (pipe(ends) != 0) return;
    const pid_t laboratory = getpid();
    const pid_t child = fork();
    if (child == 0) {
      if (is_foreign && (setsid() < 0 || fork() != 0)) _exit(0);
      alarm(60);  // should the test be killed
      const pid_t own = getpid();
      if (write(ends[1], &own, sizeof own) != sizeof own) _exit(1);
      while (true) act(laboratory);
    }
    if (read(ends[0], &process_, sizeof process_) != sizeof process_) process_ = -1;
    close(ends[0]);
    close(ends[1]);
    if (is_foreign) {
      waitpid(child, nullptr, 0);
    } else {
      child_ = child;
    }
  }
  ~Intruder() {
    if (process_ > 0) kill(process_, SIGKILL);
    if (child_ > 0) waitpid(child_, nullptr, 0);
  }
  Intruder(const Intruder&) = delete;
  Intruder& operator=(const Intruder&) = delete;

 private:
  pid_t process_ = -1;
  pid_t child_ = -1;
};

}  // namespace assay::lab
