// For tests: what is put in on one side of a fork, one byte at a time, and waited for on the other.
//
// Made before the fork. Any thread of any of the processes.
#pragma once
#include <poll.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <stdexcept>

#include "server/runtime/descriptor.h"

namespace assay {

class WakePipe {
 public:
  WakePipe() {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    out_ = runtime::Descriptor(ends[0]);
    in_ = runtime::Descriptor(ends[1]);
  }
  // A plain value of a few bytes; they stay together.
  template <class T>
  void put(const T& value) const {
    if (write(in_.number(), &value, sizeof value) != sizeof value) _exit(3);
  }
  // Nothing: none came in ten seconds.
  template <class T>
  std::optional<T> take() const {
    pollfd file{out_.number(), POLLIN, 0};
    T value{};
    if (poll(&file, 1, 10'000) != 1) return std::nullopt;
    if (read(out_.number(), &value, sizeof value) != sizeof value) return std::nullopt;
    return value;
  }
  void ring() const { put('.'); }
  bool is_rung() const { return take<char>().has_value(); }

 private:
  runtime::Descriptor out_;
  runtime::Descriptor in_;
};

}  // namespace assay
