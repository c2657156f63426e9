#include "harness/lab/figures/factor_record.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "harness/lab/record/quantity.h"
#include "harness/lab/trial/attempts.h"

namespace assay::lab {
namespace {

bool has_cells(const std::vector<CellRecord>& cells, const std::string& workload,
               const Pairing& pairing) {
  const auto has = [&](const std::string& baseline) {
    return std::any_of(cells.begin(), cells.end(), [&](const CellRecord& cell) {
      return cell.workload == workload && cell.baseline == baseline && cell.load == pairing.load;
    });
  };
  return has(pairing.ours) && has(pairing.theirs);
}

// Of each block that has both, their quotient.
ByBlock quotients(const ByBlock& over, const ByBlock& under) {
  ByBlock found;
  for (const auto& [block, value] : over) {
    const auto match = under.find(block);
    if (match != under.end()) found[block] = value / match->second;
  }
  return found;
}

// A pairing's lead block by block, and as a record.
struct Lead {
  ByBlock by_block;
  LeadRecord record;
};

ByBlock rates_of(const std::string& workload, const std::string& baseline, const std::string& load,
                 const std::vector<Trial>& trials) {
  return rates_by_block(trials_of(trials, workload, baseline, load, false));
}

Lead lead_of(const std::string& workload, const Pairing& pairing,
             const std::vector<Trial>& trials) {
  const ByBlock ours = rates_of(workload, pairing.ours, pairing.load, trials);
  const ByBlock theirs = rates_of(workload, pairing.theirs, pairing.load, trials);
  return {quotients(ours, theirs),
          {pairing.ours, pairing.theirs, pairing.load, ratio_of(ours, theirs)}};
}

// Of each block: the logarithm of what the factor makes, the mean of the ways that it was turned
// in.
ByBlock effects_of(const std::vector<ByBlock>& ways) {
  ByBlock effects;
  for (const auto& [block, first] : ways.front()) {
    double sum = 0;
    std::size_t ways_of_block = 0;
    for (const ByBlock& way : ways) {
      const auto found = way.find(block);
      if (found == way.end()) continue;
      sum += std::log(found->second);
      ++ways_of_block;
    }
    if (ways_of_block == ways.size()) effects[block] = sum / static_cast<double>(ways.size());
  }
  return effects;
}

// Nothing can be shared out of a lead that may be none.
std::string lead_fault(const Quantity& lead) {
  if (!lead.low || !lead.high) return "too few blocks in which the documented pair has figures";
  if (*lead.low > 1 || *lead.high < 1) return "";
  return fmt::format("there is no documented lead to share out: {:.2f} ({:.2f} to {:.2f})",
                     lead.median, *lead.low, *lead.high);
}

std::optional<Quantity> share_of(const ByBlock& effects, const ByBlock& lead) {
  std::vector<double> shares;
  for (const auto& [block, effect] : effects) {
    const auto match = lead.find(block);
    if (match != lead.end() && match->second != 1) {
      shares.push_back(effect / std::log(match->second));
    }
  }
  if (shares.empty()) return std::nullopt;
  return median_of(shares);
}

FactorRecord record_of(const Factor& factor, const std::string& workload,
                       const std::vector<CellRecord>& cells, const std::vector<Trial>& trials) {
  FactorRecord record;
  record.name = factor.name;
  record.workload = workload;
  const Lead documented = lead_of(workload, factor.documented, trials);
  const Lead fair = lead_of(workload, factor.fair, trials);
  record.documented = documented.record;
  record.fair = fair.record;
  std::vector<ByBlock> ways;
  if (factor.documented_but && has_cells(cells, workload, *factor.documented_but)) {
    const Lead turned = lead_of(workload, *factor.documented_but, trials);
    record.documented_but = turned.record;
    record.first = ratio_of(documented.by_block, turned.by_block);
    ways.push_back(quotients(documented.by_block, turned.by_block));
  }
  if (factor.fair_but && has_cells(cells, workload, *factor.fair_but)) {
    const Lead turned = lead_of(workload, *factor.fair_but, trials);
    record.fair_but = turned.record;
    record.last = ratio_of(turned.by_block, fair.by_block);
    ways.push_back(quotients(turned.by_block, fair.by_block));
  }
  if (!documented.record.ratio) {
    record.missing = "the documented pair has no figures";
    return record;
  }
  record.missing = lead_fault(*documented.record.ratio);
  if (!record.missing.empty()) return record;
  record.share = share_of(effects_of(ways), documented.by_block);
  if (!record.share) record.missing = "the pair with the factor turned has no figures";
  return record;
}

bool is_for(const Factor& factor, const std::string& workload,
            const std::vector<CellRecord>& cells) {
  const auto has = [&](const std::optional<Pairing>& pairing) {
    return pairing && has_cells(cells, workload, *pairing);
  };
  return has(factor.documented) && has(factor.fair) &&
         (has(factor.documented_but) || has(factor.fair_but));
}

}  // namespace

std::vector<FactorRecord> factor_records(const std::vector<Factor>& factors,
                                         const std::vector<CellRecord>& cells,
                                         const std::vector<Trial>& trials) {
  std::vector<FactorRecord> records;
  for (const Factor& factor : factors) {
    std::set<std::string> done;
    for (const CellRecord& cell : cells) {
      if (!done.insert(cell.workload).second || !is_for(factor, cell.workload, cells)) continue;
      records.push_back(record_of(factor, cell.workload, cells, trials));
    }
  }
  return records;
}

}  // namespace assay::lab
