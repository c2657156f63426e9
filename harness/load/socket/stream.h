// The way to the server: a TCP or Unix socket, plain or under TLS. Never blocks, and a server that
// has gone is an error, not a signal.
//
// Belongs to one connection. `send` and `receive` answer as the system calls do: bytes, 0 for the
// end, or -1 and errno; EAGAIN also while TLS still shakes hands, which goes on with either call,
// so whoever waits to send must call again when the socket has become readable. Under TLS an end
// without its announcement is ECONNRESET: nobody knows whether what came before it was all. Any
// other fault of TLS is EPROTO. A Unix socket whose queue is full does not open: EAGAIN.
#pragma once

#include <sys/socket.h>
#include <sys/types.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "harness/load/socket/address.h"
#include "harness/load/socket/descriptor.h"
#include "harness/load/socket/socket.h"
#include "harness/load/socket/tls.h"

namespace assay::load {

class Stream {
 public:
  Stream() = default;
  Stream(Stream&&) = default;
  Stream& operator=(Stream&&) = delete;
  ~Stream() { close(); }

  // Begins to connect. `tls` may be null: plain; else it outlives the stream. False when the system
  // refused; errno says why. What was open before is closed.
  bool open(const Address& address, const Tls* tls);
  void close();  // under TLS it says so first

  bool is_open() const { return socket_.is_open(); }
  int number() const { return socket_.number(); }

  // REQUIRES: !bytes.empty(). After EAGAIN the next call begins with the same bytes.
  ssize_t send(std::string_view bytes) {
    if (session_ != nullptr) return seal(bytes);
    return ::send(socket_.number(), bytes.data(), bytes.size(), send_flags);
  }
  // REQUIRES: !buffer.empty()
  ssize_t receive(std::span<char> buffer) {
    if (session_ != nullptr) return unseal(buffer);
    return ::recv(socket_.number(), buffer.data(), buffer.size(), 0);
  }
  // After a `receive` of `received` bytes: nothing is left to read until the poller says so.
  bool is_drained(std::size_t received, std::size_t asked) const {
    return session_ != nullptr ? is_unsealed() : received < asked;
  }
  // Shakes hands before anything is sent, for who may wait: blocks until the deadline or a stop at
  // most.
  // REQUIRES: connected. Nothing: it is done, or the stream is plain.
  std::optional<TlsRefusal> shake_hands(TimePoint deadline, const Stop* stop = nullptr);

  // The socket, for who only waits until the server closes it. Says goodbye first, under TLS.
  Descriptor release();

 private:
  ssize_t seal(std::string_view bytes);
  ssize_t unseal(std::span<char> buffer);
  bool is_unsealed() const;
  ssize_t failure(int result);
  void say_goodbye();

  Descriptor socket_;
  TlsSession session_;
};

}  // namespace assay::load
