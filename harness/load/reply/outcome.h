// How one request ended: right, or wrong in one of nine ways. A plain value.
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
  reset,        // the connection ended before the reply began
  short_reply,  // it ended within the reply, however
  malformed,    // no HTTP, or more bytes than announced
  status,
  type,
  body,   // a whole reply that is not the expected one
  unsent  // due, but no connection was free for it in time
};
inline constexpr std::size_t error_kinds = 9;
std::string_view text(ErrorKind kind) noexcept;  // "connect", "short": also the names in JSON

struct Outcome {
  std::optional<ErrorKind> error;
  int status = 0;           // 0: no whole reply
  std::uint32_t part = 0;   // of the mix: which request it was
  std::uint64_t bytes = 0;  // received
  TimePoint due;            // when it was to be sent; in a closed loop when it was
  TimePoint ready;          // when it was due and a connection was free for it
  TimePoint sent;           // or when its connection was begun, if it needed a new one
  TimePoint first_byte;     // of its reply, if any came
  TimePoint ended;
  bool closed = false;  // the server ends the connection with it, which was to be kept
  bool resent = false;  // the server had closed a kept connection; sent again on a new one

  nanoseconds latency() const { return ended - due; }
  nanoseconds wire_latency() const { return ended - sent; }
  nanoseconds lag() const { return sent - due; }
  nanoseconds pacing() const { return sent - ready; }
  nanoseconds first_byte_latency() const { return first_byte - sent; }
};

// Whether its latency is known: a reply that came, or the time after which it was given up. Leaving
// those out would reward a server for what it never answered.
inline bool is_timed(const Outcome& outcome) {
  return outcome.status != 0 || outcome.error == ErrorKind::timeout ||
         outcome.error == ErrorKind::unsent;
}

}  // namespace assay::load
