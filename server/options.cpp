#include "server/options.h"

#include <algorithm>
#include <string>
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

std::size_t cores() { return std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace

Parsed parse_options(int argc, char** argv) {
  runtime::Settings settings;
  settings.workers = cores();
  bool no_keep_alive = false;
  bool no_tcp_no_delay = false;
  std::string model = "loop";

  CLI::App app(about, "assay-server");
  app.add_option("--host", settings.host, "Address to listen on")->capture_default_str();
  app.add_option("--port", settings.port, "Port; 0 picks a free one")->capture_default_str();
  app.add_option("--model", model, "Execution model")
      ->capture_default_str()
      ->check(CLI::IsMember({"loop"}));
  app.add_option("--workers", settings.workers, "Event loops (default: one for each core)")
      ->check(CLI::Range(1, 1024));
  app.add_flag("--no-keep-alive", no_keep_alive, "Close the connection after each reply");
  app.add_flag("--no-tcp-nodelay", no_tcp_no_delay, "Leave Nagle's algorithm on");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}", app.help());
    return {};
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "error: {}\n  see: assay-server --help\n", error.what());
    return {std::nullopt, 2};
  }
  settings.limits.keep_alive = !no_keep_alive;
  settings.tcp_no_delay = !no_tcp_no_delay;
  return {settings, 0};
}

}  // namespace assay
