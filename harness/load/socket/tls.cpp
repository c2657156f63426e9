#include "harness/load/socket/tls.h"

#include <arpa/inet.h>
#include <poll.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <utility>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "harness/load/socket/readiness.h"
#include "harness/load/socket/socket_bio.h"

namespace assay::load {
namespace {

// As certificates and SNI write it: no zone of an IPv6 address, no dot at the end of a name.
std::string bare(const std::string& host) {
  std::string name = host.substr(0, host.find('%'));
  if (name.size() > 1 && name.back() == '.') name.pop_back();
  return name;
}

bool is_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> bytes;
  return inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

// Why the context cannot trust who the file names; empty: it does.
std::string trust(SSL_CTX* context, const std::string& authorities) {
  if (authorities.empty()) {
    SSL_CTX_set_default_verify_paths(context);
    return {};
  }
  if (std::filesystem::is_directory(authorities)) return "a directory";
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(authorities.c_str(), "rb"),
                                                   &std::fclose);
  if (file == nullptr) return std::strerror(errno);  // OpenSSL would not say why
  if (SSL_CTX_load_verify_file(context, authorities.c_str()) == 1) return {};
  ERR_clear_error();
  return "it holds no certificate in PEM";
}

void demand(SSL_CTX* context, const std::string& name) {
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  X509_VERIFY_PARAM* const wanted = SSL_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  if (is_address(name)) {
    X509_VERIFY_PARAM_set1_ip_asc(wanted, name.c_str());
  } else {
    X509_VERIFY_PARAM_set1_host(wanted, name.data(), name.size());
  }
}

void set_up(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  // A request goes on from where it was, wherever its bytes lie by then. Thousands of connections
  // would each hold 33 KiB of buffers that are cold when their turn comes.
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_read_ahead(context, 1);  // else each record costs two calls: its head, and the rest
  static constexpr std::array<unsigned char, 9> http_1_1{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  SSL_CTX_set_alpn_protos(context, http_1_1.data(), http_1_1.size());
}

std::string reason_of(unsigned long fault) {
  const char* const text = ERR_reason_error_string(fault);
  return text == nullptr ? "no reason was given" : text;
}

TlsRefusal refusal_of(const ssl_st& session, int error) {
  using Cause = TlsRefusal::Cause;
  const unsigned long fault = ERR_peek_error();
  const long verdict = SSL_get_verify_result(&session);
  const SocketState& state = socket_state(session);
  ERR_clear_error();
  if ((SSL_get_verify_mode(&session) & SSL_VERIFY_PEER) != 0 && verdict != X509_V_OK) {
    return {Cause::certificate, X509_verify_cert_error_string(verdict)};
  }
  if (!state.sounds_like_tls) return {Cause::no_tls, "it is not TLS"};
  if (error == SSL_ERROR_SSL) return {Cause::handshake, reason_of(fault)};
  if (error == SSL_ERROR_SYSCALL && state.error != 0) {
    return {Cause::handshake, std::strerror(state.error)};
  }
  return {Cause::handshake, "the connection ended"};
}

}  // namespace

void EndSession::operator()(ssl_st* session) const noexcept { SSL_free(session); }

void Tls::FreeContext::operator()(ssl_ctx_st* context) const noexcept { SSL_CTX_free(context); }

Result<std::unique_ptr<Tls>> Tls::of(const TlsChoice& choice, const std::string& host) {
  std::unique_ptr<Tls> tls(new Tls);
  tls->context_.reset(SSL_CTX_new(TLS_client_method()));
  SSL_CTX* const context = tls->context_.get();
  if (context == nullptr) return LoadError::out_of_memory("TLS");
  set_up(context);
  const std::string untrusted = trust(context, choice.authorities);
  if (!untrusted.empty()) return LoadError::no_authorities(choice.authorities, untrusted);
  const std::string name = bare(host);
  if (choice.verifies) demand(context, name);
  if (!is_address(name)) tls->server_name_ = name;
  return tls;
}

TlsSession Tls::session(int socket) const {
  TlsSession session(SSL_new(context_.get()));
  BIO* const bio = session == nullptr ? nullptr : new_socket_bio(socket);
  if (bio == nullptr) return nullptr;
  SSL_set_bio(session.get(), bio, bio);
  SSL_set_connect_state(session.get());
  if (!server_name_.empty()) SSL_set_tlsext_host_name(session.get(), server_name_.c_str());
  return session;
}

std::optional<TlsRefusal> shake_hands(ssl_st& session, TimePoint deadline, const Stop* stop) {
  while (true) {
    ERR_clear_error();
    const int result = SSL_do_handshake(&session);
    if (result == 1) return std::nullopt;
    const int error = SSL_get_error(&session, result);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
      return refusal_of(session, error);
    }
    const short awaited = error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT;
    if (!is_ready(socket_state(session).socket, awaited, deadline, stop)) {
      return TlsRefusal{TlsRefusal::Cause::handshake, "it took too long"};
    }
  }
}

}  // namespace assay::load
