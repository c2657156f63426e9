// For tests: a peer on a blocking socket that gives up after five seconds.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/runtime/descriptor.h"

namespace assay::runtime {

class TestClient {
 public:
  explicit TestClient(std::uint16_t port);
  explicit TestClient(const std::string& unix_path);

  bool connected() const { return connected_; }
  bool sends(std::string_view text) const;  // false: the server is gone
  void sends_no_more() const;
  void read_some() const;          // a byte, so that its reply has begun
  std::string read_piece() const;  // what is here next; empty: the end
  // What came until `end` did, or the server closed.
  std::string read_to(std::string_view end) const;
  std::string read_all() const { return read_to({}); }
  // Whether the connection ended, in order or not, without a byte more.
  bool ended() const;
  void reset();  // ends the connection as a peer does that is gone
  int file() const { return file_.number(); }

 private:
  void connect_to(const void* address, std::size_t size);

  Descriptor file_;
  bool connected_ = false;
};

}  // namespace assay::runtime
