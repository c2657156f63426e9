// Where an operation of a test waits until the test lets it pass.
#pragma once
#include <latch>

namespace assay::storage {

class Gate {
 public:
  void pass() {
    reached_.count_down();
    open_.wait();
  }
  void wait_until_reached() { reached_.wait(); }
  void open() { open_.count_down(); }

 private:
  std::latch reached_{1};
  std::latch open_{1};
};

}  // namespace assay::storage
