// The media type of a file by the suffix of its name, for replies that send files.
//
// Pure; any thread. Text is taken for UTF-8 and says so.
#pragma once
#include <string_view>

namespace assay::forms {

// "text/html; charset=utf-8" for "site/index.HTML"; application/octet-stream for what is not known.
std::string_view file_type(std::string_view path);

}  // namespace assay::forms
