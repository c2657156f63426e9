// Output of a connection that its socket did not take at once, until it does.
//
// Belongs to one Connection. Holds memory only while something is unwritten.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "server/wire/reply_buffers.h"

namespace assay::wire {

// What is to be written next, in this order: two pieces, so that a large body is never copied.
struct Output {
  std::string_view first;
  std::string_view second;
  std::size_t size() const { return first.size() + second.size(); }
};

class Unwritten {
 public:
  // Empties `buffers`, of which `written` bytes are gone already.
  void take(ReplyBuffers& buffers, std::size_t written);
  void wrote(std::size_t bytes);
  Output output() const;

 private:
  std::string first_;
  std::string second_;
  std::size_t written_ = 0;
};

}  // namespace assay::wire
