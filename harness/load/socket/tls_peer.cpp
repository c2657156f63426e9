#include "harness/load/socket/tls_peer.h"

#include <openssl/ssl.h>

namespace assay::load {
namespace {

int choose_http(SSL*, const unsigned char** chosen, unsigned char* length,
                const unsigned char* offered, unsigned int offered_length, void* refuses) {
  static constexpr unsigned char http_1_1[] = "\x08http/1.1";
  if (refuses != nullptr) return SSL_TLSEXT_ERR_ALERT_FATAL;
  unsigned char* match = nullptr;
  const int found =
      SSL_select_next_proto(&match, length, http_1_1, sizeof http_1_1 - 1, offered, offered_length);
  *chosen = match;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

}  // namespace

TlsPeer::TlsPeer(const CertificateFiles& files, int socket, const TlsPeerWish& wish)
    : context_(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free) {
  static int yes = 1;
  SSL_CTX* const context = context_.get();
  SSL_CTX_use_certificate_file(context, files.certificate.c_str(), SSL_FILETYPE_PEM);
  SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM);
  SSL_CTX_set_alpn_select_cb(context, &choose_http, wish.refuses_protocols ? &yes : nullptr);
  if (wish.only_version != 0) {
    SSL_CTX_set_security_level(context, 0);  // else it would not speak 1.1
    SSL_CTX_set_min_proto_version(context, wish.only_version);
    SSL_CTX_set_max_proto_version(context, wish.only_version);
  }
  session_.reset(SSL_new(context), &SSL_free);
  SSL_set_fd(session_.get(), socket);
}

bool TlsPeer::shake_hands() { return SSL_accept(session_.get()) == 1; }

std::string TlsPeer::read(std::size_t most) {
  std::string text(most, '\0');
  const int count = SSL_read(session_.get(), text.data(), static_cast<int>(most));
  text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return text;
}

bool TlsPeer::has_heard_the_end() const {
  return (SSL_get_shutdown(session_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
}

void TlsPeer::write(std::string_view text) {
  SSL_write(session_.get(), text.data(), static_cast<int>(text.size()));
}

void TlsPeer::say_the_end() { SSL_shutdown(session_.get()); }

std::string TlsPeer::server_name() const {
  const char* const name = SSL_get_servername(session_.get(), TLSEXT_NAMETYPE_host_name);
  return name == nullptr ? "" : name;
}

std::string TlsPeer::protocol() const {
  const unsigned char* name = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(session_.get(), &name, &length);
  return {reinterpret_cast<const char*>(name), length};
}

std::string TlsPeer::version() const { return SSL_get_version(session_.get()); }

bool TlsPeer::is_resumed() const { return SSL_session_reused(session_.get()) == 1; }

}  // namespace assay::load
