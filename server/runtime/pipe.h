// Both ends of a pipe, closed in a process that is started from this one by name.
#pragma once
#include "server/runtime/descriptor.h"

namespace assay::runtime {

struct Pipe {
  Pipe();  // throws StartError

  Descriptor reading;
  Descriptor writing;
};

}  // namespace assay::runtime
