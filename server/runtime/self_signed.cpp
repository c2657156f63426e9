#include "server/runtime/self_signed.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <system_error>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace assay::runtime {
namespace {

using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
using Certificate = std::unique_ptr<X509, void (*)(X509*)>;
using File = std::unique_ptr<FILE, int (*)(FILE*)>;

void expect(bool done, const char* what) {
  if (!done) throw std::runtime_error(what);
}

std::filesystem::path temporary_folder() {
  std::string path = std::filesystem::temp_directory_path() / "assay-tls-XXXXXX";
  expect(mkdtemp(path.data()) != nullptr, "no temporary folder");
  return path;
}

Certificate certificate_of(EVP_PKEY* key) {
  constexpr long day_s = 86'400;
  Certificate made(X509_new(), &X509_free);
  X509* const x509 = made.get();
  X509_set_version(x509, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509), -day_s);
  X509_gmtime_adj(X509_getm_notAfter(x509), day_s);
  X509_set_pubkey(x509, key);
  X509_NAME* const name = X509_get_subject_name(x509);
  const auto* const host = reinterpret_cast<const unsigned char*>("localhost");
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, host, -1, -1, 0);
  X509_set_issuer_name(x509, name);
  expect(X509_sign(x509, key, EVP_sha256()) > 0, "no certificate");
  return made;
}

}  // namespace

SelfSigned::SelfSigned(const std::string& password) : folder_(temporary_folder()) {
  const Key made(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  expect(made != nullptr, "no key");
  const File key_file(std::fopen(key().c_str(), "wb"), &std::fclose);
  const auto* const letters = reinterpret_cast<const unsigned char*>(password.data());
  const EVP_CIPHER* const lock = password.empty() ? nullptr : EVP_aes_256_cbc();
  expect(key_file != nullptr &&
             PEM_write_PrivateKey(key_file.get(), made.get(), lock,
                                  lock == nullptr ? nullptr : letters,
                                  static_cast<int>(password.size()), nullptr, nullptr) == 1,
         "the key was not written");
  const File certificate_file(std::fopen(certificate().c_str(), "wb"), &std::fclose);
  expect(certificate_file != nullptr &&
             PEM_write_X509(certificate_file.get(), certificate_of(made.get()).get()) == 1,
         "the certificate was not written");
}

SelfSigned::~SelfSigned() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string SelfSigned::file(std::string_view name, std::string_view text) const {
  const std::filesystem::path path = folder_ / name;
  std::ofstream(path) << text;
  return path;
}

}  // namespace assay::runtime
