#include "server/docs_page/docs_page.h"

#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <openssl/evp.h>

namespace assay {
namespace {

std::string_view between(std::string_view text, std::string_view begin, std::string_view end) {
  const std::size_t start = text.find(begin) + begin.size();
  return text.substr(start, text.find(end, start) - start);
}

// 'sha256-...' as a policy names a text, computed by OpenSSL rather than by CMake.
std::string source_of(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  std::array<unsigned char, 45> encoded{};
  const int length = EVP_EncodeBlock(encoded.data(), digest.data(), digest.size());
  return "'sha256-" + std::string(encoded.begin(), encoded.begin() + length) + "'";
}

TEST(DocsPage, IsOneWholeHtmlFile) {
  const std::string_view html = docs_page().html;
  EXPECT_EQ(html.substr(0, 15), "<!doctype html>");
  EXPECT_EQ(html.substr(html.size() - 8), "</html>\n");
  EXPECT_EQ(html.find('\0'), std::string_view::npos);
}

TEST(DocsPage, NamesNoFileBesideItButTheDescription) {
  const std::string_view html = docs_page().html;
  EXPECT_EQ(html.find("src="), std::string_view::npos);
  EXPECT_EQ(html.find("stylesheet"), std::string_view::npos);
  EXPECT_NE(html.find("openapi.json"), std::string_view::npos);
}

TEST(DocsPage, AllowsItsOwnScriptAndStyleAlone) {
  const auto& [html, policy] = docs_page();
  const std::string script = source_of(between(html, "<script type=\"module\">", "</script>"));
  const std::string style = source_of(between(html, "<style>", "</style>"));
  EXPECT_EQ(policy, "default-src 'none'; script-src " + script + "; style-src " + style +
                        "; connect-src 'self'; img-src data:; base-uri 'none'; "
                        "form-action 'none'; frame-ancestors 'none'");
}

TEST(DocsPage, IsSmallEnoughToBeSentAtOnce) { EXPECT_LT(docs_page().html.size(), 80'000U); }

}  // namespace
}  // namespace assay
