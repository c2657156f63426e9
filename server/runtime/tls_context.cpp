#include "server/runtime/tls_context.h"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include "server/runtime/start_error.h"

namespace assay::runtime {
namespace {

using File = std::unique_ptr<FILE, int (*)(FILE*)>;
using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;

File open(const char* option, const std::string& path) {
  File file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (file != nullptr) return file;
  throw StartError(fmt::format("{} {} cannot be read: {}; name a PEM file that this user can read",
                               option, path, std::generic_category().message(errno)));
}

StartError not_pem(const char* option, const std::string& path, const char* noun,
                   const char* label) {
  ERR_clear_error();
  return StartError(
      fmt::format("{} {} holds no {} in PEM: give one that has a line -----BEGIN {}-----", option,
                  path, noun, label));
}

void use_certificate(SSL_CTX* context, const std::string& path) {
  open("--tls-certificate", path);  // says why not better than OpenSSL
  if (SSL_CTX_use_certificate_chain_file(context, path.c_str()) == 1) return;
  const unsigned long fault = ERR_peek_error();
  if (ERR_GET_LIB(fault) != ERR_LIB_SSL) {
    throw not_pem("--tls-certificate", path, "certificate", "CERTIFICATE");
  }
  ERR_clear_error();
  const char* const reason = ERR_reason_error_string(fault);
  throw StartError(fmt::format(
      "OpenSSL does not accept --tls-certificate {} ({}): make another, as with openssl "
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "
      "/CN=localhost -keyout key.pem -out certificate.pem",
      path, reason == nullptr ? "no reason given" : reason));
}

// Instead of OpenSSL's own, which would ask at the terminal.
int refuse_password(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

void use_key(SSL_CTX* context, const std::string& path, const std::string& certificate_path) {
  const File file = open("--tls-key", path);
  bool asked = false;
  const Key key(PEM_read_PrivateKey(file.get(), nullptr, &refuse_password, &asked), &EVP_PKEY_free);
  if (asked) {
    ERR_clear_error();
    throw StartError(
        fmt::format("--tls-key {} is locked with a password: give one without, made "
                    "with openssl pkey -in {} -out key.pem",
                    path, path));
  }
  if (key == nullptr) throw not_pem("--tls-key", path, "private key", "PRIVATE KEY");
  if (SSL_CTX_use_PrivateKey(context, key.get()) == 1 && SSL_CTX_check_private_key(context) == 1) {
    return;
  }
  ERR_clear_error();
  throw StartError(fmt::format(
      "--tls-key {} does not belong to --tls-certificate {}: give the key that it was made with",
      path, certificate_path));
}

// Who offers other protocols alone is told so, and nothing more is spoken (RFC 7301, 3.2).
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned int offered_length, void*) {
  static constexpr unsigned char http_1_1[] = "\x08http/1.1";  // is pointed into after this call
  unsigned char* match = nullptr;
  const int found =
      SSL_select_next_proto(&match, length, http_1_1, sizeof http_1_1 - 1, offered, offered_length);
  *chosen = match;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

void TlsContext::Free::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

TlsContext::TlsContext(const std::string& certificate_file, const std::string& key_file)
    : context_(SSL_CTX_new(TLS_server_method())) {
  SSL_CTX* const context = context_.get();
  if (context == nullptr) throw std::bad_alloc();
  ERR_clear_error();  // the first is to be ours
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");  // of 1.2; those of 1.3 are fine
  // Without it each connection that waits holds 33 KiB of buffers.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);  // tickets need none
  SSL_CTX_set_alpn_select_cb(context, &choose_protocol, nullptr);
  use_certificate(context, certificate_file);
  use_key(context, key_file, certificate_file);
}

}  // namespace assay::runtime
