// How OpenSSL gets at a socket of ours: by the system calls of a plain connection, so that a server
// that has gone is an error and not a SIGPIPE, which OpenSSL's own socket BIO does not prevent.
//
// Belongs to the session that it was given to, and ends with it. Does not own the socket.
#pragma once

struct bio_st;
struct ssl_st;

namespace assay::load {

// What has been seen at the socket of a session.
struct SocketState {
  int socket = -1;
  int error = 0;                // errno of the last call that broke the connection; 0: it ended
  bool is_drained = false;      // the last read got all that was there
  bool sounds_like_tls = true;  // its first byte is that of a record
  bool is_silent = true;        // nothing was read so far
};

bio_st* new_socket_bio(int socket);  // null when there is no memory
const SocketState& socket_state(const ssl_st& session);

}  // namespace assay::load
