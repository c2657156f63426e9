#include "server/options.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace assay {
namespace {

constexpr auto about = R"(The reference server: every workload of this checkout, on one port.

  assay-server                              http://127.0.0.1:8080, a worker for each core
  assay-server --port 0 --workers 1         any free port, one worker
  assay-server --no-keep-alive              closes the connection after each reply

Says "listening on http://..." on standard error when it is ready; ends cleanly on SIGTERM and
Ctrl-C. Try it: curl -i http://127.0.0.1:8080/json
)";

// Not CLI::Range: it names neither the wish nor, for a number too large for its type, the limits.
CLI::Validator number_between(unsigned long low, unsigned long high) {
  const auto check = [low, high](const std::string& text) -> std::string {
    unsigned long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_number = error == std::errc() && end == text.data() + text.size();
    if (is_number && value >= low && value <= high) return {};
    return fmt::format("{} is no number from {} to {}", text, low, high);
  };
  return {check, fmt::format("{}-{}", low, high), "number"};
}

std::size_t cores() { return std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace

Parsed parse_options(int argc, const char* const* argv) {
  runtime::Settings settings;
  settings.workers = cores();
  bool no_keep_alive = false;
  bool no_tcp_no_delay = false;
  std::string model = "loop";

  CLI::App app(about, "assay-server");
  app.add_option("--host", settings.host, "Address to listen on")->capture_default_str();
  app.add_option("--port", settings.port, "Port; 0 picks a free one")
      ->capture_default_str()
      ->check(number_between(0, 65535));
  app.add_option("--model", model, "Execution model")
      ->capture_default_str()
      ->check(CLI::IsMember({"loop"}));
  app.add_option("--workers", settings.workers, "Event loops (default: one for each core)")
      ->check(number_between(1, 1024));
  app.add_flag("--no-keep-alive", no_keep_alive, "Close the connection after each reply");
  app.add_flag("--no-tcp-nodelay", no_tcp_no_delay, "Leave Nagle's algorithm on");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return {std::nullopt, 0, app.help()};
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, 2, fmt::format("error: {}\n  see: assay-server --help\n", error.what())};
  }
  settings.limits.keep_alive = !no_keep_alive;
  settings.tcp_no_delay = !no_tcp_no_delay;
  return {settings, 0, {}};
}

}  // namespace assay
