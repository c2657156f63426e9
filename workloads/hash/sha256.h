// SHA-256 by OpenSSL, which is looked up once: looking it up costs more than hashing 32 bytes.
// Any thread. Throws std::runtime_error where OpenSSL does not have it.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include <openssl/evp.h>

namespace assay::workloads::hash {

class Sha256 {
 public:
  Sha256();
  std::string hex(std::string_view bytes) const;

 private:
  struct Free {
    void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
  };
  std::unique_ptr<EVP_MD, Free> algorithm_;
};

}  // namespace assay::workloads::hash
