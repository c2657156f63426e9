#include "harness/load/command/options.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "harness/load/command/mix_text.h"
#include "harness/load/request/file_content.h"
#include "harness/load/socket/url.h"
#include "harness/load/text/rate_text.h"
#include "harness/load/text/same_letters.h"

namespace assay::load {
namespace {

bool is_time(double value) { return value > 0 && value <= LoadError::most; }

std::optional<LoadError> refusal_of_warm_up(const Options& options) {
  if (options.warm_up_s != 0 && !is_time(options.warm_up_s)) {
    return LoadError::not_a_time("--warm-up", options.warm_up_s);
  }
  if (!options.warms_until_steady) return std::nullopt;
  if (!is_time(options.warm_up_most_s)) {
    return LoadError::not_a_time("--warm-up-most", options.warm_up_most_s);
  }
  if (options.is_counted) return LoadError::two_ways("-n", "--warm-up-most");
  if (options.agents != 0 || !options.agent_commands.empty()) {
    return LoadError::two_ways("--warm-up-most", "a load shared among agents");
  }
  return std::nullopt;
}

std::optional<LoadError> refusal(const Options& options) {
  if (!options.no_time.empty()) return LoadError::no_time(options.no_time);
  const auto is_whole = [](double value) { return value == std::floor(value); };
  const auto is_count = [&](double value) {
    return value >= 1 && value <= LoadError::most && is_whole(value);
  };
  if (!is_count(options.connections)) return LoadError::not_a_count("-c", options.connections);
  if (!is_count(options.threads)) return LoadError::not_a_count("-t", options.threads);
  if (!is_count(options.pipeline)) return LoadError::not_a_count("--pipeline", options.pipeline);
  if (!is_count(options.at_once)) return LoadError::not_a_count("--burst", options.at_once);
  if ((options.is_shared || options.agents != 0) && !is_count(options.agents)) {
    return LoadError::not_a_count("--agents", options.agents);
  }
  const bool is_seed =
      options.seed >= 0 && options.seed <= LoadError::most && is_whole(options.seed);
  if (!is_seed) return LoadError::not_a_count("--seed", options.seed, 0);
  if (options.is_counted && !is_count(options.requests)) {
    return LoadError::not_a_count("-n", options.requests);
  }
  if (options.is_counted && options.is_timed) return LoadError::two_ends();
  if (!is_time(options.seconds)) return LoadError::not_a_time("-d", options.seconds);
  if (!is_time(options.timeout_s)) return LoadError::not_a_time("--timeout", options.timeout_s);
  return refusal_of_warm_up(options);
}

nanoseconds from_seconds(double seconds) {
  return std::chrono::duration_cast<nanoseconds>(std::chrono::duration<double>(seconds));
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

// With a mix, the request of the command line is none; its headers go with all of the mix.
std::optional<LoadError> refuse_beside_mix(const Options& options, const Url& url) {
  const std::array given{std::pair("-X", !options.method.empty()),
                         std::pair("--body", !options.body.empty()),
                         std::pair("--expect-status", !options.expected_status.empty()),
                         std::pair("--expect-type", !options.expected_type.empty()),
                         std::pair("--expect-body", options.expected_body.has_value()),
                         std::pair("--expect-json", options.expected_json.has_value()),
                         std::pair("--expect-contains", options.expected_part.has_value()),
                         std::pair("--expect-schema", options.expected_schema.has_value()),
                         std::pair("--expect-pattern", options.expected_pattern.has_value()),
                         std::pair("a path in the URL", url.target != "/")};
  const auto* const found =
      std::find_if(given.begin(), given.end(), [](const auto& each) { return each.second; });
  if (found == given.end()) return std::nullopt;
  return LoadError::two_ways("--mix", found->first);
}

std::string_view name_of(std::string_view header) { return header.substr(0, header.find(':')); }

// Those of the line, and those of the command line that it does not have.
void add_common_headers(std::vector<std::string>& headers, const std::vector<std::string>& common) {
  const std::size_t own = headers.size();
  for (const std::string& header : common) {
    const bool is_there = std::any_of(
        headers.begin(), headers.begin() + static_cast<std::ptrdiff_t>(own),
        [&](const std::string& each) { return same_letters(name_of(each), name_of(header)); });
    if (!is_there) headers.push_back(header);
  }
}

Result<std::vector<MixPart>> mix_of(const Options& options, const Url& url) {
  std::vector<MixPart> parts;
  if (options.mix.empty() && !options.mixes) return parts;
  if (const auto error = refuse_beside_mix(options, url)) return *error;
  const Result<std::string> text = text_or_file(options.mix);
  if (!text) return text.error();
  Result<std::vector<MixLine>> lines = parse_mix(*text);
  if (!lines) return lines.error();
  for (MixLine& line : *lines) {
    add_common_headers(line.options.headers, options.headers);
    Result<Request> request = request_of(line.options, line.target);
    if (!request) return LoadError::bad_mix(line.number, request.error().what());
    Result<Expectation> expectation = expectation_of(line.options);
    if (!expectation) return LoadError::bad_mix(line.number, expectation.error().what());
    parts.push_back({line.weight, std::move(*request), std::move(*expectation)});
  }
  return parts;
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
  if (const auto error = set(job.request, request_of(options, url->target))) return *error;
  if (const auto error = set(job.expectation, expectation_of(options))) return *error;
  if (const auto error = set(job.mix, mix_of(options, *url))) return *error;
  if (const auto error = set(job.rate, rate_of(options))) return *error;
  job.is_verbatim = options.verbatim;
  job.connections = static_cast<std::size_t>(options.connections);
  job.threads = static_cast<std::size_t>(options.threads);
  job.keep_alive = !options.close;
  job.pipeline = static_cast<std::size_t>(options.pipeline);
  job.warm_up = from_seconds(options.warm_up_s);
  if (options.warms_until_steady) job.warm_up_most = from_seconds(options.warm_up_most_s);
  job.duration = from_seconds(options.seconds);
  if (options.is_counted) job.requests = static_cast<std::uint64_t>(options.requests);
  job.timeout = from_seconds(options.timeout_s);
  job.stays_awake = options.awake;
  job.seed = static_cast<std::uint64_t>(options.seed);
  return job;
}

}  // namespace assay::load
