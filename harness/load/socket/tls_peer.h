// The server's end of one TLS connection at a blocking socket, by OpenSSL's own socket BIO: the
// other opinion in tests of ours. Belongs to one thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "harness/load/socket/test_authority.h"

struct ssl_st;
struct ssl_ctx_st;

namespace assay::load {

struct TlsPeerWish {
  int only_version = 0;            // 0: whatever OpenSSL speaks
  bool refuses_protocols = false;  // any that ALPN offers
};

class TlsPeer {
 public:
  TlsPeer(const CertificateFiles& files, int socket, const TlsPeerWish& wish = {});

  bool shake_hands();                           // false: the client would not
  std::string read(std::size_t most = 16'384);  // empty: the client has ended
  bool has_heard_the_end() const;               // said by the client, not only a closed socket
  void write(std::string_view text);
  void say_the_end();

  std::string server_name() const;  // that the client named
  std::string protocol() const;     // that ALPN chose
  std::string version() const;      // "TLSv1.3"
  bool is_resumed() const;

 private:
  std::shared_ptr<ssl_ctx_st> context_;
  std::shared_ptr<ssl_st> session_;
};

}  // namespace assay::load
