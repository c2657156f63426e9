#include "harness/load/socket/reach.h"

#include <poll.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "harness/load/socket/readiness.h"

namespace assay::load {
namespace {

LoadError no_connection(const Target& target, std::string_view reason) {
  if (!target.unix_path.empty()) return LoadError::no_unix_server(target.unix_path, reason);
  return LoadError::unreachable(target.host, target.port, reason);
}

LoadError error_of(const TlsRefusal& refusal, const Target& target) {
  switch (refusal.cause) {
    case TlsRefusal::Cause::certificate: return LoadError::untrusted(place(target), refusal.reason);
    case TlsRefusal::Cause::no_tls: return LoadError::no_tls(place(target));
    default:
      return LoadError::no_handshake(place(target), as_s_client_takes_it(target), refusal.reason);
  }
}

Result<Stream> stream_at(const Address& address, const Target& target, const Tls* tls,
                         TimePoint deadline, const Stop* stop = nullptr) {
  Stream stream;
  if (!stream.open(address, tls)) return no_connection(target, std::strerror(errno));
  if (!is_ready(stream.number(), POLLOUT, deadline, stop))
    return no_connection(target, "it took too long");
  if (const auto refusal = stream.shake_hands(deadline, stop)) return error_of(*refusal, target);
  return stream;
}

}  // namespace

Result<Stream> standing_stream(const Target& target, const Tls* tls, nanoseconds timeout) {
  const TimePoint deadline = Clock::now() + timeout;
  const Result<Address> address = address_of(target, timeout);
  if (!address) return address.error();
  return stream_at(*address, target, tls, deadline);
}

Result<Address> reach(const Target& target, const Tls* tls, nanoseconds timeout, const Stop* stop) {
  const TimePoint deadline = Clock::now() + timeout;
  const auto is_stopped = [stop] { return stop != nullptr && stop->requested(); };
  Result<Address> address = address_of(target, timeout, stop);
  if (!address && is_stopped()) return LoadError::stopped();
  if (!address || tls == nullptr) return address;
  const Result<Stream> stream = stream_at(*address, target, tls, deadline, stop);
  if (!stream) return is_stopped() ? LoadError::stopped() : stream.error();
  return address;
}

}  // namespace assay::load
