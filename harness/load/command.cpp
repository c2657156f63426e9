#include "harness/load/command.h"

#include <unistd.h>

#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/load/closed_loop.h"
#include "harness/load/interrupt.h"
#include "harness/load/options.h"

namespace assay::load {
namespace {

constexpr const char* description =
    "Put load on a URL, check every reply, and say how fast the right ones came.\n"
    "  assay load http://127.0.0.1:8080/json                    16 connections for 10 s\n"
    "  assay load http://127.0.0.1:8080/json -c 64 -d 30 -t 2   more of everything\n"
    "  assay load http://127.0.0.1:8080/json -n 1000 -c 20 --close\n"
    "  assay load http://127.0.0.1:8080/echo --body hello --expect-body hello\n";
constexpr const char* footer =
    "Exit status: 0 all replies right, 1 some wrong or cut short, 2 nothing could be measured.\n"
    "Next: assay load URL --json, to keep the figures";

void add_amounts(CLI::App& load, Options& options) {
  const auto add = [&](const char* name, double& value, const char* unit, const char* meaning) {
    return load.add_option(name, value, meaning)->type_name(unit);
  };
  add("-c", options.connections, "N", "connections at once")->capture_default_str();
  add("-d", options.seconds, "SECONDS", "how long to measure")->capture_default_str();
  add("-n", options.requests, "N", "requests in all, instead of -d");
  add("-t", options.threads, "N", "threads that share the connections")->capture_default_str();
  add("--warm-up", options.warm_up_s, "SECONDS", "load before measuring")->capture_default_str();
  add("--timeout", options.timeout_s, "SECONDS", "what a reply may take")->capture_default_str();
}

void add_options(CLI::App& load, Options& options) {
  load.add_option("url", options.url, "http://HOST[:PORT][/PATH]")->required()->type_name("");
  add_amounts(load, options);
  const auto add = [&](const char* name, auto& value, const char* kind, const char* meaning) {
    return load.add_option(name, value, meaning)->type_name(kind);
  };
  load.add_flag("--close", options.close, "a new connection for each request (default: kept)");
  add("-X", options.method, "METHOD", "method (default: GET, or POST with --body)");
  add("-H", options.headers, "'K: V'", "a header; repeat for more")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
  add("--body", options.body, "TEXT|@FILE", "what to send (default: nothing)");
  add("--expect-status", options.expected_status, "S",
      "status of a right reply (default: any from 200 to 299)");
  add("--expect-body", options.expected_body, "TEXT|@FILE",
      "body of a right reply, byte for byte (default: any)");
  load.add_flag("--json", options.json, "print one JSON document instead of text");
}

void show(const Progress& progress) {
  const double seconds = in_seconds(progress.elapsed);
  fmt::print(stderr, "\r  {:.1f} s   {:.0f} requests/s   {} errors   ", seconds,
             static_cast<double>(progress.requests) / seconds, progress.errors);
  std::fflush(stderr);
}

int refuse(const LoadError& error) {
  fmt::print(stderr, "error: {}\n  {}\n", error.what(), error.remedy());
  return 2;
}

int report(const Summary& summary, bool json) {
  std::fputs(json ? to_json(summary).c_str() : text(summary).c_str(), stdout);
  if (json) {
    for (const Warning& warning : summary.warnings()) {
      fmt::print(stderr, "warning: {}\n", text(warning));
    }
  }
  if (summary.tally.requests + summary.tally.errors.total() == 0 && !summary.cut) {
    fmt::print(stderr, "error: no reply came while it was measured\n  try a longer -d\n");
    return 2;
  }
  return summary.cut || summary.tally.errors.total() > 0 ? 1 : 0;
}

int execute(const Options& options) {
  const Result<Job> job = job_of(options);
  if (!job) return refuse(job.error());
  const bool is_live = isatty(STDERR_FILENO) == 1;
  Stop stop;
  const Interrupt interrupt(stop);
  const Result<Summary> summary = run(*job, stop, is_live ? Watch(show) : Watch());
  if (is_live) fmt::print(stderr, "\r{:60}\r", "");
  if (!summary) return refuse(summary.error());
  return report(*summary, options.json);
}

}  // namespace

void add_command(CLI::App& app, int& exit_status) {
  CLI::App* load = app.add_subcommand("load", description);
  load->footer(footer);
  const auto options = std::make_shared<Options>();
  add_options(*load, *options);
  load->callback([load, options, &exit_status] {
    options->expects_body = load->count("--expect-body") > 0;
    options->is_counted = load->count("-n") > 0;
    options->is_timed = load->count("-d") > 0;
    exit_status = execute(*options);
  });
}

}  // namespace assay::load
