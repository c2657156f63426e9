#include "harness/load/request/request_template.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

RequestTemplate made(const Request& request, std::uint64_t seed = 1) {
  const Result<RequestTemplate> made = RequestTemplate::of(request, "a", true, seed);
  EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().what());
  return made ? *made : RequestTemplate::verbatim(request, "a", true);
}

std::string filled(const RequestTemplate& request, std::uint64_t number) {
  std::string out;
  request.append(out, number);
  return out;
}

std::string filled(const Request& request, std::uint64_t number) {
  return filled(made(request), number);
}

// What stands behind the empty line.
std::string body(const std::string& bytes) { return bytes.substr(bytes.find("\r\n\r\n") + 4); }

std::string refusal(const Request& request) {
  const Result<RequestTemplate> made = RequestTemplate::of(request, "a", true, 1);
  return made ? "" : made.error().what();
}

std::string refusal_of_body(const std::string& text) { return refusal({"POST", "/", {}, text}); }

// A file that is gone at the end.
class WrittenFile {
 public:
  explicit WrittenFile(std::string_view content)
      : path_(testing::TempDir() + "assay_" +
              testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::ofstream(path_, std::ios::binary) << content;
  }
  ~WrittenFile() { std::remove(path_.c_str()); }
  WrittenFile(const WrittenFile&) = delete;
  WrittenFile& operator=(const WrittenFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(RequestTemplate, IsFixedWhereNothingIsToBeFilledIn) {
  const RequestTemplate request = made({"GET", "/json", {{"Accept", "{}"}}, ""});
  EXPECT_TRUE(request.is_fixed());
  EXPECT_EQ(request.fixed_bytes(), "GET /json HTTP/1.1\r\nHost: a\r\nAccept: {}\r\n\r\n");
  EXPECT_EQ(filled(request, 7), request.fixed_bytes());
}

TEST(RequestTemplate, PutsTheNumberIntoTargetHeaderAndBody) {
  const Request request{"POST", "/item/{seq}?n={seq}", {{"X-Id", "r-{seq}."}}, "<{seq}>"};
  EXPECT_FALSE(made(request).is_fixed());
  EXPECT_EQ(filled(request, 42),
            "POST /item/42?n=42 HTTP/1.1\r\nHost: a\r\nX-Id: r-42.\r\nContent-Length: 4\r\n\r\n"
            "<42>");
}

TEST(RequestTemplate, AddsToWhatIsThere) {
  std::string out = "before";
  made({"GET", "/{seq}", {}, ""}).append(out, 1);
  EXPECT_EQ(out, "beforeGET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
}

TEST(RequestTemplate, SaysTheLengthThatTheBodyHasBecome) {
  const Request request{"POST", "/", {}, "{seq}{seq}"};
  EXPECT_EQ(filled(request, 9), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n99");
  EXPECT_EQ(filled(request, 10), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n1010");
  EXPECT_EQ(filled({"POST", "/{seq}", {}, "hello"}, 3),
            "POST /3 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(filled({"PUT", "/{seq}", {}, ""}, 3),
            "PUT /3 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
}

TEST(RequestTemplate, DoesNotRepeatWhatItsHeadersSay) {
  const Request request{"POST", "/", {{"Host", "b"}, {"content-length", "1"}}, "{seq}"};
  const Result<RequestTemplate> closing = RequestTemplate::of(request, "a", false, 1);
  ASSERT_TRUE(closing.has_value());
  EXPECT_EQ(filled(*closing, 5),
            "POST / HTTP/1.1\r\nHost: b\r\ncontent-length: 1\r\nConnection: close\r\n\r\n5");
}

TEST(RequestTemplate, LeavesOtherBracesAsTheyAre) {
  for (const auto* text :
       {R"({"seq":1,"random":{"a":[{}]}})", "{}", "{", "}", "{{}}", "{ seq}", "{seq }", "{Seq}",
        "{sequence}", "{pick}", "{random}", "${seq", "{\"pick:\":1}"}) {
    const RequestTemplate request = made({"POST", "/", {}, text});
    EXPECT_TRUE(request.is_fixed()) << text;
    EXPECT_EQ(body(request.fixed_bytes()), text);
  }
  EXPECT_EQ(body(filled({"POST", "/", {}, R"({{seq}}{"a":{seq},"b":{}})"}, 5)),
            R"({5}{"a":5,"b":{}})");
}

TEST(RequestTemplate, ThatIsVerbatimFillsNothingIn) {
  const auto request = RequestTemplate::verbatim({"GET", "/{seq}", {}, ""}, "a", true);
  EXPECT_TRUE(request.is_fixed());
  EXPECT_EQ(filled(request, 3), "GET /{seq} HTTP/1.1\r\nHost: a\r\n\r\n");
}

TEST(RequestTemplate, DrawsWholeNumbersFromTheFirstToTheLast) {
  const RequestTemplate request = made({"POST", "/", {}, "{random:-1:2}"});
  std::map<std::string, int> drawn;
  for (std::uint64_t number = 0; number < 40000; ++number) ++drawn[body(filled(request, number))];
  ASSERT_EQ(drawn.size(), 4U);
  for (const auto* text : {"-1", "0", "1", "2"}) {
    // 10,000 each, within six standard deviations of 87; the seed is fixed.
    EXPECT_NEAR(drawn[text], 10000, 520) << text;
  }
}

TEST(RequestTemplate, DrawsFromAllNumbersOf64Bits) {
  EXPECT_EQ(body(filled({"POST", "/", {}, "{random:7:7}"}, 3)), "7");
  const RequestTemplate widest =
      made({"POST", "/", {}, "{random:-9223372036854775808:9223372036854775807}"});
  std::set<std::string> drawn;
  for (std::uint64_t number = 0; number < 100; ++number) drawn.insert(body(filled(widest, number)));
  EXPECT_EQ(drawn.size(), 100U);
  EXPECT_EQ(drawn.begin()->front(), '-');  // and some are positive
  EXPECT_NE(drawn.rbegin()->front(), '-');
}

// The numbers are those of another program that has SplitMix64 as published.
TEST(RequestTemplate, FollowsFromSeedNumberAndPlaceAlone) {
  const Request request{"POST", "/{random:0:999999}", {}, "{random:0:999999}"};
  const RequestTemplate one = made(request, 1);
  EXPECT_EQ(filled(one, 0).substr(0, 12), "POST /368189");
  EXPECT_EQ(body(filled(one, 0)), "466966");
  EXPECT_EQ(body(filled(one, 1)), "34331");
  EXPECT_EQ(body(filled(made(request, 2), 0)), "91392");
  EXPECT_EQ(filled(one, 5), filled(made(request, 1), 5));
}

TEST(RequestTemplate, PicksEachOfTheTexts) {
  const RequestTemplate request = made({"POST", "/", {}, "{pick:red||a:b{c}"});
  std::set<std::string> picked;
  for (std::uint64_t number = 0; number < 100; ++number) {
    picked.insert(body(filled(request, number)));
  }
  EXPECT_EQ(picked, (std::set<std::string>{"red", "", "a:b{c"}));
}

TEST(RequestTemplate, PicksEachLineOfAFile) {
  const WrittenFile file("one\r\n{two}|\n\nlast");
  const RequestTemplate request = made({"POST", "/", {}, "{pick:@" + file.path() + "}"});
  std::set<std::string> picked;
  for (std::uint64_t number = 0; number < 200; ++number) {
    picked.insert(body(filled(request, number)));
  }
  EXPECT_EQ(picked, (std::set<std::string>{"one", "{two}|", "", "last"}));
}

TEST(RequestTemplate, CountsNoLineBehindTheLastLineEnd) {
  const WrittenFile file("only\n");
  const RequestTemplate request = made({"POST", "/", {}, "{pick:@" + file.path() + "}"});
  for (std::uint64_t number = 0; number < 50; ++number) {
    EXPECT_EQ(body(filled(request, number)), "only");
  }
}

TEST(RequestTemplate, WritesWhatATargetCannotHoldWithPercentSigns) {
  const auto target = [](const std::string& text) {
    const std::string bytes = filled({"GET", "/{pick:" + text + "}", {}, ""}, 0);
    return bytes.substr(0, bytes.find("\r\n"));
  };
  EXPECT_EQ(target("a b"), "GET /a%20b HTTP/1.1");
  EXPECT_EQ(target("x HTTP/1.1\r\nEvil: 1"), "GET /x%20HTTP/1.1%0D%0AEvil:%201 HTTP/1.1");
  EXPECT_EQ(target("\xC3\xA4#\"{\x7F"), "GET /%C3%A4%23%22%7B%7F HTTP/1.1");
  EXPECT_EQ(target("a/b?c=d&e=%20+f"), "GET /a/b?c=d&e=%20+f HTTP/1.1");
}

TEST(RequestTemplate, LeavesTextsOfABodyAsTheyAre) {
  EXPECT_EQ(body(filled({"POST", "/", {}, "{pick:a b\r\n\xC3\xA4}"}, 0)), "a b\r\n\xC3\xA4");
}

TEST(RequestTemplate, RefusesATextThatWouldEndAHeader) {
  for (const std::string& text :
       {std::string("a|b\r"), std::string("b\nEvil: 1"), std::string("a\0b", 3)}) {
    EXPECT_EQ(refusal({"GET", "/", {{"X", "{pick:" + text + "}"}}, ""}),
              "\"{pick:" + text + "}\" cannot be filled in: a line end would end the header");
  }
}

TEST(RequestTemplate, RefusesNumbersThatAreNone) {
  const std::string reason = " cannot be filled in: it needs two whole numbers of at most 64 bits";
  for (const std::string text :
       {"{random:}", "{random:1}", "{random:a:b}", "{random:1:2:3}", "{random: 1:2}",
        "{random:1.5:2}", "{random:0:9223372036854775808}"}) {
    EXPECT_EQ(refusal_of_body(text), '"' + text + '"' + reason);
  }
  EXPECT_EQ(refusal_of_body("{random:2:1}"),
            "\"{random:2:1}\" cannot be filled in: its first number is the larger");
}

TEST(RequestTemplate, RefusesAPickOfNothing) {
  EXPECT_EQ(refusal_of_body("{pick:}"),
            "\"{pick:}\" cannot be filled in: there is nothing to pick from");
  const WrittenFile file("");
  const std::string refused = refusal_of_body("{pick:@" + file.path() + "}");
  EXPECT_NE(refused.find("cannot be filled in: the file is empty"), refused.npos) << refused;
}

TEST(RequestTemplate, RefusesWhatDoesNotEnd) {
  EXPECT_EQ(refusal_of_body("x{random:1:2"),
            "\"{random:1:2\" cannot be filled in: it has no } at its end");
  EXPECT_EQ(refusal_of_body("{pick:a|b"),
            "\"{pick:a|b\" cannot be filled in: it has no } at its end");
}

TEST(RequestTemplate, NamesAFileThatCannotBeRead) {
  EXPECT_EQ(refusal_of_body("{pick:@/nowhere/words}"),
            "the file \"/nowhere/words\" cannot be read: No such file or directory");
  EXPECT_EQ(refusal_of_body("{pick:@" + testing::TempDir() + "}"),
            "the file \"" + testing::TempDir() + "\" cannot be read: a directory");
}

}  // namespace
}  // namespace assay::load
