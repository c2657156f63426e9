// Counts replies that are all as long as the first one was, and sees that each begins with 200.
//
// Belongs to one connection; however the bytes are split, the count is the same. A reply of another
// length shows in the next one, which then begins elsewhere, or in bytes that are left over.
#pragma once

#include <cstddef>
#include <string_view>

namespace assay::cost {

class ReplyCount {
 public:
  explicit ReplyCount(std::size_t reply_bytes) : reply_bytes_(reply_bytes) {}  // REQUIRES: > 0

  std::size_t in(std::string_view bytes) noexcept;  // the replies that these bytes complete

  bool is_right() const noexcept { return is_right_; }  // all so far began with 200
  bool is_between() const noexcept { return offset_ == 0; }

 private:
  std::size_t reply_bytes_;
  std::size_t offset_ = 0;  // in the reply that has begun
  bool is_right_ = true;
};

}  // namespace assay::cost
