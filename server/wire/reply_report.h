// What is told of each reply whose head was built, also of a refusal: for logs. Where the limits
// ask for it; the views end with the call.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace assay::wire {

struct ReplyReport {
  std::string_view peer;  // as the driver calls it
  // As it was sent, without its end. Of one that was refused perhaps a part, or nothing; any bytes.
  std::string_view request_line;
  int status = 0;
  std::optional<std::uint64_t> body_bytes;  // none: a stream, of which nobody knows yet
};

}  // namespace assay::wire
