#include "server/wire/set_cookie.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace assay::wire {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

TEST(SetCookie, IsWrittenWithTheAttributesThatItHas) {
  EXPECT_EQ(set_cookie_value({.name = "session", .value = "31d4"}),
            "session=31d4; Path=/; SameSite=Lax");
  EXPECT_EQ(set_cookie_value({.name = "a", .path = "", .same_site = SameSite::unspecified}), "a=");
  EXPECT_EQ(set_cookie_value({.name = "a",
                              .value = "b",
                              .path = "/shop",
                              .domain = "assay.test",
                              .max_age = 24h,
                              .secure = true,
                              .http_only = true,
                              .same_site = SameSite::strict}),
            "a=b; Path=/shop; Domain=assay.test; Max-Age=86400; Secure; HttpOnly; SameSite=Strict");
}

TEST(SetCookie, IsDeletedByAnAgeOfZeroOrLess) {
  EXPECT_EQ(set_cookie_value({.name = "a", .max_age = 0s}), "a=; Path=/; Max-Age=0; SameSite=Lax");
  EXPECT_EQ(set_cookie_value({.name = "a", .max_age = -5s}), "a=; Path=/; Max-Age=0; SameSite=Lax");
}

TEST(SetCookie, GoesToOtherSitesOnlyWithSecure) {
  EXPECT_EQ(set_cookie_value({.name = "a", .same_site = SameSite::none}), std::nullopt);
  EXPECT_EQ(set_cookie_value({.name = "a", .secure = true, .same_site = SameSite::none}),
            "a=; Path=/; Secure; SameSite=None");
}

bool is_accepted(const SetCookie& cookie) { return set_cookie_value(cookie).has_value(); }

TEST(SetCookie, TakesAsValueEveryCharacterOfTheGrammarAndNoOther) {
  // RFC 6265, 4.1.1: %x21 / %x23-2B / %x2D-3A / %x3C-5B / %x5D-7E
  for (int code = 0; code < 256; ++code) {
    const bool allowed = code == 0x21 || (code >= 0x23 && code <= 0x2B) ||
                         (code >= 0x2D && code <= 0x3A) || (code >= 0x3C && code <= 0x5B) ||
                         (code >= 0x5D && code <= 0x7E);
    const std::string value = "a"s + static_cast<char>(code) + "b";
    EXPECT_EQ(is_accepted({.name = "n", .value = value}), allowed) << code;
  }
}

TEST(SetCookie, HasATokenAsItsName) {
  EXPECT_TRUE(is_accepted({.name = "!#$%&'*+-.^_`|~09AZaz"}));
  for (const std::string_view name : {"", "a b", " a", "a=b", "a;b", "a,b", "a:b", "\"a\"", "a\r\n",
                                      "a\x7F", "\xC3\xA9", "a/b", "a(b)", "a[0]", "{a}", "a@b"}) {
    EXPECT_FALSE(is_accepted({.name = std::string(name)})) << "name: '" << name << "'";
  }
  EXPECT_FALSE(is_accepted({.name = "a\0b"s}));
}

TEST(SetCookie, HasNoAttributeThatCouldBecomeTwo) {
  for (const std::string_view text :
       {"/;Secure", "/\r\nSet-Cookie: a=b", "/\t", "/\x7F", "/\xC3\xA9"}) {
    EXPECT_FALSE(is_accepted({.name = "a", .path = std::string(text)})) << "path: " << text;
    EXPECT_FALSE(is_accepted({.name = "a", .domain = std::string(text)})) << "domain: " << text;
  }
  EXPECT_FALSE(is_accepted({.name = "a", .path = "/\0"s}));
  EXPECT_TRUE(is_accepted({.name = "a", .path = "/a b,c=\"d\""}));
}

}  // namespace
}  // namespace assay::wire
