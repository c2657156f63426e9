#include "harness/validation/load_report.h"

#include <algorithm>

#include "server/model/json_read.h"

namespace assay::validation {

bool LoadReport::says_client_was_late() const {
  return std::any_of(warnings.begin(), warnings.end(), [](const std::string& warning) {
    return warning.find("the client sent late") != warning.npos ||
           warning.find("the client stood still") != warning.npos;
  });
}

// The document is the only thing with braces of its own at the begin of a line.
Result<LoadReport> load_report(const std::string& said) {
  const std::size_t begin = said.starts_with('{') ? 0 : said.find("\n{");
  const std::size_t end = said.rfind("\n}");
  if (begin == said.npos || end == said.npos || end < begin) {
    return ValidationError::no_load("assay load printed no document: " + said.substr(0, 200),
                                    "build all programs of one version: make build");
  }
  auto reading = model::from_json<LoadReport>(said.substr(begin, end + 2 - begin));
  if (!reading.ok()) {
    return ValidationError::no_load(
        "assay load printed another document: " + model::text(reading.problems.front()),
        "build all programs of one version: make build");
  }
  return std::move(reading.value);
}

}  // namespace assay::validation
