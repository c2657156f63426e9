// TLS on the client's side: what all connections of a job share, and the session of one.
//
// TLS 1.2 and later, http/1.1 by ALPN, the host's name by SNI. Each session shakes hands in full:
// none is resumed, or a new connection would cost what an old one has paid for. Immutable after
// `of`; any thread. A session belongs to one connection.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "harness/load/clock.h"
#include "harness/load/load_error.h"
#include "harness/load/socket/target.h"
#include "harness/load/stop.h"

struct ssl_st;
struct ssl_ctx_st;

namespace assay::load {

struct EndSession {
  void operator()(ssl_st* session) const noexcept;
};
using TlsSession = std::unique_ptr<ssl_st, EndSession>;  // null: plain

class Tls {
 public:
  // `host`: whose name, or address, the certificate must bear. Refuses authorities that cannot be
  // read.
  static Result<std::unique_ptr<Tls>> of(const TlsChoice& choice, const std::string& host);

  // Not yet shaken hands; null when there is no memory. The socket stays the caller's.
  TlsSession session(int socket) const;

 private:
  struct FreeContext {
    void operator()(ssl_ctx_st* context) const noexcept;
  };
  Tls() = default;

  std::unique_ptr<ssl_ctx_st, FreeContext> context_;
  std::string server_name_;  // empty for an address, which SNI does not carry (RFC 6066, 3)
};

// Why hands were not shaken.
struct TlsRefusal {
  enum class Cause {
    certificate,  // it is not trusted, not of this host, or not of today
    no_tls,       // what answers speaks something else
    handshake     // no agreement, or the connection ended
  };
  Cause cause = Cause::handshake;
  std::string reason;  // "self-signed certificate"
};

// Shakes hands at a connected socket; blocks until the deadline or a stop at most. Nothing: it is
// done.
std::optional<TlsRefusal> shake_hands(ssl_st& session, TimePoint deadline,
                                      const Stop* stop = nullptr);

}  // namespace assay::load
