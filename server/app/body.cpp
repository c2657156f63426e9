#include "server/app/body.h"

#include <algorithm>

#include "server/app/problem_place.h"
#include "server/forms/media_type.h"

namespace assay {
namespace {

bool is_json(const forms::MediaType& media) {
  return is(media, "application/json") || is(media, "application/*+json");
}

}  // namespace

bool has_json_body(const Request& request) {
  const std::string_view type = request.head.find("Content-Type").value_or("");
  if (request.body.empty() && type.empty()) return false;
  const std::optional<forms::MediaType> media = forms::MediaType::parse(type);
  if (!media || !is_json(*media)) {
    throw HttpError(415, "the body has to be sent as Content-Type: application/json");
  }
  // RFC 8259, 8.1: JSON between systems is UTF-8. Some say so, though it has no such parameter.
  const std::optional<std::string> charset = media->parameter("charset");
  if (charset && !wire::same_name(*charset, "utf-8")) {
    throw HttpError(415, "JSON has to be sent in UTF-8");
  }
  return !request.body.empty();
}

bool takes_type(const Operation& operation, std::string_view type) {
  const auto& bodies = operation.bodies;
  if (bodies.empty() || type.empty()) return true;
  const std::optional<forms::MediaType> media = forms::MediaType::parse(type);
  return media && std::any_of(bodies.begin(), bodies.end(), [&media](const auto& body) {
           const std::string& wanted = body.first;
           return wanted == "application/json" ? is_json(*media) : is(*media, wanted);
         });
}

void place_in_body(std::vector<model::Problem>& problems, std::size_t first) {
  for (std::size_t i = first; i < problems.size(); ++i) place_in(problems[i], "body");
}

model::Problem missing_body() {
  model::Problem problem = model::problem_of(model::missing);
  place_in(problem, "body");
  return problem;
}

}  // namespace assay
