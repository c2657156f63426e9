#include "server/program/facts_page.h"

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include <boost/version.hpp>
#include <fmt/format.h>
#include <openssl/crypto.h>

#include "server/model/field.h"

namespace assay {
namespace {

using runtime::Settings;

struct FactsPage {
  std::string baseline = "reference";
  std::string runtime;
  std::int64_t workers = 0;
  std::string parser;
  std::string keep_alive;
  std::map<std::string, std::string> packages;  // the libraries that it runs with

  static constexpr auto model() {
    using model::field;
    return std::tuple{
        field<"baseline">(&FactsPage::baseline),     field<"runtime">(&FactsPage::runtime),
        field<"workers">(&FactsPage::workers),       field<"parser">(&FactsPage::parser),
        field<"keep_alive">(&FactsPage::keep_alive), field<"packages">(&FactsPage::packages)};
  }
};

std::string compiler() {
#ifdef __clang__
  return fmt::format("clang {}.{}", __clang_major__, __clang_minor__);
#else
  return fmt::format("gcc {}.{}", __GNUC__, __GNUC_MINOR__);
#endif
}

std::string keep_alive_of(const Settings& settings) {
  if (!settings.limits.keep_alive) return "none";
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(settings.idle_limit);
  return seconds.count() == 0 ? "without limit" : fmt::format("{} s", seconds.count());
}

}  // namespace

void add_facts_page(App& app, const Settings& settings) {
  const std::string boost = fmt::format("{}.{}.{}", BOOST_VERSION / 100000,
                                        BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100);
  const FactsPage page{"reference",
                       "C++20, " + compiler(),
                       static_cast<std::int64_t>(settings.workers),
                       "assay wire on Beast's basic_parser",
                       keep_alive_of(settings),
                       {{"boost", boost},
                        {"openssl", OpenSSL_version(OPENSSL_FULL_VERSION_STRING)},
                        {"sqlite", sqlite3_libversion()}}};
  app.get("/__assay__", [page] { return page; }).hidden();
}

}  // namespace assay
