// The page at /docs of every application: one HTML file, and the policy to send with it.
//
// Serve `html` as text/html; charset=utf-8, `content_security_policy` as that header, and the
// application's OpenAPI document as openapi.json beside it. The policy allows the page's own script
// and style by their hashes, and requests to its own server; nothing else runs or leaves.
// Constant, made by embed_page.cmake; any thread, for as long as the program runs.
#pragma once
#include <string_view>

namespace assay {

struct DocsPage {
  std::string_view html;
  std::string_view content_security_policy;
};

const DocsPage& docs_page();

}  // namespace assay
