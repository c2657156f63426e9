#include "server/program/options.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <map>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "server/program/database_options.h"
#include "server/program/option_checks.h"
#include "server/runtime/usable_cores.h"
#include "server/wire/request.h"

namespace assay {
namespace {

using runtime::Model;
using std::chrono::milliseconds;

constexpr auto reference = "assay-server";

// {0}: what the program is, {1}: its name, {2}: the lines of a database, {3}: what it answers.
constexpr auto about = R"({0}, on one port.

  {1}                              http://127.0.0.1:8080, an event loop for each core
  {1} --port 0 --workers 1         any free port, one worker
  {1} --model thread               a thread for each connection
  {1} --unix /tmp/assay.sock       a Unix socket: curl --unix-socket /tmp/assay.sock
  {1} --tls-certificate c.pem --tls-key k.pem
  {1} --no-keep-alive              closes the connection after each reply
{2}
Says "listening on http://..." on standard error when it is ready. SIGTERM and Ctrl-C end it when
what it is answering is answered, a second one at once. Try it: curl -i http://127.0.0.1:8080{3}
)";

// {0}: the program's name.
constexpr auto about_database =
    R"(  {0} --database /tmp/assay.db     SQLite; the file is made where it is missing
  {0} --database-policy pool --database-pool 4
)";

std::string description_of(const std::string& name, bool has_database) {
  const bool is_reference = name == reference;
  return fmt::format(about,
                     is_reference ? "The reference server: every workload of this checkout"
                                  : "An application of Assay",
                     name, has_database ? fmt::format(about_database, name) : "",
                     is_reference ? "/json" : "/");
}

constexpr auto models = R"(Who runs the handlers, and which connections a worker has:
loop: each worker an event loop; pool: event loops for input and output, workers run the handlers;
pinned: a worker has one connection until it closes; per-request: the same, and every reply closes;
thread: a thread for each connection; fork: each worker a process with an event loop)";

const std::map<std::string, Model> model_names = {
    {"loop", Model::loop},     {"pool", Model::pool},
    {"pinned", Model::pinned}, {"per-request", Model::per_request},
    {"thread", Model::thread}, {"fork", Model::fork}};

struct Wishes {
  runtime::Settings settings;
  std::string model = "loop";
  bool no_keep_alive = false;
  bool no_tcp_no_delay = false;
};

void add_address(CLI::App& app, Wishes& wishes) {
  runtime::Settings& settings = wishes.settings;
  CLI::Option* host = app.add_option("--host", settings.host, "Address to listen on");
  host->capture_default_str()->check(address())->group("Where");
  CLI::Option* port = app.add_option("--port", settings.port, "Port; 0 picks a free one");
  port->capture_default_str()->transform(number_between(0, 65535))->group("Where");
  app.add_option("--unix", settings.unix_path, "Path of a Unix socket, instead of an address")
      ->check(not_empty())
      ->excludes(host)
      ->excludes(port)
      ->group("Where");
  CLI::Option* certificate =
      app.add_option("--tls-certificate", settings.tls_certificate, "TLS: certificate chain, PEM")
          ->check(not_empty())
          ->group("Where");
  CLI::Option* key = app.add_option("--tls-key", settings.tls_key, "TLS: its private key, PEM")
                         ->check(not_empty())
                         ->group("Where");
  certificate->needs(key);
  key->needs(certificate);
}

void add_model(CLI::App& app, Wishes& wishes) {
  app.add_option("--model", wishes.model, models)
      ->capture_default_str()
      ->check(CLI::IsMember(model_names))
      ->group("Who");
  app.add_option("--workers", wishes.settings.workers,
                 "Event loops, threads or processes (default: one for each core; four for each\n"
                 "core where a worker waits for one connection or handler)")
      ->transform(number_between(1, 1024))
      ->group("Who");
  app.add_option("--loops", wishes.settings.loops, "Event loops of the model pool")
      ->capture_default_str()
      ->transform(number_between(1, 1024))
      ->group("Who");
}

void add_log(CLI::App& app, runtime::Settings& settings) {
  app.add_option("--access-log", settings.access_log,
                 "File for a line on each reply, in the common log format; - is standard output")
      ->check(not_empty())
      ->group("Log");
}

void add_switches(CLI::App& app, Wishes& wishes) {
  const auto group = "As others do it";
  app.add_flag("--no-keep-alive", wishes.no_keep_alive, "Close the connection after each reply")
      ->disable_flag_override()
      ->group(group);
  app.add_flag("--no-tcp-nodelay", wishes.no_tcp_no_delay, "Leave Nagle's algorithm on")
      ->disable_flag_override()
      ->group(group);
  app.add_flag("--split-write", wishes.settings.limits.split_write,
               "Write the head and the body of a reply one after the other")
      ->disable_flag_override()
      ->group(group);
}

void add_time(CLI::App& app, const char* name, milliseconds& limit, const char* what) {
  const auto set = [&limit](double seconds) { limit = milliseconds(std::llround(seconds * 1000)); };
  app.add_option_function<double>(name, set, what)
      ->default_str(fmt::format("{:g}", static_cast<double>(limit.count()) / 1000))
      ->check(seconds_or_none())
      ->group("Deadlines, in seconds, seen every second; 0: none");
}

void add_times(CLI::App& app, runtime::Settings& settings) {
  add_time(app, "--header-timeout", settings.header_limit,
           "A request's first byte to its head's end");
  add_time(app, "--body-timeout", settings.body_limit,
           "From there to the end of its body; one that goes on at 16 KiB/s has longer");
  add_time(app, "--idle-timeout", settings.idle_limit, "Between requests");
  add_time(app, "--write-timeout", settings.write_limit, "While the peer takes nothing of a reply");
  add_time(app, "--request-timeout", settings.request_limit, "All of a request and its reply");
  add_time(app, "--drain-timeout", settings.drain_limit,
           "At the end, for what is being answered; 0: at once");
}

template <class T>
void add_limit(CLI::App& app, const char* name, T& limit, unsigned long long low,
               const char* what) {
  app.add_option(name, limit, what)
      ->capture_default_str()
      ->transform(number_between(low, 1ULL << 40U))
      ->group("Limits");
}

void add_limits(CLI::App& app, runtime::Settings& settings) {
  wire::Limits& limits = settings.limits;
  add_limit(app, "--max-connections", settings.connections, 0,
            "At once, shared out evenly among loops or processes, one each at least; 0: as many "
            "as there can be files");
  add_limit(app, "--max-requests", limits.requests, 0, "On one connection; 0: no limit");
  add_limit(app, "--max-head", limits.head_bytes, 64, "Bytes of a request line and its fields");
  add_limit(app, "--max-target", limits.target_bytes, 1, "Bytes of a request's target");
  add_limit(app, "--max-body", limits.body_bytes, 0,
            "Bytes of a request's body; forms and files have limits of their own");
  app.add_option("--max-fields", limits.fields, "Fields of a request")
      ->capture_default_str()
      ->transform(number_between(1, wire::RequestHead::field_limit))
      ->group("Limits");
}

// Threads that wait with their connection or handler can be more than there are cores.
std::size_t usual_workers(Model model) {
  const bool waits = model == Model::pool || model == Model::pinned || model == Model::per_request;
  return waits ? 4 * runtime::usable_cores() : runtime::usable_cores();
}

runtime::Settings settings_of(Wishes wishes, bool workers_given) {
  runtime::Settings& settings = wishes.settings;
  settings.model = model_names.at(wishes.model);
  if (!workers_given) settings.workers = usual_workers(settings.model);
  settings.limits.keep_alive = !wishes.no_keep_alive && settings.model != Model::per_request;
  settings.limits.secure = !settings.tls_certificate.empty();
  settings.tcp_no_delay = !wishes.no_tcp_no_delay;
  return settings;
}

}  // namespace

Parsed parse_options(int argc, const char* const* argv, Offer offer) {
  const bool has_database = offer == Offer::database;
  Wishes wishes;
  DatabaseWishes database;
  const std::string name = argc > 0 ? std::filesystem::path(argv[0]).filename() : reference;
  CLI::App app(description_of(name, has_database), name);
  add_address(app, wishes);
  add_model(app, wishes);
  if (has_database) add_database(app, database);
  add_switches(app, wishes);
  add_times(app, wishes.settings);
  add_limits(app, wishes.settings);
  add_log(app, wishes.settings);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return {.exit_status = 0, .text = app.help()};
  } catch (const CLI::ParseError& error) {
    return {.exit_status = 2,
            .text = fmt::format("error: {}\n  see: {} --help\n", error.what(), name)};
  }
  return {.settings = settings_of(wishes, app.count("--workers") > 0),
          .storage = settings_of(database),
          .names_database = has_database && app.count("--database") > 0};
}

}  // namespace assay
