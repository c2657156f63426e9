#include "harness/lab/host/sha256.h"

#include <array>
#include <fstream>
#include <vector>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace assay::lab {
void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  is_good_ = context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1;
}

void Sha256::add(std::string_view bytes) {
  is_good_ = is_good_ && EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1;
}

std::string Sha256::text() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (!is_good_ || EVP_DigestFinal_ex(context_.get(), digest.data(), &size) != 1) return {};
  std::string hexadecimal;
  for (unsigned i = 0; i < size; ++i) hexadecimal += fmt::format("{:02x}", digest[i]);
  return hexadecimal;
}

std::string sha256_of_file(const std::filesystem::path& file) {
  std::error_code missing;
  std::ifstream input(file, std::ios::binary);
  if (!input || !std::filesystem::is_regular_file(file, missing)) return {};
  Sha256 sum;
  std::vector<char> buffer(std::size_t{1} << 18U);
  do {
    input.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    sum.add({buffer.data(), static_cast<std::size_t>(input.gcount())});
  } while (input);
  return input.bad() ? std::string() : sum.text();
}

}  // namespace assay::lab
