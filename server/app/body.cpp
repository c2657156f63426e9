#include "server/app/body.h"

#include "server/app/problem_place.h"
#include "server/forms/media_type.h"

namespace assay {

bool has_json_body(const Request& request) {
  const std::string_view type = request.head.find("Content-Type").value_or("");
  if (request.body.empty() && type.empty()) return false;
  const std::optional<forms::MediaType> media = forms::MediaType::parse(type);
  if (!media || !(is(*media, "application/json") || is(*media, "application/*+json"))) {
    throw HttpError(415, "the body has to be sent as Content-Type: application/json");
  }
  // RFC 8259, 8.1: JSON between systems is UTF-8. Some say so, though it has no such parameter.
  const std::optional<std::string> charset = media->parameter("charset");
  if (charset && !wire::same_name(*charset, "utf-8")) {
    throw HttpError(415, "JSON has to be sent in UTF-8");
  }
  return !request.body.empty();
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
