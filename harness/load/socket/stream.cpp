#include "harness/load/socket/stream.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "harness/load/socket/socket_bio.h"

namespace assay::load {
namespace {

int size_for_openssl(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, INT_MAX));
}

}  // namespace

bool Stream::open(const Address& address, const Tls* tls) {
  close();
  Descriptor socket = open_stream_socket(address.family());
  if (!socket.is_open()) return false;
  const int started = connect(socket.number(), address.get(), address.length);
  if (started != 0 && errno != EINPROGRESS) return false;
  if (tls != nullptr) {
    session_ = tls->session(socket.number());
    errno = ENOMEM;
    if (session_ == nullptr) return false;
  }
  socket_ = std::move(socket);
  return true;
}

void Stream::close() {
  say_goodbye();
  socket_.close();
}

Descriptor Stream::release() {
  say_goodbye();
  return std::exchange(socket_, Descriptor());
}

std::optional<TlsRefusal> Stream::shake_hands(TimePoint deadline, const Stop* stop) {
  if (session_ == nullptr) return std::nullopt;
  return load::shake_hands(*session_, deadline, stop);
}

ssize_t Stream::seal(std::string_view bytes) {
  ERR_clear_error();  // SSL_get_error looks at what others left on this thread
  const int count = SSL_write(session_.get(), bytes.data(), size_for_openssl(bytes.size()));
  if (count > 0) return count;
  const ssize_t answer = failure(count);
  if (answer == 0) errno = EPIPE;  // the server ended while hands were shaken: nothing was sent
  return -1;
}

ssize_t Stream::unseal(std::span<char> buffer) {
  ERR_clear_error();
  const int count = SSL_read(session_.get(), buffer.data(), size_for_openssl(buffer.size()));
  return count > 0 ? count : failure(count);
}

bool Stream::is_unsealed() const {
  return socket_state(*session_).is_drained && SSL_has_pending(session_.get()) == 0;
}

// What a call of OpenSSL came to that moved no byte: 0, or -1 and errno.
ssize_t Stream::failure(int result) {
  const int error = SSL_get_error(session_.get(), result);
  if (error == SSL_ERROR_ZERO_RETURN) return 0;
  const int broken = socket_state(*session_).error;
  ERR_clear_error();
  if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
    errno = EAGAIN;
  } else if (error == SSL_ERROR_SYSCALL) {
    errno = broken != 0 ? broken : ECONNRESET;
  } else {
    errno = EPROTO;
  }
  return -1;
}

// Fails where hands were not shaken or the session broke; there is nothing to say then.
void Stream::say_goodbye() {
  if (session_ == nullptr) return;
  SSL_shutdown(session_.get());
  ERR_clear_error();
  session_.reset();
}

}  // namespace assay::load
