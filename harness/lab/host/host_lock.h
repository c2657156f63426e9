// Only one run measures on a host at a time: two would measure each other.
//
// Held from `take` until it goes out of scope, or the process ends, however it ends.
#pragma once
#include "harness/lab/lab_error.h"
#include "harness/load/socket/descriptor.h"

namespace assay::lab {

class HostLock {
 public:
  static Result<HostLock> take();

 private:
  explicit HostLock(load::Descriptor file) : file_(std::move(file)) {}

  load::Descriptor file_;
};

}  // namespace assay::lab
