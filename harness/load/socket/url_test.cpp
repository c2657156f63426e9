#include "harness/load/socket/url.h"

#include <gtest/gtest.h>

namespace assay::load {
namespace {

void expect_url(std::string_view text, std::string_view host, int port, std::string_view target) {
  const auto url = parse_url(text);
  ASSERT_TRUE(url.has_value()) << text << ": " << url.error().what();
  EXPECT_EQ(url->host, host) << text;
  EXPECT_EQ(url->port, port) << text;
  EXPECT_EQ(url->target, target) << text;
}

TEST(Url, HasHostPortAndTarget) {
  expect_url("http://127.0.0.1:8080/json", "127.0.0.1", 8080, "/json");
  expect_url("http://example.org/a/b?c=d&e", "example.org", 80, "/a/b?c=d&e");
}

TEST(Url, AsksForTheRootWhenItNamesNoPath) {
  expect_url("http://localhost:1", "localhost", 1, "/");
  expect_url("http://localhost?x=1", "localhost", 80, "/?x=1");
}

TEST(Url, LeavesTheFragmentOut) { expect_url("http://a/b#c", "a", 80, "/b"); }

TEST(Url, TakesAnIpv6AddressInBrackets) {
  expect_url("http://[::1]:8080/x", "::1", 8080, "/x");
  expect_url("http://[fe80::2]/", "fe80::2", 80, "/");
}

TEST(Url, IsUnderTlsAtPort443WhenItIsHttps) {
  expect_url("https://example.org/a?b#c", "example.org", 443, "/a?b");
  expect_url("https://[::1]:8443", "::1", 8443, "/");
  EXPECT_EQ(parse_url("https://a/")->scheme, Scheme::https);
  EXPECT_EQ(parse_url("http://a:443/")->scheme, Scheme::http);
}

TEST(Url, SaysWhatIsWrongAndWhatToType) {
  for (const auto& [text, reason] : {std::pair{"", "http://"},     {"127.0.0.1:8080", "http://"},
                                     {"ftp://a/", "http://"},      {"https:/a/", "https://"},
                                     {"HTTPS//a/", "https://"},    {"https://", "no host"},
                                     {"https://:443/", "no host"}, {"https://a:0/", "port"},
                                     {"https://u@a/", "user"},     {"http://", "no host"},
                                     {"http://:80/", "no host"},   {"http://[]/", "no host"},
                                     {"http://[::1/", "no host"},  {"http://a:/", "port"},
                                     {"http://a:0/", "port"},      {"http://a:65536/", "port"},
                                     {"http://a:8x/", "port"},     {"http://[::1]8/", "port"},
                                     {"http://u@a/", "user"},      {"http://a/b c", "%XX"},
                                     {"http://a/\r\nX: y", "%XX"}}) {
    const auto url = parse_url(text);
    ASSERT_FALSE(url.has_value()) << text;
    EXPECT_NE(url.error().what().find(reason), std::string::npos) << url.error().what();
    EXPECT_NE(url.error().remedy().find("assay load http://"), std::string::npos);
  }
}

TEST(Authority, IsWhatTheHostFieldNeeds) {
  EXPECT_EQ(authority("example.org", 80), "example.org");
  EXPECT_EQ(authority("127.0.0.1", 8080), "127.0.0.1:8080");
  EXPECT_EQ(authority("::1", 8080), "[::1]:8080");
  EXPECT_EQ(authority("example.org", 443, Scheme::https), "example.org");
  EXPECT_EQ(authority("example.org", 80, Scheme::https), "example.org:80");
  EXPECT_EQ(authority("example.org", 443), "example.org:443");
}

}  // namespace
}  // namespace assay::load
