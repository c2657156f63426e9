// Several listeners of one port: whether they get connections in equal shares, by system, and the
// socket option that allows them, for which Asio has no public type. Plain values; any thread.
#pragma once
#include <sys/socket.h>

#include <cstddef>

namespace assay::runtime {

extern const bool listeners_share_a_port;

// Meets Asio's requirements of a SettableSocketOption.
class ReusePort {
 public:
  template <class Protocol>
  int level(const Protocol&) const {
    return SOL_SOCKET;
  }
  template <class Protocol>
  int name(const Protocol&) const {
    return SO_REUSEPORT;
  }
  template <class Protocol>
  const void* data(const Protocol&) const {
    return &on_;
  }
  template <class Protocol>
  std::size_t size(const Protocol&) const {
    return sizeof on_;
  }

 private:
  int on_ = 1;
};

}  // namespace assay::runtime
