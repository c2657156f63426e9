#include "harness/cost/contender.h"

#include <gtest/gtest.h>

namespace assay::cost {
namespace {

using Words = std::vector<std::string>;

TEST(Contender, IsANameAndTheWordsOfACommand) {
  const auto contender = contender_of("mine=./mine  --port {port} --x=y");
  ASSERT_TRUE(contender.has_value());
  EXPECT_EQ(contender->name, "mine");
  EXPECT_EQ(contender->command, (Words{"./mine", "--port", "{port}", "--x=y"}));
}

TEST(Contender, IsRefusedWithoutNameOrCommand) {
  for (const auto* text : {"", "mine", "mine=", "mine= ", "=./mine"}) {
    EXPECT_FALSE(contender_of(text).has_value()) << text;
  }
}

TEST(Contender, HasItsPlacesFilled) {
  Words words = {"serve", "http://{host}:{port}", "{port}{port}"};
  EXPECT_TRUE(replace_in(words, "port", "80"));
  EXPECT_EQ(words, (Words{"serve", "http://{host}:80", "8080"}));
  EXPECT_FALSE(replace_in(words, "workers", "2"));
}

TEST(Question, NamesAKeyInItsTargetAlone) {
  const Question question = {{"PUT", "/entries/{key}?again={key}", {}, "{key}"}, 100};
  const load::Request request = with_key(question, 42);
  EXPECT_EQ(request.target, "/entries/00042?again=00042");
  EXPECT_EQ(request.body, "{key}");
}

}  // namespace
}  // namespace assay::cost
