#include "harness/lab/program_hash.h"

#include <array>
#include <fstream>
#include <memory>
#include <string_view>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    is_good_ = context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1;
  }
  void add(std::string_view bytes) {
    is_good_ = is_good_ && EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1;
  }
  std::string text() {  // once; empty when it failed
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (!is_good_ || EVP_DigestFinal_ex(context_.get(), digest.data(), &size) != 1) return {};
    std::string hexadecimal;
    for (unsigned i = 0; i < size; ++i) hexadecimal += fmt::format("{:02x}", digest[i]);
    return hexadecimal;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
  bool is_good_ = false;
};

bool is_file(const fs::path& path) {
  std::error_code missing;
  return fs::is_regular_file(path, missing);
}

// Options and their values, such as a database's path, are not what runs.
std::vector<fs::path> files_of(const std::vector<std::string>& command, const fs::path& folder) {
  std::vector<fs::path> files;
  for (const std::string& word : command) {
    if (word.starts_with('-')) break;
    if (is_file(folder / word)) files.push_back(folder / word);
    if (files.empty()) break;
  }
  return files;
}

}  // namespace

std::string sha256_of_file(const fs::path& file) {
  std::ifstream input(file, std::ios::binary);
  if (!input || !is_file(file)) return {};
  Sha256 sum;
  std::vector<char> buffer(std::size_t{1} << 18U);
  do {
    input.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    sum.add({buffer.data(), static_cast<std::size_t>(input.gcount())});
  } while (input);
  return input.bad() ? std::string() : sum.text();
}

std::string program_sha256(const std::vector<std::string>& command, const fs::path& folder) {
  std::vector<std::string> hashes;
  for (const fs::path& file : files_of(command, folder)) hashes.push_back(sha256_of_file(file));
  if (hashes.empty() || hashes.front().empty()) return {};
  if (hashes.size() == 1) return hashes.front();
  Sha256 all;
  for (const std::string& hash : hashes) all.add(hash);
  return all.text();
}

}  // namespace assay::lab
