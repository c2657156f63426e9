// What all TLS connections of a server share: its certificate, its key, and what it will speak.
//
// TLS 1.2 and 1.3, forward secret and authenticated ciphers alone, http/1.1 by ALPN. Sessions are
// resumed by tickets, so that no worker keeps any. Any thread may use one at once; it is made
// before workers fork, so that they share the key of the tickets. Outlives its streams.
#pragma once
#include <memory>
#include <string>

struct ssl_ctx_st;

namespace assay::runtime {

class TlsContext {
 public:
  // Files in PEM; the certificate's may go on with its chain. Throws StartError.
  TlsContext(const std::string& certificate_file, const std::string& key_file);

  ssl_ctx_st* get() const { return context_.get(); }

 private:
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  std::unique_ptr<ssl_ctx_st, Free> context_;
};

}  // namespace assay::runtime
