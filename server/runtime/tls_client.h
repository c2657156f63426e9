// The client's end of a TLS connection in memory, by OpenSSL's own memory BIOs: the other opinion
// in the tests of ours, and the peer in its micro-benchmarks. Belongs to one thread.
#pragma once
#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace assay::runtime {

struct TlsWish {
  int version = TLS1_3_VERSION;
  std::string_view protocols{};    // as ALPN has them: each after its length
  SSL_SESSION* session = nullptr;  // to go on with
};

class TlsClient {
 public:
  using Session = std::unique_ptr<SSL_SESSION, void (*)(SSL_SESSION*)>;

  explicit TlsClient(const TlsWish& wish = {})
      : context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free),
        session_(new_session(context_.get(), wish), &SSL_free) {
    SSL_set_bio(session_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_connect_state(session_.get());
    if (!wish.protocols.empty()) {
      const auto* const names = reinterpret_cast<const unsigned char*>(wish.protocols.data());
      SSL_set_alpn_protos(session_.get(), names, static_cast<unsigned>(wish.protocols.size()));
    }
    if (wish.session != nullptr) SSL_set_session(session_.get(), wish.session);
  }

  void renew_key() { SSL_key_update(session_.get(), SSL_KEY_UPDATE_NOT_REQUESTED); }
  // Records to the server since the last call. Shakes hands first.
  std::string outgoing() {
    shake_hands();
    BIO* const bio = SSL_get_wbio(session_.get());
    std::string records(BIO_ctrl_pending(bio), '\0');
    if (!records.empty()) BIO_read(bio, records.data(), static_cast<int>(records.size()));
    return records;
  }
  // Takes records of the server.
  void incoming(std::string_view records) {
    if (records.empty()) return;
    BIO_write(SSL_get_rbio(session_.get()), records.data(), static_cast<int>(records.size()));
    shake_hands();
    std::array<char, 16 * 1024> room;
    for (std::size_t count = 0; is_open();) {
      ERR_clear_error();
      const int result = SSL_read_ex(session_.get(), room.data(), room.size(), &count);
      if (result != 1) return note(result);
      replies_.append(room.data(), count);
    }
  }
  // REQUIRES: is_open()
  void send(std::string_view text) {
    std::size_t count = 0;
    SSL_write_ex(session_.get(), text.data(), text.size(), &count);
  }
  void close() { SSL_shutdown(session_.get()); }

  bool is_open() const { return SSL_is_init_finished(session_.get()) == 1; }
  bool has_failed() const { return failed_; }
  bool was_told_the_end() const {  // by a close_notify
    return (SSL_get_shutdown(session_.get()) & SSL_RECEIVED_SHUTDOWN) != 0 && !failed_;
  }
  bool is_resumed() const { return SSL_session_reused(session_.get()) == 1; }
  std::string_view protocol() const {  // that ALPN chose
    const unsigned char* name = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(session_.get(), &name, &length);
    return {reinterpret_cast<const char*>(name), length};
  }
  const std::string& replies() const { return replies_; }
  void forget_replies() { replies_.clear(); }
  Session session() const { return {SSL_get1_session(session_.get()), &SSL_SESSION_free}; }
  SSL* get() const { return session_.get(); }

 private:
  static SSL* new_session(SSL_CTX* context, const TlsWish& wish) {
    SSL_CTX_set_security_level(context, 0);  // else it would not even ask for 1.1
    SSL_CTX_set_min_proto_version(context, wish.version);
    SSL_CTX_set_max_proto_version(context, wish.version);
    return SSL_new(context);
  }
  void shake_hands() {
    if (failed_ || is_open()) return;
    ERR_clear_error();
    const int result = SSL_do_handshake(session_.get());
    if (result != 1) note(result);
  }
  void note(int result) {
    const int error = SSL_get_error(session_.get(), result);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_ZERO_RETURN) failed_ = true;
    ERR_clear_error();
  }

  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
  std::unique_ptr<SSL, void (*)(SSL*)> session_;
  std::string replies_;
  bool failed_ = false;
};

}  // namespace assay::runtime
