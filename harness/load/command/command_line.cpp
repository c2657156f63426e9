#include "harness/load/command/command_line.h"

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "harness/load/text/seconds_text.h"

namespace assay::load {
namespace {

// One group of the help.
class Group {
 public:
  Group(CLI::App& load, const char* name) : load_(load), name_(name) {}

  template <class T>
  CLI::Option* add(const char* names, T& value, const char* kind, const char* meaning) const {
    return load_.add_option(names, value, meaning)->type_name(kind)->group(name_);
  }
  // Text that is no time is kept for the options' own refusal, which says what one looks like.
  CLI::Option* add_time(const char* name, double& value, Options& options, const char* fallback,
                        const char* meaning) const {
    const auto take = [name, &value, &options](const std::string& given) {
      const std::optional<double> seconds = parse_seconds(given);
      if (seconds) {
        value = *seconds;
      } else {
        options.no_time = std::string(name) + " " + given;
      }
    };
    return load_.add_option_function<std::string>(name, take, meaning)
        ->type_name("TIME")
        ->default_str(fallback)
        ->group(name_);
  }
  CLI::Option* flag(const char* names, bool& value, const char* meaning) const {
    return load_.add_flag(names, value, meaning)->group(name_);
  }

 private:
  CLI::App& load_;
  const char* name_;
};

void add_amounts(CLI::App& load, Options& options) {
  const Group group(load, "How much");
  group.add("-c", options.connections, "N", "connections at once")->capture_default_str();
  group.add_time("-d", options.seconds, options, "10", "how long to measure: 10, 500ms, 2m");
  group.add("-n", options.requests, "N", "requests in all, instead of -d");
  group.add("-t", options.threads, "N", "threads that share the connections")
      ->capture_default_str();
  group.add_time("--warm-up", options.warm_up_s, options, "0", "load before measuring");
  group.add_time("--warm-up-most", options.warm_up_most_s, options, "",
                 "and on until it is steady, for so long at most\n"
                 "(default: --warm-up alone, steady or not)");
  group.add_time("--timeout", options.timeout_s, options, "5", "what a reply may take");
  group.add("--preset", options.preset, "NAME",
            "settings of another tool for what is not typed: oha");
  group.flag("--awake", options.awake,
             "never sleep: exact times, at the cost of a core for each thread");
  group.flag("--close", options.close, "a new connection for each request (default: kept)");
  group.add("--pipeline", options.pipeline, "K", "requests under way on each connection")
      ->capture_default_str();
}

void add_pace(CLI::App& load, Options& options) {
  const Group group(load, "At a rate of its own, whatever the server does");
  group.add("-r,--rate", options.rate, "RATE[:RATE]",
            "requests per second; two: it grows or falls over the measured time\n"
            "(default: the next when a connection is free)");
  group.add("--arrivals", options.arrivals, "KIND", "constant, poisson, or burst")
      ->check(CLI::IsMember({"constant", "poisson", "burst"}).description(""))
      ->capture_default_str();
  group.add("--burst", options.at_once, "N", "requests at one instant, with --arrivals burst")
      ->capture_default_str();
  group.add("--seed", options.seed, "N", "of arrivals, and of what is random in requests")
      ->capture_default_str();
}

void add_request(CLI::App& app, QuestionOptions& options) {
  const Group group(app, "What to send");
  group.add("-X", options.method, "METHOD", "method (default: GET, or POST with --body)");
  group.add("-H", options.headers, "'K: V'", "a header; repeat for more")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
  group.add("--body", options.body, "TEXT|@FILE", "what to send (default: nothing)");
}

void add_way(CLI::App& load, Options& options) {
  const Group group(load, "What to send");
  group.flag("--verbatim", options.verbatim,
             "{seq}, {random:1:9}, {pick:a|b}, {pick:@FILE} in URL, headers\n"
             "and body are no placeholders but text");
  group.add("--mix", options.mix, "TEXT|@FILE",
            "several requests instead, one a line: its weight, its path, its\n"
            "options, as 80 /items/1 --expect-status 200,404");
  group.add("--unix", options.unix_path, "PATH", "the server's Unix socket");
  group.add("--ca", options.authorities, "FILE",
            "trust these authorities (PEM; default: the system's)");
  group.flag("--insecure", options.insecure, "trust any certificate");
}

void add_expectation(CLI::App& app, QuestionOptions& options) {
  const Group group(app, "What a right reply is: every one is compared");
  group.add("--expect-status", options.expected_status, "S[,S...]",
            "status, or those that are right (default: any from 200 to 299)");
  group.add("--expect-type", options.expected_type, "TYPE", "media type, as application/json");
  group.add("--expect-body", options.expected_body, "TEXT|@FILE", "the body, byte for byte");
  group.add("--expect-json", options.expected_json, "TEXT|@FILE", "the same JSON value");
  group.add("--expect-contains", options.expected_part, "TEXT|@FILE", "a text within the body");
  group.add("--expect-schema", options.expected_schema, "TEXT|@FILE", "JSON that the schema takes");
  group.add("--expect-pattern", options.expected_pattern, "TEXT|@FILE",
            "the body, where {digits} stands for any number");
}

void add_results(CLI::App& load, Options& options) {
  const Group group(load, "What comes of it");
  group.flag("--json", options.json, "print one JSON document instead of text");
  group.add("--histogram", options.histogram_path, "FILE",
            "write every second's latencies as an HdrHistogram log");
  group.flag("--ceiling,!--no-ceiling", options.has_ceiling,
             "measure afterwards for a second what this client can reach\n"
             "at most (default: after five seconds of load and more)");
  group.add("--agents", options.agents, "N", "share the load among so many processes");
  group
      .add("--agent", options.agent_commands, "COMMAND",
           "one that runs such a process, as 'ssh mac1 assay agent';\nrepeat for more")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
}

}  // namespace

void add_question_options(CLI::App& app, QuestionOptions& options) {
  add_request(app, options);
  add_expectation(app, options);
}

void add_options(CLI::App& load, Options& options) {
  load.add_option("url", options.url, "http[s]://HOST[:PORT][/PATH]")->required()->type_name("");
  add_amounts(load, options);
  add_pace(load, options);
  add_question_options(load, options);
  add_way(load, options);
  add_results(load, options);
}

}  // namespace assay::load
