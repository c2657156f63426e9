#include "harness/lab/plan/factor.h"

namespace assay::lab {
namespace {

// What a table says of a pairing; of what it does not say, as in `usual`.
Pairing pairing_of(TomlTable& table, const Pairing& usual,
                   const std::vector<std::string>& baselines,
                   const std::vector<std::string>& loads) {
  table.only({"ours", "theirs", "load"});
  Pairing pairing{table.text("ours", usual.ours), table.text("theirs", usual.theirs),
                  table.text("load", usual.load)};
  table.planned("ours", pairing.ours, baselines);
  table.planned("theirs", pairing.theirs, baselines);
  table.planned("load", pairing.load, loads);
  return pairing;
}

}  // namespace

std::vector<Factor> factors_of(TomlTable& root, const std::vector<std::string>& baselines,
                               const std::vector<std::string>& loads) {
  if (!root.has("factors")) {
    if (root.has("documented")) root.fault("documented", "is for a plan with factors");
    if (root.has("fair")) root.fault("fair", "is for a plan with factors");
    return {};
  }
  const auto end = [&](std::string_view key) {
    TomlTable table = root.required_table(key);
    return pairing_of(table, {}, baselines, loads);
  };
  const Pairing documented = end("documented");
  const Pairing fair = end("fair");
  std::vector<Factor> factors;
  for (TomlTable& table : root.tables("factors")) {
    table.only({"name", "documented_but", "fair_but"});
    Factor factor{table.text("name"), documented, {}, fair, {}};
    if (auto turned = table.table("documented_but")) {
      factor.documented_but = pairing_of(*turned, documented, baselines, loads);
    }
    if (auto turned = table.table("fair_but")) {
      factor.fair_but = pairing_of(*turned, fair, baselines, loads);
    }
    if (!factor.documented_but && !factor.fair_but) {
      table.fault("documented_but", "is missing, and fair_but too: one of them turns the factor");
    }
    factors.push_back(std::move(factor));
  }
  return factors;
}

}  // namespace assay::lab
