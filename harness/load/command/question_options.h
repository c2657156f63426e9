// One request and what its reply must be, as they were typed: options of `assay load`, or of a line
// of its --mix. Reads the files that are named with an @; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/load/load_error.h"
#include "harness/load/reply/expectation.h"
#include "harness/load/request/request.h"

namespace assay::load {

struct QuestionOptions {
  std::string method;  // empty: GET, or POST when there is a body
  std::vector<std::string> headers;
  std::string body;  // text, or @FILE

  std::string expected_status;               // "200", or "200,404"; empty: any from 200 to 299
  std::string expected_type;                 // empty: any
  std::optional<std::string> expected_body;  // these five: text, or @FILE
  std::optional<std::string> expected_json;
  std::optional<std::string> expected_part;
  std::optional<std::string> expected_schema;
  std::optional<std::string> expected_pattern;
};

// What is none is refused with the option's name, as is a file that is not there.
Result<Request> request_of(const QuestionOptions& options, const std::string& target);
Result<Expectation> expectation_of(const QuestionOptions& options);

}  // namespace assay::load
