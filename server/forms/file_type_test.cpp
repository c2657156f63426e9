#include "server/forms/file_type.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "server/forms/media_type.h"

namespace assay::forms {
namespace {

TEST(FileType, IsToldByTheSuffixInEitherCase) {
  for (const auto& [path, type] :
       {std::pair{"index.html", "text/html; charset=utf-8"},
        std::pair{"site/INDEX.HTM", "text/html; charset=utf-8"},
        std::pair{"app.min.js", "text/javascript; charset=utf-8"},
        std::pair{"/data.json", "application/json"}, std::pair{"logo.svg", "image/svg+xml"},
        std::pair{"photo.jpeg", "image/jpeg"}, std::pair{"font.woff2", "font/woff2"},
        std::pair{"code.wasm", "application/wasm"}, std::pair{"all.tar.gz", "application/gzip"}}) {
    EXPECT_EQ(file_type(path), type) << path;
  }
}

TEST(FileType, IsBytesWhereNoSuffixIsKnown) {
  for (const std::string_view path : {"", "README", "archive.zzz", ".html", "site/.html",
                                      "page.html/part", "name.", "v1.2/LICENSE"}) {
    EXPECT_EQ(file_type(path), "application/octet-stream") << path;
  }
}

TEST(FileType, IsAMediaType) {
  for (const std::string_view path : {"a.docx", "a.md", "a.ico", "a.7z", "a.xml", "a"}) {
    EXPECT_TRUE(MediaType::parse(file_type(path))) << path;
  }
}

}  // namespace
}  // namespace assay::forms
