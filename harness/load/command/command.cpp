#include "harness/load/command/command.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/load/command/command_line.h"
#include "harness/load/command/interrupt.h"
#include "harness/load/command/live_line.h"
#include "harness/load/command/options.h"
#include "harness/load/command/preset.h"
#include "harness/load/summary/histogram_log.h"
#include "harness/load/summary/oha_figures.h"
#include "harness/load/text/glyphs.h"

namespace assay::load {
namespace {

constexpr const char* description =
    "Put load on a URL, check every reply, and say how fast the right ones came.\n"
    "  assay load http://127.0.0.1:8080/json                    16 connections for 10 s\n"
    "  assay load http://127.0.0.1:8080/json -c 64 -d 30 -t 2   more of everything\n"
    "  assay load http://127.0.0.1:8080/json -n 1000 -c 20 --close\n"
    "  assay load http://127.0.0.1:8080/json -r 2000 --arrivals poisson\n"
    "  assay load http://127.0.0.1:8080/echo --body hello --expect-body hello\n"
    "  assay load 'http://127.0.0.1:8080/items/{random:1:100}' --expect-type application/json\n";
constexpr const char* footer =
    "Exit status: 0 all replies right, 1 some wrong or cut short, 2 nothing could be measured.\n"
    "Next: assay load URL --json, to keep the figures";

constexpr nanoseconds shortest_with_ceiling = std::chrono::seconds(5);

bool is_terminal(int file) { return isatty(file) == 1; }

std::size_t terminal_columns(int file) {
  winsize size{};
  constexpr std::size_t usual = 80;  // where it does not say
  return ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual;
}

Glyphs terminal_glyphs() {
  return glyphs_of(std::getenv("LC_ALL"), std::getenv("LC_CTYPE"), std::getenv("LANG"));
}

// A line that is written over again while the run lasts, where somebody looks.
Watch watch_of(const Job& job) {
  if (!is_terminal(STDERR_FILENO)) return {};
  Screen screen{terminal_glyphs(), std::getenv("NO_COLOR") == nullptr};
  return {.progress = [&job, screen](const Progress& progress) mutable {
    screen.columns = terminal_columns(STDERR_FILENO);  // people resize it while it runs
    fmt::print(stderr, "\r{}\x1b[K", live_line(progress, job, screen));
    std::fflush(stderr);
  }};
}

int refuse(const LoadError& error) {
  fmt::print(stderr, "error: {}\n  {}\n", error.what(), error.remedy());
  return 2;
}

void print(const Summary& summary, const Options& options) {
  const bool counts_as_oha = options.preset == "oha";
  if (!options.json) {
    const Glyphs glyphs = is_terminal(STDOUT_FILENO) ? terminal_glyphs() : Glyphs::ascii;
    std::fputs(text(summary, glyphs).c_str(), stdout);
    if (counts_as_oha) std::fputs(text(as_oha_counts(summary)).c_str(), stdout);
    return;
  }
  std::fputs(to_json(summary).c_str(), stdout);
  for (const Warning& warning : summary.warnings()) {
    fmt::print(stderr, "warning: {}\n", text(warning));
  }
}

int report(const Summary& summary, const Options& options, WallTime started) {
  const bool has_measured = summary.tally.ended() > 0;
  if (!has_measured && summary.cut) return refuse(LoadError::stopped_too_soon());
  print(summary, options);
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) return refuse(LoadError::lost_output());
  if (!options.histogram_path.empty()) {
    const auto written = write_histogram_log(options.histogram_path, summary, started);
    if (!written) return refuse(written.error());
  }
  if (!has_measured) return refuse(LoadError::no_reply_in_time());
  const bool is_whole = !summary.cut && summary.given_up == 0;
  return is_whole && summary.tally.errors.total() == 0 ? 0 : 1;
}

// Nothing: it is not to be measured, or could not be.
std::optional<double> ceiling_of(const Job& job, const Options& options,
                                 const Neighbours& neighbours, const Stop& stop) {
  const bool is_short = job.requests || job.duration < shortest_with_ceiling;
  if (!options.has_ceiling || (is_short && !options.asks_for_ceiling)) return std::nullopt;
  if (!options.agent_commands.empty() || options.agents > 0) return std::nullopt;
  const Result<double> ceiling = neighbours.ceiling(job, stop);
  if (stop.requested()) return std::nullopt;  // half a measurement is none
  if (ceiling) return *ceiling;
  fmt::print(stderr, "warning: the client's ceiling is not known: {}\n", ceiling.error().what());
  return std::nullopt;
}

Result<Summary> measure(const Job& job, const Options& options, const Neighbours& neighbours,
                        const Stop& stop) {
  const Watch watch = watch_of(job);
  std::vector<std::string> agents = options.agent_commands;
  agents.resize(agents.size() + static_cast<std::size_t>(options.agents), neighbours.local_agent);
  Result<Summary> summary =
      agents.empty() ? run(job, stop, watch) : neighbours.run_by_agents(agents, job, stop, watch);
  if (watch.progress) fmt::print(stderr, "\r\x1b[K");
  // Agents do not tell, but warm up for as long as they were told.
  if (summary && !agents.empty() && !summary->cut) summary->warm_up = job.warm_up;
  if (summary && !summary->cut) summary->ceiling = ceiling_of(job, options, neighbours, stop);
  return summary;
}

int execute(const Options& options, const Neighbours& neighbours) {
  const Result<Job> job = job_of(options);
  if (!job) return refuse(job.error());
  if (const auto writable = check_histogram_log(options.histogram_path); !writable) {
    return refuse(writable.error());
  }
  const WallTime started = WallTime::clock::now();
  Stop stop;
  const Interrupt interrupt(stop);
  const Result<Summary> summary = measure(*job, options, neighbours, stop);
  if (!summary) return refuse(summary.error());
  return report(*summary, options, started);
}

// The options as they were typed, over those of a preset.
Result<Options> all_options(const Options& typed, const IsTyped& is_typed) {
  if (typed.preset.empty()) return typed;
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  return with_preset(typed.preset, typed, is_typed, cores);
}

}  // namespace

void add_command(CLI::App& app, int& exit_status, Neighbours neighbours) {
  CLI::App* load = app.add_subcommand("load", description);
  load->footer(footer);
  const auto options = std::make_shared<Options>();
  add_options(*load, *options);
  load->callback([load, options, &exit_status, neighbours = std::move(neighbours)] {
    const auto is_given = [&](std::string_view name) { return load->count(std::string(name)) > 0; };
    options->is_counted = is_given("-n");
    options->is_timed = is_given("-d");
    options->shapes_rate = is_given("--arrivals") || is_given("--burst");
    options->sizes_burst = is_given("--burst");
    options->warms_until_steady = is_given("--warm-up-most");
    options->asks_for_ceiling = is_given("--ceiling");
    options->mixes = is_given("--mix");
    options->is_shared = is_given("--agents");
    const Result<Options> all = all_options(*options, is_given);
    exit_status = all ? execute(*all, neighbours) : refuse(all.error());
  });
}

}  // namespace assay::load
