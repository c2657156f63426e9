// A load::Job as it is sent to an agent. A typed model; pure functions; any thread.
//
// Whole: an agent knows nothing but what stands here, and files that are named in it (a Unix
// socket, certificates, {pick:@FILE}) are the agent's own. Numbers far beyond sense are refused
// here by their name, so that sums do not overflow; which ones fit each other is for `load` to say.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "harness/agents/octets.h"
#include "harness/agents/rate_record.h"
#include "harness/load/load_error.h"
#include "harness/load/pace/job.h"
#include "server/model/enumerated.h"
#include "server/model/field.h"
#include "server/model/rules.h"

namespace assay::agents {

using model::above;
using model::at_least;
using model::at_most;
using model::field;

inline constexpr std::int64_t longest_ns = 1'000'000'000'000'000'000;  // 31 years: sums stay sane
inline constexpr std::uint64_t most_connections = 10'000'000;
inline constexpr std::uint64_t highest_weight = UINT32_MAX;

struct TlsRecord {
  bool verifies = true;
  std::string authorities;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{field<"verifies">(&TlsRecord::verifies),
                      field<"authorities">(&TlsRecord::authorities)};
  }
};

struct TargetRecord {
  std::string host;
  std::uint16_t port = 0;
  std::string unix_path;
  std::optional<TlsRecord> tls;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{field<"host">(&TargetRecord::host), field<"port">(&TargetRecord::port),
                      field<"unix_path">(&TargetRecord::unix_path),
                      field<"tls">(&TargetRecord::tls)};
  }
};

struct HeaderRecord {
  Octets name;
  Octets value;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{field<"name">(&HeaderRecord::name), field<"value">(&HeaderRecord::value)};
  }
};

struct RequestRecord {
  std::string method;
  Octets target;
  std::vector<HeaderRecord> headers;
  Octets body;
  bool is_verbatim = false;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{
        field<"method">(&RequestRecord::method), field<"target">(&RequestRecord::target),
        field<"headers">(&RequestRecord::headers), field<"body">(&RequestRecord::body),
        field<"is_verbatim">(&RequestRecord::is_verbatim)};
  }
};

enum class RuleName { json, contains, schema, pattern };
constexpr auto enumerators(RuleName*) {
  return model::names_of<RuleName::json, RuleName::contains, RuleName::schema, RuleName::pattern>;
}

struct RuleRecord {
  RuleName kind = RuleName::json;
  Octets words;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{field<"kind">(&RuleRecord::kind), field<"words">(&RuleRecord::words)};
  }
};

struct ExpectationRecord {
  std::optional<int> status;
  std::optional<std::string> media_type;
  std::optional<Octets> body;
  std::optional<RuleRecord> rule;
  std::vector<int> other_statuses;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{field<"status">(&ExpectationRecord::status),
                      field<"media_type">(&ExpectationRecord::media_type),
                      field<"body">(&ExpectationRecord::body),
                      field<"rule">(&ExpectationRecord::rule),
                      field<"other_statuses">(&ExpectationRecord::other_statuses)};
  }
};

struct MixPartRecord {
  std::uint64_t weight = 1;
  RequestRecord request;
  ExpectationRecord expectation;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{field<"weight">(&MixPartRecord::weight, at_least(1), at_most(highest_weight)),
                      field<"request">(&MixPartRecord::request),
                      field<"expectation">(&MixPartRecord::expectation)};
  }
};

struct ShareRecord {
  std::uint64_t index = 0;
  std::uint64_t of = 1;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{field<"index">(&ShareRecord::index),
                      field<"of">(&ShareRecord::of, at_least(1))};
  }
};

struct JobRecord {
  TargetRecord target;
  RequestRecord request;
  ExpectationRecord expectation;
  std::vector<MixPartRecord> mix;
  std::uint64_t connections = 1;
  std::uint64_t threads = 1;
  bool keep_alive = true;
  std::uint64_t pipeline = 1;
  bool stays_awake = false;
  std::optional<RateRecord> rate;
  ShareRecord share;
  std::int64_t warm_up_ns = 0;
  std::int64_t duration_ns = 0;
  std::optional<std::uint64_t> requests;
  std::int64_t timeout_ns = 0;
  std::uint64_t seed = 0;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{
        field<"target">(&JobRecord::target),
        field<"request">(&JobRecord::request),
        field<"expectation">(&JobRecord::expectation),
        field<"mix">(&JobRecord::mix),
        field<"connections">(&JobRecord::connections, at_least(1), at_most(most_connections)),
        field<"threads">(&JobRecord::threads, at_least(1), at_most(most_connections)),
        field<"keep_alive">(&JobRecord::keep_alive),
        field<"pipeline">(&JobRecord::pipeline, at_least(1), at_most(most_connections)),
        field<"stays_awake">(&JobRecord::stays_awake),
        field<"rate">(&JobRecord::rate),
        field<"share">(&JobRecord::share),
        field<"warm_up_ns">(&JobRecord::warm_up_ns, at_least(0), at_most(longest_ns)),
        field<"duration_ns">(&JobRecord::duration_ns, above(0), at_most(longest_ns)),
        field<"requests">(&JobRecord::requests, at_least(1)),
        field<"timeout_ns">(&JobRecord::timeout_ns, above(0), at_most(longest_ns)),
        field<"seed">(&JobRecord::seed)};
  }
};

JobRecord record_of(const load::Job& job);
load::Result<load::Job> job_of(const JobRecord& record);

}  // namespace assay::agents
