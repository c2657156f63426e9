#include "server/wire/host.h"

#include <string_view>

#include <gtest/gtest.h>

namespace assay::wire {
namespace {

TEST(Host, IsANameOrAnAddressWithOrWithoutAPort) {
  for (const std::string_view text : {"", "assay", "assay.example:8080", "127.0.0.1:80", "a:",
                                      "[::1]", "[2001:db8::7]:443", "[::ffff:10.0.0.1]", "a%2db"}) {
    EXPECT_TRUE(is_host(text)) << text;
  }
}

TEST(Host, RefusesWhatAnotherReaderMayRouteElsewhere) {
  for (const std::string_view text :
       {"a b", "a,b", "a/b", "user@a", "a?b", "a#b", "a\\b", "a:b", "a:8080:8081", ":80", "[::1",
        "::1", "[]", "[1]", "[::1]x", "[::g]", "a:123456", "a\tb", "\xe4"}) {
    EXPECT_FALSE(is_host(text)) << text;
  }
}

}  // namespace
}  // namespace assay::wire
