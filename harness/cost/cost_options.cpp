#include "harness/cost/cost_options.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cost/idle_cost.h"
#include "harness/cost/rivals.h"

namespace assay::cost {
namespace {

constexpr auto about =
    R"(What a request costs a server: processor time on one core, beside the floor.

  server_cost                                        all rows and rivals: ten minutes
  server_cost --rows keep-alive --connections 64     one row
  server_cost --rounds 6 --seconds 0.2 --rivals none a first look
  server_cost --server 'mine=./mine --port {port}'   one more server
  server_cost --rows none --idle 10000 --scaling     memory and workers, no rows

Run it from the root of the checkout, on a machine that does nothing else. A --server says
"listening on http://HOST:PORT" on standard error, or listens at {port}. {body} is a file that
holds the body of the reference. Below six rounds there are no intervals.
)";

struct Words {
  std::vector<std::string> shapes = {"keep-alive", "pipelined", "close"};
  std::vector<std::size_t> connections = {1, 16, 64, 256};
  std::vector<std::string> servers;
};

constexpr std::size_t most_connections = 20000;
constexpr std::uint64_t most_rounds = 10000;
constexpr double shortest_s = 0.01;
constexpr double longest_s = 3600;

std::vector<std::string> rival_names() {
  std::vector<std::string> names;
  for (const Rival& rival : rivals()) names.push_back(rival.name);
  return names;
}

ParsedCostOptions refused(const std::string& reason) {
  return {std::nullopt, 2, fmt::format("error: {}\n  see: server_cost --help\n", reason)};
}

std::vector<Row> rows_of(const Words& words) {
  std::vector<Row> rows;
  for (const std::string& name : words.shapes) {
    const std::optional<Shape> shape = shape_named(name);  // none: the row "none"
    for (const std::size_t connections : words.connections) {
      if (shape) rows.push_back({*shape, connections});
    }
  }
  return rows;
}

void add_servers(CLI::App& app, CostOptions& options, Words& words) {
  app.add_option("--floor", options.floor, "The floor's program")->capture_default_str();
  app.add_option("--reference", options.reference, "Command of the reference")
      ->capture_default_str();
  app.add_option("--built", options.built,
                 "Command of the same with a reply that is built each time: json; or ''")
      ->capture_default_str();
  app.add_option("--path", options.path, "What is asked for")->capture_default_str();
  app.add_option("--server", words.servers, "NAME=COMMAND of one more; may be given again")
      ->expected(1)
      ->take_all();
  std::vector<std::string> known = rival_names();
  options.rivals = known;
  known.emplace_back("none");
  app.add_option("--rivals", options.rivals, "Which of nginx,go,rust,beast; or none")
      ->delimiter(',')
      ->check(CLI::IsMember(known))
      ->default_str("nginx,go,rust,beast");
  app.add_option("--rival-sources", options.rival_sources, "Where their programs are")
      ->capture_default_str();
  app.add_option("--rival-builds", options.rival_builds, "Where compiled ones are kept")
      ->capture_default_str();
}

void add_measurements(CLI::App& app, CostOptions& options, Words& words) {
  app.add_option("--rows", words.shapes, "Of keep-alive,pipelined,close; or none")
      ->delimiter(',')
      ->check(CLI::IsMember({"keep-alive", "pipelined", "close", "none"}))
      ->default_str("keep-alive,pipelined,close");
  app.add_option("--connections", words.connections, "Of each row")
      ->delimiter(',')
      ->check(CLI::Range(std::size_t{1}, most_connections))
      ->default_str("1,16,64,256");
  app.add_option("--rounds", options.rounds, "Measurements of each server in each row")
      ->check(CLI::Range(std::uint64_t{1}, most_rounds))
      ->capture_default_str();
  app.add_option("--seconds", options.seconds, "Length of one measurement")
      ->check(CLI::Range(shortest_s, longest_s))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "Of the random order")->capture_default_str();
  app.add_option("--idle", options.idle, "Also: memory and speed with so many idle connections")
      ->check(CLI::Range(std::size_t{0}, most_connections));
  app.add_flag("--scaling", options.scaling, "Also: the rate of two workers against one");
  app.add_flag("--json", options.json, "Print the figures as JSON");
}

}  // namespace

std::size_t sockets_of(const CostOptions& options) {
  std::size_t most = options.idle == 0 ? 0 : options.idle + active_connections;
  for (const Row& row : options.rows) most = std::max(most, row.connections);
  return most;
}

ParsedCostOptions cost_options(int argc, const char* const* argv) {
  CostOptions options;
  Words words;
  CLI::App app(about, "server_cost");
  add_servers(app, options, words);
  add_measurements(app, options, words);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return {std::nullopt, 0, app.help()};
  } catch (const CLI::ParseError& error) {
    return refused(error.what());
  }
  options.rows = rows_of(words);
  for (const std::string& text : words.servers) {
    Result<Contender> contender = contender_of(text);
    if (!contender) return refused(contender.error().what());
    options.servers.push_back(std::move(*contender));
  }
  return {options, 0, {}};
}

}  // namespace assay::cost
