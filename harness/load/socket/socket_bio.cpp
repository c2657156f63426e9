#include "harness/load/socket/socket_bio.h"

#include <sys/socket.h>

#include <cerrno>
#include <memory>
#include <new>

#include <openssl/bio.h>
#include <openssl/ssl.h>

#include "harness/load/socket/socket.h"

namespace assay::load {
namespace {

constexpr unsigned char first_record_type = 20;  // RFC 8446, 5.1
constexpr unsigned char last_record_type = 23;

SocketState& state_of(BIO* bio) { return *static_cast<SocketState*>(BIO_get_data(bio)); }

// macOS answers a call on a socket that is still connecting with ENOTCONN, Linux with EAGAIN.
bool is_not_yet(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == ENOTCONN || error == EINTR;
}

void hear(SocketState& state, unsigned char first) {
  if (!state.is_silent) return;
  state.is_silent = false;
  state.sounds_like_tls = first >= first_record_type && first <= last_record_type;
}

int read(BIO* bio, char* to, int most) {
  SocketState& state = state_of(bio);
  BIO_clear_retry_flags(bio);
  const ssize_t count = recv(state.socket, to, static_cast<std::size_t>(most), 0);
  state.is_drained = count < most;
  if (count > 0) hear(state, static_cast<unsigned char>(*to));
  if (count < 0 && is_not_yet(errno)) BIO_set_retry_read(bio);
  state.error = count < 0 ? errno : 0;
  return static_cast<int>(count);
}

int write(BIO* bio, const char* from, int size) {
  SocketState& state = state_of(bio);
  BIO_clear_retry_flags(bio);
  const ssize_t count = send(state.socket, from, static_cast<std::size_t>(size), send_flags);
  if (count < 0 && is_not_yet(errno)) BIO_set_retry_write(bio);
  state.error = count < 0 ? errno : 0;
  return static_cast<int>(count);
}

long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

int destroy(BIO* bio) {
  delete static_cast<SocketState*>(BIO_get_data(bio));
  return 1;
}

const BIO_METHOD* make_method() {
  const int type = BIO_get_new_index() | BIO_TYPE_SOURCE_SINK;
  BIO_METHOD* const method = BIO_meth_new(type, "socket without signals");
  if (method == nullptr) return nullptr;
  BIO_meth_set_read(method, &read);
  BIO_meth_set_write(method, &write);
  BIO_meth_set_ctrl(method, &control);
  BIO_meth_set_destroy(method, &destroy);
  return method;
}

}  // namespace

bio_st* new_socket_bio(int socket) {
  static const BIO_METHOD* const method = make_method();  // until the process ends
  BIO* const bio = method == nullptr ? nullptr : BIO_new(method);
  if (bio == nullptr) return nullptr;
  BIO_set_data(bio, new SocketState{.socket = socket});
  BIO_set_init(bio, 1);
  return bio;
}

const SocketState& socket_state(const ssl_st& session) { return state_of(SSL_get_rbio(&session)); }

}  // namespace assay::load
