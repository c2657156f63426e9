// How one request ended: right, or wrong in one of eight ways.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "harness/load/clock.h"

namespace assay::load {

enum class ErrorKind {
  connect,      // no connection, or none in time for a single byte of the request
  timeout,      // no whole reply in time, or hung when the measured window ended
  reset,        // the connection ended before the reply began, or was reset
  short_reply,  // the stream ended within the reply
  malformed,    // no HTTP, or more bytes than announced
  status,
  type,
  body  // a whole reply that is not the expected one
};
inline constexpr std::size_t error_kinds = 8;
std::string_view text(ErrorKind kind) noexcept;  // "connect", "short": also the names in JSON

struct Outcome {
  std::optional<ErrorKind> error;
  int status = 0;           // 0: no whole reply
  std::uint64_t bytes = 0;  // received
  nanoseconds latency{0};   // from the send, or the connect when there was one, to the last byte
  TimePoint ended;
  bool resent = false;  // the server had closed a kept connection; sent again on a new one
};

}  // namespace assay::load
