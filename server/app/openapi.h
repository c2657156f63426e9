// The description of an application as OpenAPI 3.1, made of its handlers' types.
//
// Made when it is first asked for; then any thread reads the same text.
#pragma once
#include <mutex>
#include <string>
#include <string_view>

#include "server/app/routes.h"

namespace assay {

struct ApiTitle {
  std::string title;
  std::string version = "1.0.0";
  std::string description{};
};

std::string openapi_document(const ApiTitle& title, const RouteBook& book, ErrorDialect dialect);

class ApiDescription {
 public:
  // Both outlive it; the routes are all added before `document` is called.
  ApiDescription(ApiTitle title, const RouteBook& book, const Services& services)
      : title_(std::move(title)), book_(book), services_(services) {}

  std::string_view document();

 private:
  ApiTitle title_;
  const RouteBook& book_;
  const Services& services_;
  std::once_flag made_;
  std::string text_;
};

// The page at /docs.
void answer_docs_page(Context& context);

}  // namespace assay
