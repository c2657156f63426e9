#include "harness/load/text/base64.h"

#include <gtest/gtest.h>

namespace assay::load {
namespace {

// RFC 4648, 10, and the last two letters.
constexpr std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                     {"f", "Zg=="},
                                                                     {"fo", "Zm8="},
                                                                     {"foo", "Zm9v"},
                                                                     {"foob", "Zm9vYg=="},
                                                                     {"fooba", "Zm9vYmE="},
                                                                     {"foobar", "Zm9vYmFy"},
                                                                     {"\xff\xef\xbe", "/+++"}};

TEST(Base64, IsThatOfTheRfc) {
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
}

TEST(Base64, RefusesWhatIsNone) {
  for (const std::string_view text : {"Z", "Zg", "Zg=", "Zm9v\n", "Zm 9v===", "Z===", "====",
                                      "=Zg=", "Zg==Zg==", "Zm9-", "Zm9\x80"}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace assay::load
