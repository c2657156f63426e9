#include "harness/load/command/question_options.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "harness/load/reply/body_rule.h"
#include "harness/load/request/file_content.h"
#include "harness/load/text/same_letters.h"
#include "harness/load/text/visible_text.h"

namespace assay::load {
namespace {

// RFC 9110, 5.6.2. A method with a space or a line end in it would be another request.
bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || marks.find(c) != marks.npos;
  });
}

// RFC 9110, 5.5: no line end and no other control character but the tab.
bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return (value >= ' ' && value != 0x7f) || byte == '\t';
  });
}

std::optional<LoadError> add_headers(Request& request, const std::vector<std::string>& headers) {
  for (const std::string& header : headers) {
    const std::size_t colon = std::min(header.find(':'), header.size());
    const std::string name = header.substr(0, colon);
    const std::size_t begin = header.find_first_not_of(' ', colon + 1);
    const std::string value = begin == std::string::npos ? "" : header.substr(begin);
    if (colon == header.size() || name.empty() || !is_token(name) || !is_field_value(value)) {
      return LoadError::not_a_header(visible_text(header));
    }
    request.headers.emplace_back(name, value);
  }
  return std::nullopt;
}

// One that is not the body's makes the server wait for what never comes, or take the rest of the
// body for the next request. Placeholders in either fit each other or not from case to case.
std::optional<LoadError> refuse_wrong_length(const Request& request) {
  for (const auto& [name, value] : request.headers) {
    const bool is_fixed = value.find('{') == value.npos && request.body.find('{') == value.npos;
    if (same_letters(name, "content-length") && is_fixed &&
        value != std::to_string(request.body.size())) {
      return LoadError::wrong_length(value, request.body.size());
    }
  }
  return std::nullopt;
}

// A server would wait for the end of such a body, or take the next request for it.
std::optional<LoadError> refuse_unending_body(const Request& request) {
  constexpr std::string_view last_chunk = "0\r\n\r\n";
  for (const auto& [name, value] : request.headers) {
    const bool is_chunked = same_letters(name, "transfer-encoding");
    if (is_chunked && !request.body.ends_with(last_chunk)) return LoadError::no_last_chunk();
  }
  return std::nullopt;
}

// RFC 9112, 3.2: a server must refuse such a request.
std::optional<LoadError> refuse_two_hosts(const Request& request) {
  const auto is_host = [](const auto& header) { return same_letters(header.first, "host"); };
  if (std::count_if(request.headers.begin(), request.headers.end(), is_host) < 2) {
    return std::nullopt;
  }
  return LoadError::two_hosts();
}

// The one that a body must follow, of those that exclude each other.
Result<std::shared_ptr<const BodyRule>> rule_of(const QuestionOptions& options) {
  const auto made = [](Result<BodyRule> rule) -> Result<std::shared_ptr<const BodyRule>> {
    if (!rule) return rule.error();
    return std::make_shared<const BodyRule>(std::move(*rule));
  };
  const auto from = [&](const std::string& given, auto make) {
    const Result<std::string> text = text_or_file(given);
    return text ? made(make(*text)) : Result<std::shared_ptr<const BodyRule>>(text.error());
  };
  if (options.expected_json) return from(*options.expected_json, BodyRule::json);
  if (options.expected_part) return from(*options.expected_part, BodyRule::contains);
  if (options.expected_schema) return from(*options.expected_schema, BodyRule::schema);
  if (options.expected_pattern) return from(*options.expected_pattern, BodyRule::pattern);
  return std::shared_ptr<const BodyRule>();
}

std::optional<LoadError> refuse_two_bodies(const QuestionOptions& options) {
  const std::array given{std::pair("--expect-body", &options.expected_body),
                         std::pair("--expect-json", &options.expected_json),
                         std::pair("--expect-contains", &options.expected_part),
                         std::pair("--expect-schema", &options.expected_schema),
                         std::pair("--expect-pattern", &options.expected_pattern)};
  const char* first = nullptr;
  for (const auto& [name, value] : given) {
    if (!*value) continue;
    if (first != nullptr) return LoadError::two_ways(first, name);
    first = name;
  }
  return std::nullopt;
}

// "200,404"
std::optional<LoadError> take_statuses(Expectation& expectation, std::string_view given) {
  const std::string_view all = given;
  while (true) {
    const std::string_view one = given.substr(0, given.find(','));
    int status = 0;
    const auto [stop, error] = std::from_chars(one.data(), one.data() + one.size(), status);
    const bool is_number = error == std::errc() && stop == one.data() + one.size();
    if (!is_number || status < 100 || status > 599) return LoadError::not_statuses(all);
    if (!expectation.status) {
      expectation.status = status;
    } else {
      expectation.other_statuses.push_back(status);
    }
    if (one.size() == given.size()) return std::nullopt;
    given.remove_prefix(one.size() + 1);
  }
}

}  // namespace

Result<Expectation> expectation_of(const QuestionOptions& options) {
  if (const auto error = refuse_two_bodies(options)) return *error;
  Expectation expectation;
  if (!options.expected_status.empty()) {
    if (const auto error = take_statuses(expectation, options.expected_status)) return *error;
  }
  if (!options.expected_type.empty()) expectation.media_type = options.expected_type;
  if (options.expected_body) {
    Result<std::string> body = text_or_file(*options.expected_body);
    if (!body) return body.error();
    expectation.body = std::move(*body);
  }
  Result<std::shared_ptr<const BodyRule>> rule = rule_of(options);
  if (!rule) return rule.error();
  expectation.rule = std::move(*rule);
  return expectation;
}

Result<Request> request_of(const QuestionOptions& options, const std::string& target) {
  if (!is_token(options.method)) return LoadError::not_a_method(options.method);
  Result<std::string> body = text_or_file(options.body);
  if (!body) return body.error();
  const std::string usual_method = options.body.empty() ? "GET" : "POST";
  Request request{
      options.method.empty() ? usual_method : options.method, target, {}, std::move(*body)};
  if (const auto error = add_headers(request, options.headers)) return *error;
  if (const auto error = refuse_wrong_length(request)) return *error;
  if (const auto error = refuse_unending_body(request)) return *error;
  if (const auto error = refuse_two_hosts(request)) return *error;
  return request;
}

}  // namespace assay::load
