#include "harness/truth/floor_options.h"

#include <cstddef>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/truth/file_text.h"

namespace assay::truth {
namespace {

constexpr auto about = R"(The floor: a fixed reply to every request, on raw epoll or kqueue.

  assay-floor                              http://127.0.0.1:8080, one worker, 526 bytes of body
  assay-floor --port 0 --body reply.json   any free port, the body of a file
  assay-floor --close                      one reply a connection

It reads no request: whatever ends in an empty line is answered. What any other server costs more
than this is its own. Says "listening on http://..." on standard error when it is ready; ends
cleanly on SIGTERM and Ctrl-C. Next: build/release/benches/server_cost --help
)";

constexpr std::size_t most_workers = 1024;
constexpr std::size_t most_body_bytes = 1UL << 30U;

FloorOptions refused(const std::string& reason) {
  return {std::nullopt, 2, fmt::format("error: {}\n  see: assay-floor --help\n", reason)};
}

}  // namespace

FloorOptions floor_options(int argc, const char* const* argv) {
  FloorSettings settings;
  std::size_t body_bytes = settings.body.size();
  std::string body_path;
  CLI::App app(about, "assay-floor");
  app.add_option("--host", settings.host, "Address to listen on")->capture_default_str();
  app.add_option("--port", settings.port, "Port; 0 picks a free one")->capture_default_str();
  app.add_option("--workers", settings.workers, "Event loops, a thread each")
      ->capture_default_str()
      ->check(CLI::Range(std::size_t{1}, most_workers));
  auto* bytes = app.add_option("--body-bytes", body_bytes, "Length of the body")
                    ->capture_default_str()
                    ->check(CLI::Range(std::size_t{0}, most_body_bytes));
  app.add_option("--body", body_path, "File that holds the body")->excludes(bytes);
  app.add_flag("--close", settings.closes, "Say Connection: close, and close after one reply");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return {std::nullopt, 0, app.help()};
  } catch (const CLI::ParseError& error) {
    return refused(error.what());
  }
  settings.body.assign(body_bytes, 'x');
  if (body_path.empty()) return {settings, 0, {}};
  Result<std::string> body = file_text(body_path);
  if (!body) return refused(body.error().what());
  settings.body = std::move(*body);
  return {settings, 0, {}};
}

}  // namespace assay::truth
