// A connection for tests, with nothing between the test and the bytes. Waits for what it is told to
// expect, and gives up after ten seconds. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "harness/load/socket/descriptor.h"

namespace assay::truth {

class PlainClient {
 public:
  explicit PlainClient(std::uint16_t port);

  void send(std::string_view bytes);
  std::string receive(std::size_t bytes);  // fewer when the connection ends before them
  bool is_closed();                        // the peer ends the connection, in order
  bool is_reset();                         // the peer breaks it
  bool has_bytes();                        // right now
  void close() { socket_.close(); }

 private:
  bool is_ready(short what) const;

  load::Descriptor socket_;
};

}  // namespace assay::truth
