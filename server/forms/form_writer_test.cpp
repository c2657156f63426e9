#include "server/forms/form_writer.h"

#include <string>

#include <gtest/gtest.h>

#include "server/forms/expect_form.h"

namespace assay::forms {
namespace {

TEST(FormWriter, WritesWhatABrowserSends) {
  const auto [type, body] =
      FormWriter().add_field("a", "1").add_file("f", "x.png", "PNG", "image/png").written();
  EXPECT_EQ(type, "multipart/form-data; boundary=assay-form-0");
  EXPECT_EQ(body,
            "--assay-form-0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
            "--assay-form-0\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.png\"\r\n"
            "Content-Type: image/png\r\n\r\nPNG\r\n--assay-form-0--\r\n");
}

TEST(FormWriter, ChoosesABoundaryThatNoPartHolds) {
  const auto [type, body] = FormWriter()
                                .add_field("assay-form-1", "\r\n--assay-form-0--\r\n")
                                .add_file("f", "assay-form-2", "assay-form-3")
                                .written();
  EXPECT_EQ(type, "multipart/form-data; boundary=assay-form-4");
  expect_form(type, body,
              "assay-form-1=\r\n--assay-form-0--\r\n "
              "f=[assay-form-2|application/octet-stream|assay-form-3]");
}

TEST(FormWriter, WritesNamesThatAreReadAsTheyWere) {
  for (const std::string name :
       {"", "a b", "a\"b", "a\r\nb", "a\\", "\\\\a\\\"", "a;b=c", "100%", "\xC3\xA4"}) {
    const auto [type, body] = FormWriter().add_field(name, "1").written();
    expect_form(type, body, name + "=1");
  }
}

TEST(FormWriter, WritesAFormWithoutParts) {
  const auto [type, body] = FormWriter().written();
  expect_form(type, body, "");
}

}  // namespace
}  // namespace assay::forms
