#include "harness/truth/truth_options.h"

#include <cstddef>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/truth/file_text.h"
#include "harness/truth/time_text.h"

namespace assay::truth {
namespace {

constexpr auto about = R"(A server whose answers are known: how long each takes and what goes wrong.

  assay-truth                                             every request at once
  assay-truth --law constant --time 2ms                   each 2 ms after it has arrived
  assay-truth --law two-valued --time 2ms --rare-time 50ms --rare 0.01
  assay-truth --law exponential --time 1ms --servers 1    one queue over all connections
  assay-truth --law constant --time 100us --servers 1 --stall-every 5s --stall-for 500ms
  assay-truth --errors 0.001 --resets 0.001 --seed 7 --requests-log requests.csv
  assay-truth --errors 0.001 --seed 7 --forecast 100000   which of the first 100,000 go wrong
  assay-truth --law constant --time 1ms --self-check 2    how well this machine keeps the times

GET /__truth__ tells what was done so far. Times are numbers with ns, us, ms or s. What becomes of
the k-th request to arrive follows from the seed and k alone. Requests have no body. Says "listening
on http://..." on standard error when it is ready; ends cleanly on SIGTERM and Ctrl-C.
Next: assay load http://127.0.0.1:8080/ and compare
)";

constexpr std::size_t most_servers = 1'000'000;
constexpr std::size_t most_body_bytes = 1UL << 26U;
constexpr std::uint64_t most_forecast = 1'000'000'000;
constexpr double largest_sigma = 5;
constexpr double longest_check_s = 3600;

struct Words {
  std::string law = "constant";
  nanoseconds time{0};
  nanoseconds rare_time{0};
  double rare = 0;
  double sigma = 0;
  std::size_t body_bytes = 526;
  std::string body_path;
};

TruthOptions refused(const std::string& reason) {
  TruthOptions options;
  options.exit_status = 2;
  options.text = fmt::format("error: {}\n  see: assay-truth --help\n", reason);
  return options;
}

void add_time(CLI::App& app, const std::string& name, nanoseconds& value,
              const std::string& meaning) {
  const auto take = [name, &value](const std::string& text) {
    const std::optional<nanoseconds> time = parse_time(text);
    if (!time) {
      throw CLI::ValidationError(name, "\"" + text + "\" is no time up to an hour: write 1.5ms");
    }
    value = *time;
  };
  app.add_option_function<std::string>(name, take, meaning)
      ->type_name("TIME")
      ->default_str(fmt::format("{}us", load::in_microseconds(value)));
}

void add_share(CLI::App& app, const std::string& name, double& value, const std::string& meaning) {
  app.add_option(name, value, meaning)
      ->type_name("SHARE")
      ->check(CLI::Range(0.0, 1.0).description(""))
      ->capture_default_str();
}

void add_service(CLI::App& app, ServiceSettings& service, Words& words) {
  app.add_option("--law", words.law, "Of service times")
      ->check(CLI::IsMember({"constant", "two-valued", "exponential", "log-normal"}))
      ->capture_default_str();
  add_time(app, "--time", words.time, "The constant, the usual one, the mean, or the median");
  add_time(app, "--rare-time", words.rare_time, "Of two-valued: the longer one");
  add_share(app, "--rare", words.rare, "Of two-valued: how many take the longer one");
  app.add_option("--sigma", words.sigma, "Of log-normal: deviation of the natural logarithm")
      ->type_name("NUMBER")
      ->check(CLI::Range(0.0, largest_sigma).description(""));
  app.add_option("--servers", service.servers,
                 "Of one queue, first come first served; 0: each request on its own")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{0}, most_servers).description(""))
      ->capture_default_str();
  app.add_option("--waiting-limit", service.waiting_limit,
                 "Who finds so many waiting gets 503 (default: no limit)")
      ->type_name("N");
  add_time(app, "--stall-every", service.stall_every, "Period of stalls, counted from the start");
  add_time(app, "--stall-for", service.stall_lasts,
           "At its end nothing is served or answered for so long");
  app.add_option("--seed", service.seed, "Of times and faults")
      ->type_name("N")
      ->capture_default_str();
}

void add_faults(CLI::App& app, ServiceSettings& service) {
  Faults& faults = service.faults;
  add_share(app, "--errors", faults.error, "Status 500, with the right body");
  add_share(app, "--resets", faults.reset, "The connection is reset, without a byte");
  add_share(app, "--truncated", faults.truncated, "Half of the body announced, then the end");
  add_share(app, "--wrong", faults.wrong, "The last byte of the body is another");
  add_share(app, "--slow", faults.slow, "Right, but later than its service by --slow-by");
  add_time(app, "--slow-by", service.slow_by, "How much later");
  add_share(app, "--silent", faults.silent, "Nothing, to this and all later of its connection");
}

void add_serving(CLI::App& app, TruthSettings& settings, Words& words) {
  app.add_option("--host", settings.host, "Address to listen on")->capture_default_str();
  app.add_option("--port", settings.port, "Port; 0 picks a free one")->capture_default_str();
  auto* bytes = app.add_option("--body-bytes", words.body_bytes, "Length of the body")
                    ->capture_default_str()
                    ->check(CLI::Range(std::size_t{0}, most_body_bytes).description(""));
  app.add_option("--body", words.body_path, "File that holds the body")->excludes(bytes);
  app.add_flag("--close", settings.closes, "Say Connection: close, and close after one reply");
  add_time(app, "--spin", settings.spin,
           "Awake for so long before a reply is due: exact times for processor time");
  app.add_flag("--awake", settings.stays_awake,
               "Never asleep: exact arrivals too, for a whole core");
  app.add_option("--requests-log", settings.requests_log,
                 "File for a line of CSV per request: its times and what became of it");
}

void add_instead(CLI::App& app, TruthOptions& options) {
  auto* forecast = app.add_option("--forecast", options.forecast,
                                  "Tell the fates of the first N requests as JSON, and end")
                       ->type_name("N")
                       ->check(CLI::Range(std::uint64_t{1}, most_forecast).description(""));
  app.add_option("--self-check", options.self_check_s,
                 "Serve one client of its own for SECONDS, tell how exact it was, and end")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.01, longest_check_s).description(""))
      ->excludes(forecast);
}

// What is wrong with the law that the words describe; empty if nothing is.
std::string law_fault(const Words& words) {
  const bool is_two_valued = words.law == "two-valued";
  const bool is_log_normal = words.law == "log-normal";
  const bool has_rare = words.rare > 0 || words.rare_time > nanoseconds(0);
  if (has_rare && !is_two_valued) return "--rare and --rare-time belong to --law two-valued";
  if (words.sigma > 0 && !is_log_normal) return "--sigma belongs to --law log-normal";
  if (is_two_valued && words.rare_time <= words.time) {
    return "--law two-valued needs a --rare-time above its --time";
  }
  if (is_log_normal && words.sigma == 0) return "--law log-normal needs a --sigma above 0";
  const bool needs_time = is_log_normal || words.law == "exponential";
  if (needs_time && words.time == nanoseconds(0)) {
    return fmt::format("--law {} needs a --time above 0", words.law);
  }
  return {};
}

Law law_of(const Words& words) {
  if (words.law == "two-valued") return TwoValued{words.time, words.rare_time, words.rare};
  if (words.law == "exponential") return Exponential{words.time};
  if (words.law == "log-normal") return LogNormal{words.time, words.sigma};
  return Constant{words.time};
}

std::string service_fault(const ServiceSettings& service) {
  constexpr double rounding = 1e-9;  // ten times 0.1 is more than 1
  if (service.faults.total() > 1 + rounding) return "the shares of all faults are above 1 together";
  if (service.faults.slow > 0 && service.slow_by == nanoseconds(0)) {
    return "--slow needs a --slow-by above 0";
  }
  if (service.stall_lasts > nanoseconds(0) && service.stall_lasts >= service.stall_every) {
    return "--stall-for needs a --stall-every that is longer";
  }
  if (service.stall_every > nanoseconds(0) && service.stall_lasts == nanoseconds(0)) {
    return "--stall-every needs a --stall-for above 0";
  }
  if (service.waiting_limit && service.servers == 0) {
    return "--waiting-limit needs a queue: --servers 1";
  }
  return {};
}

std::string body_fault(const TruthSettings& settings) {
  const Faults& faults = settings.service.faults;
  if (!settings.body.empty() || faults.wrong + faults.truncated == 0) return {};
  return "--wrong and --truncated need a body of at least one byte";
}

TruthOptions completed(TruthOptions options, TruthSettings settings, const Words& words) {
  if (const std::string fault = law_fault(words); !fault.empty()) return refused(fault);
  settings.service.law = law_of(words);
  if (const auto fault = service_fault(settings.service); !fault.empty()) return refused(fault);
  settings.body.assign(words.body_bytes, 'x');
  if (!words.body_path.empty()) {
    Result<std::string> body = file_text(words.body_path);
    if (!body) return refused(body.error().what());
    settings.body = std::move(*body);
  }
  if (const std::string fault = body_fault(settings); !fault.empty()) return refused(fault);
  options.settings = std::move(settings);
  return options;
}

}  // namespace

TruthOptions truth_options(int argc, const char* const* argv) {
  TruthOptions options;
  TruthSettings settings;
  Words words;
  CLI::App app(about, "assay-truth");
  add_serving(app, settings, words);
  add_service(app, settings.service, words);
  add_faults(app, settings.service);
  add_instead(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    options.text = app.help();
    return options;
  } catch (const CLI::ParseError& error) {
    return refused(error.what());
  }
  return completed(std::move(options), std::move(settings), words);
}

}  // namespace assay::truth
