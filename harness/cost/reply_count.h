// Counts replies, and sees that each begins with 200: such as are all as long as the first one was,
// and such as differ, at the price of reading each one's head.
//
// Belongs to one connection; however the bytes are split, the count is the same. A reply of another
// length than was said shows in the next one, which then begins elsewhere, or in bytes left over.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "harness/load/reply/reply_parser.h"

namespace assay::cost {

class ReplyCount {
 public:
  // Of each reply, head and body; none: as each says. REQUIRES: not 0
  explicit ReplyCount(std::optional<std::size_t> reply_bytes);

  std::size_t in(std::string_view bytes);  // the replies that these bytes complete

  bool is_right() const noexcept { return is_right_; }  // all so far began with 200
  bool is_between() const noexcept { return offset_ == 0; }

 private:
  std::size_t in_alike(std::string_view bytes) noexcept;
  std::size_t in_different(std::string_view bytes);

  std::size_t reply_bytes_;  // 0: they differ
  load::ReplyParser parser_;
  std::size_t offset_ = 0;  // in the reply that has begun
  bool is_right_ = true;
};

}  // namespace assay::cost
