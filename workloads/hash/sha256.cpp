#include "workloads/hash/sha256.h"

#include <array>
#include <stdexcept>

namespace assay::workloads::hash {

Sha256::Sha256() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)) {
  if (!algorithm_) throw std::runtime_error("OpenSSL has no SHA-256 here");
}

std::string Sha256::hex(std::string_view bytes) const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, algorithm_.get(), nullptr) != 1)
    throw std::runtime_error("OpenSSL could not hash");
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(std::size_t{2} * size);
  for (unsigned i = 0; i < size; ++i) {
    text += digits[digest[i] >> 4U];
    text += digits[digest[i] & 0xFU];
  }
  return text;
}

}  // namespace assay::workloads::hash
