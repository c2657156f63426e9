// For as long as it lives, a pipe whose reader has gone is an error of the write and not the end of
// the program. One at a time in a process, since signals belong to all of it.
#pragma once

#include <csignal>

namespace assay::agents {

class QuietPipes {
 public:
  QuietPipes() {
    struct sigaction ignored{};
    ignored.sa_handler = SIG_IGN;
    sigemptyset(&ignored.sa_mask);
    sigaction(SIGPIPE, &ignored, &previous_);
  }
  ~QuietPipes() { sigaction(SIGPIPE, &previous_, nullptr); }
  QuietPipes(const QuietPipes&) = delete;
  QuietPipes& operator=(const QuietPipes&) = delete;

 private:
  struct sigaction previous_{};
};

}  // namespace assay::agents
