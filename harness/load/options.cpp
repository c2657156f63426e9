#include "harness/load/options.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

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
  const std::string path = given.substr(1);
  if (std::filesystem::is_directory(path)) return LoadError::unreadable_file(path, "a directory");
  std::ifstream file(path, std::ios::binary);
  if (!file) return LoadError::unreadable_file(path, std::strerror(errno));
  return std::string(std::istreambuf_iterator<char>(file), {});
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

}  // namespace

Result<Job> job_of(const Options& options) {
  if (const auto error = refusal(options)) return *error;
  const Result<Url> url = parse_url(options.url);
  if (!url) return url.error();
  const Result<std::string> body = content(options.body);
  if (!body) return body.error();
  const Result<std::string> expected_body = content(options.expected_body);
  if (!expected_body) return expected_body.error();
  Job job;
  job.host = url->host;
  job.port = url->port;
  if (!is_token(options.method)) return LoadError::not_a_method(options.method);
  const std::string usual_method = options.body.empty() ? "GET" : "POST";
  job.request = {options.method.empty() ? usual_method : options.method, url->target, {}, *body};
  if (const auto error = add_headers(job.request, options.headers)) return *error;
  if (options.expected_status != 0) job.expectation.status = options.expected_status;
  if (options.expects_body) job.expectation.body = *expected_body;
  job.connections = static_cast<std::size_t>(options.connections);
  job.threads = static_cast<std::size_t>(options.threads);
  job.keep_alive = !options.close;
  job.warm_up = from_seconds(options.warm_up_s);
  job.duration = from_seconds(options.seconds);
  if (options.is_counted) job.requests = static_cast<std::uint64_t>(options.requests);
  job.timeout = from_seconds(options.timeout_s);
  return job;
}

}  // namespace assay::load
