#include "server/forms/form_reader.h"

#include <string>
#include <type_traits>

#include <gtest/gtest.h>

#include "server/forms/expect_form.h"
#include "server/forms/form_writer.h"

namespace assay::forms {
namespace {

constexpr const char* urlencoded = "application/x-www-form-urlencoded";
const std::string fields_too_large = "413 the texts of the form are too large";

TEST(FormReader, TellsWhichTypesAreForms) {
  const std::string unsupported =
      "415 the body must be multipart/form-data or application/x-www-form-urlencoded";
  for (const char* other : {"", "application/json", "multipart/mixed; boundary=a", "text/plain",
                            "application/x-www-form-urlencoded2", "form", "multipart/form-datax"}) {
    EXPECT_EQ(outcome(other, {}, {}), unsupported) << other;
  }
  EXPECT_EQ(outcome("Application/X-WWW-Form-Urlencoded; charset=UTF-8", {"a=b"}, {}), "a=b");
  EXPECT_EQ(outcome("application/x-www-form-urlencoded; charset=latin1", {}, {}),
            "415 a form must be UTF-8");
}

TEST(FormReader, NeedsABoundaryOfTheGrammar) {
  const std::string refused =
      "400 the Content-Type needs a boundary of 1 to 70 characters that RFC 2046 allows";
  for (const std::string parameters :
       {"", "; boundary", "; boundary=", "; boundary=\"\"", "; boundary=\"a \"", "; boundary=a b",
        "; boundary=a; boundary=b", "; boundary=a/b", "; boundary=\"a", "; boundary=\"a*b\""}) {
    EXPECT_EQ(outcome("multipart/form-data" + parameters, {}, {}), refused) << parameters;
  }
  EXPECT_EQ(outcome("multipart/form-data; boundary=" + std::string(71, 'a'), {}, {}), refused);
  expect_form("Multipart/Form-Data; charset=x; BOUNDARY=\"a\\b /c\"", "--ab /c--", "");
}

TEST(FormReader, ReadsPairsAsAQueryDoes) {
  expect_form(urlencoded, "", "");
  expect_form(urlencoded, "a=1&b=2&a=3", "a=1 b=2 a=3");
  expect_form(urlencoded, "&&a=1&&b&=c&d==e&", "a=1 b= =c d==e");
  expect_form(urlencoded, "a+b=c%20%2B%26%3d+&%41=%zz%4", "a b=c +&=  A=%zz%4");
}

TEST(FormReader, TakesTextInUtf8Alone) {
  expect_form(urlencoded, "a=%C3%A4&\xE2\x82\xAC=1", "a=\xC3\xA4 \xE2\x82\xAC=1");
  const std::string refused = "422 a name or a text of the form is not UTF-8";
  expect_form(urlencoded, "a=%C3&b=%A4", refused);
  expect_form(urlencoded, "%FF=1", refused);
  const auto [type, body] = FormWriter().add_field("a", "\xFF").written();
  expect_form(type, body, refused);
  const auto [file_type, file] = FormWriter().add_file("a", "b", "\xFF").written();
  expect_form(file_type, file, "a=[b|application/octet-stream|\xFF]");
}

TEST(FormReader, RefusesOneFieldMoreThanTheLimit) {
  FormLimits limits;
  limits.fields = 2;
  const std::string refused = "413 the form has too many fields";
  expect_form(urlencoded, "a=1&b=2", "a=1 b=2", limits);
  expect_form(urlencoded, "a=1&b=2&c=3", refused, limits);
  FormWriter writer;
  writer.add_field("a", "1").add_file("f", "", "").add_field("b", "2");
  const auto [type, body] = writer.written();
  expect_form(type, body, "a=1 b=2 f=[|application/octet-stream|]", limits);
  const auto [again_type, again] = writer.add_field("c", "").written();
  expect_form(again_type, again, refused, limits);
}

TEST(FormReader, RefusesTextOneByteBeyondTheLimitOnceItIsDecoded) {
  FormLimits limits;
  limits.field_bytes = 6;
  expect_form(urlencoded, "a=12&b=3%34", "a=12 b=34", limits);
  expect_form(urlencoded, "a=12&b=3%345", fields_too_large, limits);
  expect_form(urlencoded, "%41%41%41=%41%41%41", "AAA=AAA", limits);
  expect_form(urlencoded, "%41%41%41=%41%41%41&c", fields_too_large, limits);
  expect_form(urlencoded, "%41%41%41=%41%41%41%41", fields_too_large, limits);
  const auto [type, body] = FormWriter().add_field("ab", "1").add_field("c", "23").written();
  expect_form(type, body, "ab=1 c=23", limits);
  const auto [again, larger] = FormWriter().add_field("ab", "1").add_field("c", "234").written();
  expect_form(again, larger, fields_too_large, limits);
  const auto [name, long_name] = FormWriter().add_field("abcdefg", "").written();
  expect_form(name, long_name, fields_too_large, limits);
}

TEST(FormReader, HoldsNoMoreOfAPairThanCouldFit) {
  FormLimits limits;
  limits.field_bytes = 10;
  auto made = FormReader::of(urlencoded, limits);
  auto& reader = std::get<FormReader>(made);
  EXPECT_EQ(reader.take("a=%41%41%41%41%41%41%41%41%41"), std::nullopt);
  EXPECT_EQ(reader.take("%41"), FormError::fields_too_large) << "before the pair has ended";
}

TEST(FormReader, RefusesOneFileMoreThanTheLimitOrOneByteMoreInAFile) {
  FormLimits limits;
  limits.files = 1;
  limits.file_bytes = 3;
  const auto [type, body] = FormWriter().add_file("f", "x", "123").written();
  expect_form(type, body, "f=[x|application/octet-stream|123]", limits);
  const auto [large_type, large] = FormWriter().add_file("f", "x", "1234").written();
  expect_form(large_type, large, "413 a file of the form is too large", limits);
  const auto [many_type, many] =
      FormWriter().add_file("f", "x", "123").add_file("g", "", "").written();
  expect_form(many_type, many, "413 the form has too many files", limits);
}

TEST(FormReader, RefusesABodyOneByteBeyondTheLimit) {
  FormLimits limits;
  limits.total_bytes = 7;
  expect_form(urlencoded, "a=1&b=2", "a=1 b=2", limits);
  expect_form(urlencoded, "a=1&b=2&", "413 the form is too large", limits);
  EXPECT_EQ(std::get<FormReader>(FormReader::of(urlencoded, limits)).limit(), 7U);
}

TEST(FormReader, SaysWhatIsWrongBeforeTheLimitThoughAPieceGoesBeyondIt) {
  FormLimits limits;
  limits.total_bytes = 7;
  limits.fields = 1;
  expect_form(urlencoded, "a=1&b=&c=3", "413 the form has too many fields", limits);
}

TEST(FormReader, RepeatsItsErrorAndTakesNothingMore) {
  FormLimits limits;
  limits.fields = 1;
  auto made = FormReader::of(urlencoded, limits);
  auto& reader = std::get<FormReader>(made);
  EXPECT_EQ(reader.take("a&b&c"), FormError::too_many_fields);
  EXPECT_EQ(reader.take("d"), FormError::too_many_fields);
  EXPECT_EQ(std::get<FormError>(reader.finish()), FormError::too_many_fields);
}

TEST(FormReader, CanBeMovedAnywhereInABody) {
  static_assert(std::is_move_constructible_v<FormReader> &&
                !std::is_copy_constructible_v<FormReader>);
  const auto [type, body] = FormWriter().add_field("a", "1").add_file("f", "x", "234").written();
  for (std::size_t cut = 0; cut <= body.size(); ++cut) {
    auto first = FormReader::of(type);
    EXPECT_EQ(std::get<FormReader>(first).take(body.substr(0, cut)), std::nullopt);
    FormReader second = std::move(std::get<FormReader>(first));
    EXPECT_EQ(second.take(body.substr(cut)), std::nullopt);
    auto form = second.finish();
    EXPECT_EQ(shown(std::get<FormData>(form)), "a=1 f=[x|application/octet-stream|234]");
  }
}

TEST(Form, FindsWhatItHoldsByName) {
  auto made = FormReader::of(urlencoded);
  ASSERT_EQ(std::get<FormReader>(made).take("a=1&b=2&a=3"), std::nullopt);
  const auto read = std::get<FormReader>(made).finish();
  const auto& form = std::get<FormData>(read);
  EXPECT_EQ(*form.field("a"), "1");
  EXPECT_EQ(form.field("A"), nullptr);
  EXPECT_EQ(form.all_fields("a"), (std::vector<std::string_view>{"1", "3"}));
  EXPECT_EQ(form.file("a"), nullptr);
}

TEST(Form, FindsFilesByName) {
  const auto [type, body] =
      FormWriter().add_file("f", "1", "").add_file("g", "2", "").add_file("f", "3", "").written();
  auto made = FormReader::of(type);
  ASSERT_EQ(std::get<FormReader>(made).take(body), std::nullopt);
  auto read = std::get<FormReader>(made).finish();
  auto& form = std::get<FormData>(read);
  EXPECT_EQ(form.file("f")->filename(), "1");
  const auto files = form.all_files("f");
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[1]->filename(), "3");
  const Upload moved = std::move(*form.file("g"));
  EXPECT_EQ(moved.filename(), "2");
  EXPECT_EQ(form.file("h"), nullptr);
}

TEST(FormError, HasAStatusAndASentence) {
  for (int i = 0; i <= static_cast<int>(FormError::no_room); ++i) {
    const auto error = static_cast<FormError>(i);
    EXPECT_TRUE(status_of(error) >= 400 && status_of(error) <= 507) << i;
    EXPECT_GT(text_of(error).size(), 15U) << i;
  }
  EXPECT_EQ(status_of(FormError::no_room), 507);
}

}  // namespace
}  // namespace assay::forms
