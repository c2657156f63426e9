// Takes the body of a request as it arrives, for handlers that do not want it whole in memory.
//
// Belongs to one request of one connection, which gives it the pieces in order, on the thread that
// drives, and destroys it when the request is answered, refused, or the peer is gone. How a body is
// cut into pieces says nothing; what a sink makes of it must not depend on that. What it throws
// answers 500 and ends the connection, as what a handler throws.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "server/wire/refusal.h"

namespace assay::wire {

class BodySink {
 public:
  virtual ~BodySink() = default;
  // Read once, before the first piece. More than this is refused with 413, at once where the head
  // says so; Limits::body_bytes does not apply.
  virtual std::uint64_t limit() const = 0;
  // Never empty, and decoded if it came in chunks. A refusal ends the request with its status.
  virtual std::optional<Refusal> take(std::string_view piece) = 0;
};

}  // namespace assay::wire
