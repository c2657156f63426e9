#include "server/wire/host.h"

#include <string_view>

#include <gtest/gtest.h>

namespace assay::wire {
namespace {

TEST(Host, IsANameOrAnAddressWithOrWithoutAPort) {
  for (const std::string_view text :
       {"", "assay", "assay.example:8080", "127.0.0.1:80", "a:", "[::1]", "[2001:db8::7]:443",
        "[::ffff:10.0.0.1]", "[v1.fe80::a+en1]", "[VF.x]", "a:000080", "a:65535", "a%2db", "%41",
        "a%2D%2db:80", "[2001:DB8:0:0:8:800:200C:417A]"}) {
    EXPECT_TRUE(is_host(text)) << text;
  }
}

TEST(Host, RefusesWhatAnotherReaderMayRouteElsewhere) {
  for (const std::string_view text :
       {"a b",   "a,b",         "a/b",    "user@a",   "a?b",     "a#b", "a\\b",
        "a:b",   "a:8080:8081", ":80",    "[::1",     "::1",     "[]",  "[v1]",
        "[v.a]", "[v1.]",       "[vg.a]", "[v1.a/b]", "a:65536", "[1]", "[::1]x",
        "[::g]", "a:123456",    "a\tb",   "\xe4"}) {
    EXPECT_FALSE(is_host(text)) << text;
  }
}

TEST(Host, RefusesAPercentSignThatStandsForNoByte) {
  for (const std::string_view text : {"%", "%zz", "a%", "a%4", "a%4g", "%2", "%%41"}) {
    EXPECT_FALSE(is_host(text)) << text;
  }
}

TEST(Host, RefusesWhatLooksLikeAnAddressAndIsNone) {
  for (const std::string_view text :
       {"[::::::::::]", "[:::]", "[1:2]", "[::1::]", "[12345::1]", "[1.2:3]", "[::1%25lo]",
        "[1:2:3:4:5:6:7:8:9]", "[::256.0.0.1]"}) {
    EXPECT_FALSE(is_host(text)) << text;
  }
}

}  // namespace
}  // namespace assay::wire
