#include "harness/cost/reply_count.h"

#include <algorithm>

namespace assay::cost {
namespace {

constexpr std::string_view beginning = "HTTP/1.1 200";

}  // namespace

std::size_t ReplyCount::in(std::string_view bytes) noexcept {
  std::size_t count = 0;
  while (!bytes.empty()) {
    if (offset_ < beginning.size()) {
      const std::string_view awaited = beginning.substr(offset_, bytes.size());
      is_right_ = is_right_ && bytes.starts_with(awaited);
    }
    const std::size_t taken = std::min(reply_bytes_ - offset_, bytes.size());
    bytes.remove_prefix(taken);
    offset_ += taken;
    if (offset_ < reply_bytes_) continue;
    offset_ = 0;
    ++count;
  }
  return count;
}

}  // namespace assay::cost
