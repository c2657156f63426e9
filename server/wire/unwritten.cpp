#include "server/wire/unwritten.h"

#include <algorithm>

namespace assay::wire {
namespace {

// What one large reply needed is not kept for the life of a thread.
void clear(std::string& buffer) {
  constexpr std::size_t kept_bytes = 1024 * 1024;
  buffer.clear();
  if (buffer.capacity() > kept_bytes) std::string().swap(buffer);
}

}  // namespace

void Unwritten::take(ReplyBuffers& buffers, std::size_t written) {
  if (written < buffers.output.size() + buffers.tail.size()) {
    const std::size_t of_first = std::min(written, buffers.output.size());
    first_.assign(buffers.output, of_first);
    if (!buffers.tail.empty()) second_.swap(buffers.tail);
    written_ = written - of_first;
  }
  clear(buffers.output);
  clear(buffers.tail);
  clear(buffers.body);
  buffers.split_at = 0;
}

void Unwritten::wrote(std::size_t bytes) {
  written_ += bytes;
  if (written_ < first_.size() + second_.size()) return;
  std::string().swap(first_);
  std::string().swap(second_);
  written_ = 0;
}

Output Unwritten::output() const {
  const std::size_t of_first = std::min(written_, first_.size());
  return {std::string_view(first_).substr(of_first),
          std::string_view(second_).substr(written_ - of_first)};
}

}  // namespace assay::wire
