#include "harness/lab/plan/load_level.h"

#include <algorithm>
#include <array>

namespace assay::lab {
namespace {

constexpr std::array clients{Client::native, Client::oha, Client::urllib_pool,
                             Client::keep_alive_threads};

Client client_of(TomlTable& table) {
  const std::string name = table.text("client", text(Client::native));
  for (const Client client : clients) {
    if (text(client) == name) return client;
  }
  table.fault("client", "should be native, oha, urllib-pool or keep-alive-threads");
  return Client::native;
}

load::Arrivals arrivals_of(TomlTable& table) {
  const std::string name = table.text("arrivals", "poisson");
  if (name == "constant") return load::Arrivals::constant;
  if (name != "poisson") table.fault("arrivals", "should be poisson or constant");
  return load::Arrivals::poisson;
}

// What a document's client cannot do; and a load is either of so many requests or of a time.
void judge_client(TomlTable& table, const Load& load) {
  const bool closes = load.client == Client::urllib_pool;
  const bool is_script = closes || load.client == Client::keep_alive_threads;
  if (load.requests && load.measure_s) table.fault("measure_s", "cannot stand beside requests");
  if (load.client != Client::native && load.keep_alive == closes) {
    table.fault("keep_alive", closes ? "should be false: urllib-pool closes every connection"
                                     : "should be true: this client keeps its connections");
  }
  if (is_script && !load.requests) table.fault("requests", "is missing: this client asks N times");
  if (is_script && load.warm_up_s.value_or(0) > 0) {
    table.fault("warm_up_s", "should be 0: this client has no warm-up");
  }
}

// The pace of an open loop is one thing, and our own generator alone keeps it.
void judge_pace(TomlTable& table, const Load& load) {
  const int paces =
      int{load.rate.has_value()} + int{load.share.has_value()} + int{load.p99_limit_ms.has_value()};
  const std::string_view key = load.rate ? "rate" : load.share ? "share" : "p99_limit_ms";
  if (paces > 1) table.fault(key, "cannot stand beside another of rate, share and p99_limit_ms");
  if (paces == 0 && table.has("arrivals")) table.fault("arrivals", "is for a load with a rate");
  if (paces > 0 && load.client != Client::native) table.fault(key, "needs the client native");
  if (paces > 0 && load.requests) table.fault("requests", "cannot stand beside a rate");
  if (table.has("of") && !load.share) table.fault("of", "is for a load with a share");
}

// Names that a load picks from those of the plan; without the key, all.
std::vector<std::string> picked(TomlTable& table, std::string_view key,
                                const std::vector<std::string>& planned) {
  if (!table.has(key)) return {};
  std::vector<std::string> names = table.texts(key);
  if (names.empty()) table.fault(key, "is empty");
  for (const std::string& name : names) table.planned(key, name, planned);
  return names;
}

Load load_of(TomlTable& table, const std::vector<std::string>& workloads,
             const std::vector<std::string>& baselines) {
  constexpr std::int64_t most_requests = 100'000'000;
  constexpr std::int64_t most_cores = 4096;
  table.only({"name", "title", "connections", "keep_alive", "client", "requests", "warm_up_s",
              "measure_s", "workloads", "baselines", "rate", "share", "of", "arrivals",
              "p99_limit_ms", "server_cores"});
  Load load{table.text("name"), table.text("title"),
            static_cast<unsigned>(table.integer("connections", 1, 10'000)),
            table.flag("keep_alive", true), client_of(table)};
  if (table.has("requests")) {
    load.requests = static_cast<std::uint64_t>(table.integer("requests", 1, most_requests));
  }
  if (table.has("warm_up_s")) load.warm_up_s = table.seconds("warm_up_s");
  if (table.has("measure_s")) load.measure_s = table.number("measure_s");
  load.workloads = picked(table, "workloads", workloads);
  load.baselines = picked(table, "baselines", baselines);
  if (table.has("rate")) load.rate = table.number("rate");
  if (table.has("share")) load.share = ShareOf{table.number("share"), table.text("of")};
  load.arrivals = arrivals_of(table);
  if (table.has("p99_limit_ms")) load.p99_limit_ms = table.number("p99_limit_ms");
  load.is_of_all_cores = table.is_text("server_cores");
  if (load.is_of_all_cores && table.text("server_cores") != "all") {
    table.fault("server_cores", "should be a number or \"all\"");
  }
  if (table.has("server_cores") && !load.is_of_all_cores) {
    load.server_cores = static_cast<unsigned>(table.integer("server_cores", 1, most_cores));
  }
  judge_client(table, load);
  judge_pace(table, load);
  return load;
}

// A share is of a load that is there, asks as fast as it can, and is for all that it is for.
void judge_share(TomlTable& table, const Load& load, const std::vector<Load>& loads) {
  const auto whole = std::find_if(loads.begin(), loads.end(), [&](const Load& each) {
    return load.share && each.name == load.share->load;
  });
  if (whole == loads.end()) {
    table.fault("of", "names a load that the plan does not have");
  } else if (whole->is_open() || whole->requests) {
    table.fault("of", "names a load that does not ask as fast as it can for a time");
  }
}

}  // namespace

std::string_view text(Client client) noexcept {
  switch (client) {
    case Client::native: return "native";
    case Client::oha: return "oha";
    case Client::urllib_pool: return "urllib-pool";
    case Client::keep_alive_threads: return "keep-alive-threads";
  }
  return "";
}

std::vector<Load> loads_of(TomlTable& root, const std::vector<std::string>& workloads,
                           const std::vector<std::string>& baselines) {
  std::vector<TomlTable> tables = root.tables("loads");
  std::vector<Load> loads;
  for (TomlTable& table : tables) loads.push_back(load_of(table, workloads, baselines));
  for (std::size_t i = 0; i < loads.size(); ++i) {
    if (loads[i].share) judge_share(tables[i], loads[i], loads);
  }
  return loads;
}

}  // namespace assay::lab
