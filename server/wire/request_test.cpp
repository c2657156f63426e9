#include "server/wire/request.h"

#include <cstddef>
#include <string>

#include <gtest/gtest.h>

namespace assay::wire {
namespace {

TEST(SameName, KnowsNoCaseOfLettersAndNoOtherLikeness) {
  EXPECT_TRUE(same_name("", ""));
  EXPECT_TRUE(same_name("Content-Length", "content-LENGTH"));
  EXPECT_TRUE(same_name("Host", "hOST"));
  EXPECT_TRUE(same_name("Transfer-Encoding", "transfer-encoding"));
  const std::string name = "X-Abcdefgh-Abcdefgh";
  for (std::size_t at = 0; at < name.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string other = name;
      other[at] = static_cast<char>(byte);
      const bool letter = name[at] != '-';
      const bool same = other[at] == name[at] || (letter && byte == (name[at] ^ 0x20));
      ASSERT_EQ(same_name(name, other), same) << other;
    }
  }
  EXPECT_FALSE(same_name("Host", "Hos"));
  EXPECT_FALSE(same_name("a[", "a{")) << "they differ as letters do";
}

}  // namespace
}  // namespace assay::wire
