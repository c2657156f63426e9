#include "server/forms/part_head.h"

#include <ostream>
#include <string>
#include <variant>

#include <gtest/gtest.h>

namespace assay::forms {
namespace {

constexpr std::size_t many = 16;

// "name|filename|type" with "-" for no filename, or the error's sentence.
std::string read(std::string_view text, std::size_t field_limit = many) {
  const auto head = parse_part_head(text, field_limit);
  if (const auto* error = std::get_if<FormError>(&head)) return std::string(text_of(*error));
  const auto& [name, filename, type] = std::get<PartHead>(head);
  return name + '|' + filename.value_or("-") + '|' + type;
}

std::string read_disposition(const std::string& value) {
  return read("Content-Disposition: " + value + "\r\n");
}

const std::string malformed(text_of(FormError::part_head_malformed));
const std::string nameless(text_of(FormError::name_missing));
const std::string bad_text(text_of(FormError::not_utf8));

TEST(PartHead, NamesAField) {
  EXPECT_EQ(read_disposition("form-data; name=\"a\""), "a|-|text/plain");
  EXPECT_EQ(read_disposition("Form-Data;NAME=a"), "a|-|text/plain");
  EXPECT_EQ(read("CONTENT-disposition:form-data; name=\"\"\r\n"), "|-|text/plain");
}

TEST(PartHead, TellsAFileByItsFilenameEvenAnEmptyOne) {
  EXPECT_EQ(read("Content-Disposition: form-data; name=\"a\"; filename=\"b.png\"\r\n"
                 "Content-Type: image/png; x=y \r\nX-Other: anything\r\n"),
            "a|b.png|image/png; x=y");
  EXPECT_EQ(read_disposition("form-data; filename=\"\"; name=\"a\""), "a||text/plain");
}

TEST(PartHead, DecodesWhatBrowsersEncodeAndNoMore) {
  EXPECT_EQ(read_disposition("form-data; name=\"a%22b%0D%0Ac\""), "a\"b\r\nc|-|text/plain");
  EXPECT_EQ(read_disposition("form-data; name=\"100%25 %0d %2 %\""),
            "100%25 %0d %2 %|-|text/plain");
}

TEST(PartHead, KnowsABackslashAsAnEscapeOnlyOfItselfAndTheQuotationMark) {
  EXPECT_EQ(read_disposition(R"(form-data; name="a\"b\\c"; filename="C:\new\x.txt")"),
            R"(a"b\c|C:\new\x.txt|text/plain)");
  EXPECT_EQ(read_disposition(R"(form-data; name="a\")"), malformed);
  EXPECT_EQ(read_disposition(R"(form-data; name="a\"; filename="b")"), malformed);
}

TEST(PartHead, IgnoresAFilenameInAnotherCharset) {
  EXPECT_EQ(read_disposition("form-data; name=\"a\"; filename*=UTF-8''b.txt"), "a|-|text/plain");
  EXPECT_EQ(read_disposition("form-data; name=\"a\"; filename=\"c\"; filename*=UTF-8''b"),
            "a|c|text/plain");
}

TEST(PartHead, TakesNamesInUtf8Alone) {
  EXPECT_EQ(read_disposition("form-data; name=\"\xC3\xA4\"; filename=\"\xE2\x82\xAC.txt\""),
            "\xC3\xA4|\xE2\x82\xAC.txt|text/plain");
  EXPECT_EQ(read_disposition("form-data; name=\"\xE4\""), bad_text);
  EXPECT_EQ(read_disposition("form-data; name=\"a\"; filename=\"\xE4\""), bad_text);
}

TEST(PartHead, RefusesAPartWithoutAName) {
  EXPECT_EQ(read(""), nameless);
  EXPECT_EQ(read("Content-Type: text/plain\r\n"), nameless);
  EXPECT_EQ(read_disposition("form-data"), nameless);
  EXPECT_EQ(read_disposition("form-data; filename=\"a\""), nameless);
  EXPECT_EQ(read_disposition("attachment; name=\"a\""), nameless);
  EXPECT_EQ(read_disposition("form-data-x; name=\"a\""), nameless);
}

TEST(PartHead, RefusesWhatTwoReadersMayReadDifferently) {
  for (const std::string value :
       {"form-data; name=\"a\"; name=\"b\"", "form-data; name=a; filename=b; FILENAME=c",
        "form-data; name=\"a\" filename=\"b\"", "form-data; name=\"a\"b", "form-data; name=\"a",
        "form-data; name =a", "form-data; name=", "form-data; name", "form-data; name=a b",
        "form-data name=a", "form-data; name=\"a\x01\"", "form-data; name=\"a\x7F\"",
        "form-data; name=\"a\rb\"", "form-data; name=\"a\nb\"", "form-data; name=\"a\"\r\n b: c"}) {
    EXPECT_EQ(read_disposition(value), malformed) << testing::PrintToString(value);
  }
  const std::string first = "Content-Disposition: form-data; name=a\r\n";
  for (const std::string line :
       {"no colon", "Content-Type : text/plain", ": text/plain", " Content-Type: text/plain",
        "Content-Type: ", "Content-Type: text", "Content-Disposition: form-data; name=a",
        "Content-Type: a/b\r\nContent-Type: a/b", "X-Y: a\rb", "X-Y: a\nb"}) {
    EXPECT_EQ(read(first + line + "\r\n"), malformed) << testing::PrintToString(line);
  }
}

TEST(PartHead, RefusesContentThatIsEncoded) {
  const std::string first = "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: ";
  for (const char* plain : {"7bit", "8BIT", "binary"}) {
    EXPECT_EQ(read(first + plain + "\r\n"), "a|-|text/plain") << plain;
  }
  for (const char* other : {"base64", "quoted-printable", "", "x-gzip", "binary, binary"}) {
    EXPECT_EQ(read(first + other + "\r\n"), text_of(FormError::encoding_unsupported)) << other;
  }
}

TEST(PartHead, RefusesOneFieldMoreThanTheLimit) {
  const std::string two = "Content-Disposition: form-data; name=a\r\nX: y\r\n";
  EXPECT_EQ(read(two, 2), "a|-|text/plain");
  EXPECT_EQ(read(two, 1), text_of(FormError::part_head_too_large));
}

}  // namespace
}  // namespace assay::forms
