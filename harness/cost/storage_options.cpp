#include "harness/cost/storage_options.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace assay::cost {
namespace {

constexpr auto about =
    R"(What storage costs a server: processor time on one core, and durable writes a second.

  storage_cost                                      all parts: four minutes
  storage_cost --parts reads --connections 64       a get by key beside a plain reply
  storage_cost --parts policies --rounds 15         GET /db under each policy and model
  storage_cost --parts writes --folder /mnt/disk    group commit beside one by one, on that disk
  storage_cost --rounds 6 --seconds 0.2             a first look

Run it from the root of the checkout, on a machine that does nothing else. Writes are as durable as
the disk of --folder: in a file system in memory there is nothing to gain. Below six rounds there
are no intervals.
)";

constexpr std::size_t most_connections = 20000;
constexpr std::size_t most_keys = 100'000;  // five digits
constexpr std::uint64_t most_rounds = 10000;
constexpr double shortest_s = 0.01;
constexpr double longest_s = 3600;

void add_programs(CLI::App& app, StorageOptions& options) {
  app.add_option("--notes", options.notes, "Command that serves notes by key")
      ->capture_default_str();
  app.add_option("--workloads", options.workloads, "Command that serves /db")
      ->capture_default_str();
  app.add_option("--folder", options.folder, "Where the databases lie; else with temporary files")
      ->check(CLI::ExistingDirectory);
}

void add_measurements(CLI::App& app, StorageOptions& options) {
  app.add_option("--parts", options.parts, "Of reads,policies,writes")
      ->delimiter(',')
      ->check(CLI::IsMember({"reads", "policies", "writes"}))
      ->default_str("reads,policies,writes");
  app.add_option("--connections", options.connections, "Of the reads")
      ->delimiter(',')
      ->check(CLI::Range(std::size_t{1}, most_connections))
      ->default_str("1,16,64,256");
  app.add_option("--keys", options.keys, "How many notes there are to read")
      ->check(CLI::Range(std::size_t{1}, most_keys))
      ->capture_default_str();
  app.add_option("--rounds", options.rounds, "Measurements of each server")
      ->check(CLI::Range(std::uint64_t{1}, most_rounds))
      ->capture_default_str();
  app.add_option("--seconds", options.seconds, "Length of one measurement")
      ->check(CLI::Range(shortest_s, longest_s))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "Of the random order")->capture_default_str();
  app.add_flag("--json", options.json, "Print the figures as JSON");
}

}  // namespace

bool StorageOptions::has(const std::string& part) const {
  return std::find(parts.begin(), parts.end(), part) != parts.end();
}

ParsedStorageOptions storage_options(int argc, const char* const* argv) {
  StorageOptions options;
  CLI::App app(about, "storage_cost");
  add_programs(app, options);
  add_measurements(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return {std::nullopt, 0, app.help()};
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, 2, fmt::format("error: {}\n  see: storage_cost --help\n", error.what())};
  }
  return {options, 0, {}};
}

}  // namespace assay::cost
