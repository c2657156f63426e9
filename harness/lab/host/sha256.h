// SHA-256, in parts, of a text or of a file. Any thread; one object belongs to one.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // of OpenSSL

namespace assay::lab {

class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  std::string text();  // 64 hexadecimal digits, once; empty when the library failed

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
  bool is_good_ = false;
};

// Empty when it cannot be read, or is a folder.
std::string sha256_of_file(const std::filesystem::path& file);

}  // namespace assay::lab
