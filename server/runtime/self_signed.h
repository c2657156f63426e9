// A key and a certificate that it signed itself, made anew in a temporary folder: for tests and
// micro-benchmarks. The files go with the object.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace assay::runtime {

class SelfSigned {
 public:
  // An elliptic key on P-256. With `password` its file is locked.
  explicit SelfSigned(const std::string& password = {});
  ~SelfSigned();
  SelfSigned(const SelfSigned&) = delete;
  SelfSigned& operator=(const SelfSigned&) = delete;

  std::string certificate() const { return folder_ / "certificate.pem"; }
  std::string key() const { return folder_ / "key.pem"; }
  // The path of a new file beside them.
  std::string file(std::string_view name, std::string_view text) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace assay::runtime
