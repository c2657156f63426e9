// Why a request is refused, with the status that says so: the peer's fault, but where it says else.
//
// An enum and no text until the reply is built. After a refusal the connection closes and nothing
// that follows on it is interpreted.
#pragma once
#include <cstdint>
#include <string_view>

namespace assay::wire {

enum class Refusal : std::uint8_t {
  none,
  malformed,              // 400
  too_slow,               // 408
  body_too_large,         // 413
  target_too_long,        // 414
  expectation_unknown,    // 417
  misdirected,            // 421: a target of https that came in the clear
  fields_too_large,       // 431
  failed,                 // 500: our own fault, with what takes the body
  not_implemented,        // 501: a transfer coding other than chunked, or CONNECT
  busy,                   // 503: no room for this connection
  unanswered,             // 503: our own fault, a reply takes too long to be made
  version_not_supported,  // 505
};

int status_of(Refusal refusal);

// The reason phrase of a status, or "Unknown" for one that has none.
std::string_view reason_of(int status);

}  // namespace assay::wire
