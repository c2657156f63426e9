// How long the writer waits for more before it begins, so that clients that wait for their outcome
// and then write again meet in one transaction, and are not one alone and all others behind it.
//
// Learns from the last transaction: as many as were in it, or had come when it ended, may well come
// again. A single client is never waited for.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>

namespace assay::storage {

class Linger {
 public:
  using Duration = std::chrono::steady_clock::duration;

  explicit Linger(Duration most) : most_(most) {}

  // How many are expected. One: there is nothing to wait for.
  std::size_t expected() const { return expected_; }
  Duration limit() const { return limit_; }

  // A transaction of `size` operations took so long; `waiting` more have come by then.
  void learn(std::size_t size, std::size_t waiting, Duration took) {
    expected_ = std::max<std::size_t>(1, std::max(size, waiting));
    limit_ = std::min(most_, took / 2);
  }

 private:
  Duration most_;
  Duration limit_{};
  std::size_t expected_ = 1;
};

}  // namespace assay::storage
