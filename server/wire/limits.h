// What one connection may cost, and how its replies leave. Plain data, read by every thread.
#pragma once
#include <cstddef>
#include <cstdint>

namespace assay::wire {

struct Limits {
  std::size_t head_bytes = 16 * 1024;      // request line and fields together
  std::size_t fields = 100;                // at most RequestHead::field_limit; as many trailers
  std::size_t target_bytes = 8 * 1024;     //
  std::uint64_t body_bytes = 1024 * 1024;  // after decoding, if it came in chunks
  std::size_t extension_bytes = 4096;      // of all chunks of one body
  std::size_t trailer_bytes = 4096;        //
  std::size_t output_bytes = 256 * 1024;   // unwritten, before the next request has to wait
  std::uint64_t requests = 0;              // on one connection; 0: as many as it likes
  bool keep_alive = true;                  // false: every reply ends its connection
  bool secure = false;                     // inside TLS, where a target may be one of https
  bool split_write = false;                // head and body leave in two writes, as some servers do
  bool reports = false;                    // the handler hears of each reply
};

}  // namespace assay::wire
