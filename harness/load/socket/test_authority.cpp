#include "harness/load/socket/test_authority.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace assay::load {
namespace {

using Key = std::shared_ptr<EVP_PKEY>;
using Certificate = std::shared_ptr<X509>;
using File = std::unique_ptr<FILE, int (*)(FILE*)>;

void expect(bool done, const char* what) {
  if (!done) throw std::runtime_error(what);
}

std::filesystem::path temporary_folder() {
  std::string path = std::filesystem::temp_directory_path() / "assay-load-XXXXXX";
  expect(mkdtemp(path.data()) != nullptr, "no temporary folder");
  return path;
}

Key new_key() {
  Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  expect(key != nullptr, "no key");
  return key;
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  expect(extension != nullptr, "no extension");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

void set_name(X509_NAME* name, std::string_view text) {
  const auto* const letters = reinterpret_cast<const unsigned char*>(text.data());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, letters, static_cast<int>(text.size()), -1,
                             0);
}

// Not yet signed.
Certificate blank(EVP_PKEY* key, const std::string& name, long valid_from_s, long valid_until_s) {
  static long serial = 0;
  Certificate made(X509_new(), &X509_free);
  X509* const certificate = made.get();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate), valid_from_s);
  X509_gmtime_adj(X509_getm_notAfter(certificate), valid_until_s);
  X509_set_pubkey(certificate, key);
  set_name(X509_get_subject_name(certificate), name + " " + std::to_string(serial));
  return made;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* key) {
  X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
  expect(X509_sign(certificate, key, EVP_sha256()) > 0, "not signed");
}

void write_certificate(const std::string& path, X509* certificate) {
  const File file(std::fopen(path.c_str(), "wb"), &std::fclose);
  expect(file != nullptr && PEM_write_X509(file.get(), certificate) == 1, "no certificate file");
}

void write_key(const std::string& path, EVP_PKEY* key) {
  const File file(std::fopen(path.c_str(), "wb"), &std::fclose);
  expect(file != nullptr &&
             PEM_write_PrivateKey(file.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
         "no key file");
}

}  // namespace

TestAuthority::TestAuthority()
    : folder_(temporary_folder()),
      key_(new_key()),
      certificate_(blank(key_.get(), "an authority for a test", -86'400, 86'400)) {
  add_extension(certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
  sign(certificate_.get(), certificate_.get(), key_.get());
  write_certificate(certificate(), certificate_.get());
}

TestAuthority::~TestAuthority() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

CertificateFiles TestAuthority::issue(const CertificateWish& wish) const {
  const Key key = new_key();
  const Certificate made =
      blank(key.get(), "a server for a test", wish.valid_from_s, wish.valid_until_s);
  add_extension(made.get(), NID_subject_alt_name, wish.names);
  if (wish.is_self_signed) {
    sign(made.get(), made.get(), key.get());
  } else {
    sign(made.get(), certificate_.get(), key_.get());
  }
  const std::string serial = std::to_string(ASN1_INTEGER_get(X509_get_serialNumber(made.get())));
  CertificateFiles files{folder_ / (serial + ".pem"), folder_ / (serial + ".key")};
  write_certificate(files.certificate, made.get());
  write_key(files.key, key.get());
  return files;
}

std::string TestAuthority::file(const std::string& name, const std::string& text) const {
  std::string path = folder_ / name;
  std::ofstream(path) << text;
  return path;
}

}  // namespace assay::load
