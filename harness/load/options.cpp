#include "harness/load/options.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "harness/load/body_rule.h"
#include "harness/load/file_content.h"
#include "harness/load/rate_text.h"
#include "harness/load/url.h"

namespace assay::load {
namespace {

constexpr double most = 1e9;  // of anything that is counted or timed here

std::optional<LoadError> refusal(const Options& options) {
  const auto is_whole = [](double value) { return value == std::floor(value); };
  const auto is_count = [&](double value) {
    return value >= 1 && value <= most && is_whole(value);
  };
  const auto is_time = [](double value) { return value > 0 && value <= most; };
  if (!is_count(options.connections)) return LoadError::not_a_count("-c", options.connections);
  if (!is_count(options.threads)) return LoadError::not_a_count("-t", options.threads);
  if (!is_count(options.pipeline)) return LoadError::not_a_count("--pipeline", options.pipeline);
  if (!is_count(options.at_once)) return LoadError::not_a_count("--burst", options.at_once);
  if (options.agents != 0 && !is_count(options.agents)) {
    return LoadError::not_a_count("--agents", options.agents);
  }
  const bool is_seed = options.seed >= 0 && options.seed <= most && is_whole(options.seed);
  if (!is_seed) return LoadError::not_a_count("--seed", options.seed);
  if (options.is_counted && !is_count(options.requests)) {
    return LoadError::not_a_count("-n", options.requests);
  }
  if (options.is_counted && options.is_timed) return LoadError::two_ends();
  if (!is_time(options.seconds)) return LoadError::not_a_time("-d", options.seconds);
  if (!is_time(options.timeout_s)) return LoadError::not_a_time("--timeout", options.timeout_s);
  if (options.warm_up_s != 0 && !is_time(options.warm_up_s)) {
    return LoadError::not_a_time("--warm-up", options.warm_up_s);
  }
  return std::nullopt;
}

nanoseconds from_seconds(double seconds) {
  return std::chrono::duration_cast<nanoseconds>(std::chrono::duration<double>(seconds));
}

// TEXT, or the bytes of @FILE.
Result<std::string> content(const std::string& given) {
  if (given.empty() || given.front() != '@') return given;
  return file_content(given.substr(1));
}

std::optional<LoadError> add_headers(Request& request, const std::vector<std::string>& headers) {
  for (const std::string& header : headers) {
    const std::size_t colon = header.find(':');
    const bool is_two_lines = header.find_first_of("\r\n") != std::string::npos;
    if (colon == std::string::npos || colon == 0 || is_two_lines) {
      return LoadError::not_a_header(header);
    }
    const std::size_t value = header.find_first_not_of(' ', colon + 1);
    request.headers.emplace_back(header.substr(0, colon),
                                 value == std::string::npos ? "" : header.substr(value));
  }
  return std::nullopt;
}

// RFC 9110, 5.6.2. A method with a space or a line end in it would be another request.
bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || marks.find(c) != marks.npos;
  });
}

Result<Target> target_of(const Options& options, const Url& url) {
  Target target;
  target.host = url.host;
  target.port = url.port;
  target.unix_path = options.unix_path;
  const bool is_secure = url.scheme == Scheme::https;
  if (!is_secure && options.insecure) return LoadError::option_without("--insecure", "https://");
  if (!is_secure && !options.authorities.empty()) {
    return LoadError::option_without("--ca", "https://");
  }
  if (is_secure) target.tls = TlsChoice{!options.insecure, options.authorities};
  return target;
}

Result<std::optional<Rate>> rate_of(const Options& options) {
  if (options.rate.empty()) {
    if (options.shapes_rate)
      return LoadError::option_without("--arrivals or --burst", "a rate (-r)");
    return std::optional<Rate>();
  }
  Result<Rate> rate = parse_rate(options.rate);
  if (!rate) return rate.error();
  rate->arrivals = parse_arrivals(options.arrivals);
  if (options.sizes_burst && rate->arrivals != Arrivals::burst) {
    return LoadError::option_without("--burst", "--arrivals burst");
  }
  rate->at_once = static_cast<std::uint64_t>(options.at_once);
  if (options.is_counted && rate->per_second != rate->per_second_at_end) {
    return LoadError::two_ways("-n", "a rate that grows over the measured time");
  }
  return std::optional<Rate>(*rate);
}

// The one that a body must follow, of those that exclude each other.
Result<std::shared_ptr<const BodyRule>> rule_of(const Options& options) {
  const auto made = [](Result<BodyRule> rule) -> Result<std::shared_ptr<const BodyRule>> {
    if (!rule) return rule.error();
    return std::make_shared<const BodyRule>(std::move(*rule));
  };
  const auto from = [&](const std::string& given, auto make) {
    const Result<std::string> text = content(given);
    return text ? made(make(*text)) : Result<std::shared_ptr<const BodyRule>>(text.error());
  };
  if (options.expected_json) return from(*options.expected_json, BodyRule::json);
  if (options.expected_part) return from(*options.expected_part, BodyRule::contains);
  if (options.expected_schema) return from(*options.expected_schema, BodyRule::schema);
  return std::shared_ptr<const BodyRule>();
}

Result<Expectation> expectation_of(const Options& options) {
  const std::array given{std::pair("--expect-body", &options.expected_body),
                         std::pair("--expect-json", &options.expected_json),
                         std::pair("--expect-contains", &options.expected_part),
                         std::pair("--expect-schema", &options.expected_schema)};
  const char* first = nullptr;
  for (const auto& [name, value] : given) {
    if (!*value) continue;
    if (first != nullptr) return LoadError::two_ways(first, name);
    first = name;
  }
  Expectation expectation;
  if (options.expected_status != 0) expectation.status = options.expected_status;
  if (!options.expected_type.empty()) expectation.media_type = options.expected_type;
  if (options.expected_body) {
    Result<std::string> body = content(*options.expected_body);
    if (!body) return body.error();
    expectation.body = std::move(*body);
  }
  Result<std::shared_ptr<const BodyRule>> rule = rule_of(options);
  if (!rule) return rule.error();
  expectation.rule = std::move(*rule);
  return expectation;
}

Result<Request> request_of(const Options& options, const Url& url) {
  if (!is_token(options.method)) return LoadError::not_a_method(options.method);
  Result<std::string> body = content(options.body);
  if (!body) return body.error();
  const std::string usual_method = options.body.empty() ? "GET" : "POST";
  Request request{
      options.method.empty() ? usual_method : options.method, url.target, {}, std::move(*body)};
  if (const auto error = add_headers(request, options.headers)) return *error;
  return request;
}

}  // namespace

Result<Job> job_of(const Options& options) {
  if (const auto error = refusal(options)) return *error;
  const Result<Url> url = parse_url(options.url);
  if (!url) return url.error();
  Job job;
  const auto set = [](auto& field, auto result) -> std::optional<LoadError> {
    if (!result) return result.error();
    field = std::move(*result);
    return std::nullopt;
  };
  if (const auto error = set(job.target, target_of(options, *url))) return *error;
  if (const auto error = set(job.request, request_of(options, *url))) return *error;
  if (const auto error = set(job.expectation, expectation_of(options))) return *error;
  if (const auto error = set(job.rate, rate_of(options))) return *error;
  job.is_verbatim = options.verbatim;
  job.connections = static_cast<std::size_t>(options.connections);
  job.threads = static_cast<std::size_t>(options.threads);
  job.keep_alive = !options.close;
  job.pipeline = static_cast<std::size_t>(options.pipeline);
  job.warm_up = from_seconds(options.warm_up_s);
  job.duration = from_seconds(options.seconds);
  if (options.is_counted) job.requests = static_cast<std::uint64_t>(options.requests);
  job.timeout = from_seconds(options.timeout_s);
  job.stays_awake = options.awake;
  job.seed = static_cast<std::uint64_t>(options.seed);
  return job;
}

}  // namespace assay::load
