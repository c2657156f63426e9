// The one reply of the floor, and a run of its copies to answer many requests in one send.
//
// Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::truth {

std::string floor_reply(std::string_view body, bool says_close);

class ReplyRun {
 public:
  explicit ReplyRun(std::string_view reply);

  std::size_t reply_bytes() const noexcept { return reply_bytes_; }
  // The bytes to send when `owed` bytes are left of some number of whole replies: as many as there
  // are in one piece. REQUIRES: owed > 0.
  std::string_view next(std::uint64_t owed) const noexcept;

 private:
  std::size_t reply_bytes_;
  std::string copies_;
};

}  // namespace assay::truth
