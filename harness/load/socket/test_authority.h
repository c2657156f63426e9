// An authority for one test, and certificates that it signed: OpenSSL's, in a temporary folder that
// goes with the object. One thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

struct evp_pkey_st;
struct x509_st;

namespace assay::load {

struct CertificateWish {
  std::string names = "DNS:localhost,IP:127.0.0.1";  // as the extension subjectAltName has them
  long valid_from_s = -86'400;                       // from now
  long valid_until_s = 86'400;
  bool is_self_signed = false;
};

struct CertificateFiles {
  std::string certificate;
  std::string key;
};

class TestAuthority {
 public:
  TestAuthority();
  ~TestAuthority();
  TestAuthority(const TestAuthority&) = delete;
  TestAuthority& operator=(const TestAuthority&) = delete;

  CertificateFiles issue(const CertificateWish& wish = {}) const;
  std::string certificate() const { return folder_ / "authority.pem"; }      // whom to trust
  std::string file(const std::string& name, const std::string& text) const;  // its path

 private:
  std::filesystem::path folder_;
  std::shared_ptr<evp_pkey_st> key_;
  std::shared_ptr<x509_st> certificate_;
};

}  // namespace assay::load
