// What a thread needs to drive connections, and lends to each of them in turn.
#pragma once
#include <array>
#include <cstddef>

#include "server/wire/reply_buffers.h"

namespace assay::runtime {

struct Workspace {
  wire::ReplyBuffers replies;
  std::array<char, std::size_t{64} * 1024> input;  // what was last read
};

}  // namespace assay::runtime
