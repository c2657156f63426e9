#include "harness/lab/figures/compare_cells.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "harness/lab/record/quantity.h"
#include "harness/lab/trial/attempts.h"
#include "harness/lab/trial/client_bound.h"
#include "harness/statistics/comparison.h"
#include "harness/statistics/hodges_lehmann.h"
#include "harness/statistics/holm.h"
#include "harness/statistics/mann_whitney.h"
#include "harness/statistics/median.h"
#include "harness/statistics/noise_floor.h"
#include "harness/statistics/rank_interval.h"

namespace assay::lab {
namespace {

bool is_at_a_given_rate(const Cell& cell) { return cell.load->rate || cell.load->share; }

// A cell that is compared by its rate, with its trials.
struct RatedCell {
  const Cell* cell;
  CellTrials trials;
};

std::vector<RatedCell> rated_cells(const std::vector<Cell>& cells,
                                   const std::vector<Trial>& trials) {
  std::vector<RatedCell> rated;
  for (const Cell& cell : cells) {
    if (!cell.is_twin && !is_at_a_given_rate(cell)) {
      rated.push_back({&cell, trials_of(trials, cell)});
    }
  }
  return rated;
}

std::vector<double> rates_of(const CellTrials& trials) {
  return values(trials, [](const Trial& each) { return each.rate; });
}

// By how many requests a second all of ours are above all of theirs.
Quantity shift_of(const std::vector<double>& ours, const std::vector<double>& theirs) {
  const auto interval = statistics::hodges_lehmann_shift(ours, theirs);
  if (interval) return {interval->median, interval->low, interval->high};
  std::vector<double> differences;
  for (const double our : ours) {
    for (const double their : theirs) differences.push_back(our - their);
  }
  return {statistics::median(differences), std::nullopt, std::nullopt};
}

bool is_held_back(const CellTrials& trials) {
  const auto shares = values(trials, [](const Trial& each) { return each.client_cpu; });
  return !shares.empty() && is_client_bound(statistics::median(shares));
}

RatioRecord ratio_record(const RatedCell& first, const RatedCell& second, const Quantity& ratio,
                         double floor) {
  RatioRecord record;
  record.workload = first.cell->workload->name;
  record.load = first.cell->load->name;
  record.ours = first.cell->baseline->label();
  record.theirs = second.cell->baseline->label();
  record.rate = ratio;
  record.verdict = verdict_of(statistics::compared(interval_of(ratio), floor),
                              is_held_back(first.trials), is_held_back(second.trials));
  const std::vector<double> ours = rates_of(first.trials);
  const std::vector<double> theirs = rates_of(second.trials);
  if (const auto test = statistics::mann_whitney(ours, theirs)) record.p = test->p;
  record.shift = shift_of(ours, theirs);
  return record;
}

// Of many ratios some would have a small p by chance: those of one table, which is a workload under
// a load, are read together.
void correct_for_their_number(std::vector<RatioRecord>& ratios) {
  std::map<std::pair<std::string, std::string>, std::vector<RatioRecord*>> tables;
  for (RatioRecord& ratio : ratios) {
    if (ratio.p) tables[{ratio.workload, ratio.load}].push_back(&ratio);
  }
  for (const auto& [name, table] : tables) {
    std::vector<double> p;
    for (const RatioRecord* ratio : table) p.push_back(*ratio->p);
    const std::vector<double> adjusted = statistics::holm_adjusted(p);
    for (std::size_t i = 0; i < table.size(); ++i) table[i]->p = adjusted[i];
  }
}

// The cells of one workload and load that have figures, with their rates by block.
struct Table {
  std::vector<std::string> labels;
  std::vector<statistics::RatesByBlock> rates;
  std::vector<bool> is_held_back;
};

using TableName = std::pair<std::string, std::string>;  // workload, load

std::size_t blocks_in(const std::vector<Trial>& trials) {
  int last = -1;
  for (const Trial& trial : trials) last = std::max(last, trial.block);
  return static_cast<std::size_t>(last + 1);
}

void add(Table& table, const RatedCell& rated, std::size_t blocks) {
  const ByBlock known = rates_by_block(rated.trials);
  if (known.empty()) return;
  statistics::RatesByBlock rates(blocks);
  for (const auto& [block, rate] : known) rates[static_cast<std::size_t>(block)] = rate;
  table.labels.push_back(rated.cell->baseline->label());
  table.rates.push_back(std::move(rates));
  table.is_held_back.push_back(is_held_back(rated.trials));
}

// One whose server may be faster than its figure may have any place before its own, and whoever is
// ahead of it may have the place behind.
std::vector<statistics::RankInterval> places(const Table& table, double floor) {
  std::vector<statistics::RankInterval> ranks = statistics::ranking(table.rates, floor).ranks;
  for (std::size_t bound = 0; bound < ranks.size(); ++bound) {
    if (!table.is_held_back[bound]) continue;
    ranks[bound].low = 1;
    for (std::size_t other = 0; other < ranks.size(); ++other) {
      const std::vector<statistics::RatesByBlock> pair = {table.rates[other], table.rates[bound]};
      const bool is_ahead = other != bound && statistics::ranking(pair, floor).ranks[0].high == 1;
      if (is_ahead) ranks[other].high = std::min(ranks[other].high + 1, ranks.size());
    }
  }
  return ranks;
}

}  // namespace

std::optional<NoiseRecord> noise_of(const std::vector<Cell>& cells,
                                    const std::vector<Trial>& trials) {
  std::vector<double> ratios;
  for (const Cell& twin : cells) {
    if (!twin.is_twin || is_at_a_given_rate(twin)) continue;
    Cell first = twin;
    first.is_twin = false;
    const auto ratio =
        ratio_of(rates_by_block(trials_of(trials, first)), rates_by_block(trials_of(trials, twin)));
    if (ratio) ratios.push_back(ratio->median);
  }
  const auto noise = statistics::noise_floor(ratios);
  if (!noise) return std::nullopt;
  return NoiseRecord{noise->median, noise->p95, statistics::verdict_floor(noise), ratios.size()};
}

void rank(std::vector<CellRecord>& records, const std::vector<Cell>& cells,
          const std::vector<Trial>& trials, const std::optional<NoiseRecord>& noise) {
  const double floor = noise ? noise->floor : statistics::default_floor;
  const std::size_t blocks = blocks_in(trials);
  std::map<TableName, Table> tables;
  for (const RatedCell& rated : rated_cells(cells, trials)) {
    add(tables[{rated.cell->workload->name, rated.cell->load->name}], rated, blocks);
  }
  for (auto& [name, table] : tables) {
    const std::vector<statistics::RankInterval> ranks = places(table, floor);
    for (CellRecord& record : records) {
      if (TableName(record.workload, record.load) != name) continue;
      const auto place = std::find(table.labels.begin(), table.labels.end(), record.baseline);
      if (place == table.labels.end()) continue;
      const auto& found = ranks[static_cast<std::size_t>(place - table.labels.begin())];
      record.rank = RankRecord{found.low, found.high};
    }
  }
}

std::vector<RatioRecord> compare(const std::vector<Cell>& cells, const std::vector<Trial>& trials,
                                 const std::optional<NoiseRecord>& noise) {
  const double floor = noise ? noise->floor : statistics::default_floor;
  const std::vector<RatedCell> rated = rated_cells(cells, trials);
  std::vector<RatioRecord> ratios;
  for (auto first = rated.begin(); first != rated.end(); ++first) {
    for (auto second = first + 1; second != rated.end(); ++second) {
      if (second->cell->workload != first->cell->workload) continue;
      if (second->cell->load != first->cell->load) continue;
      const auto ratio = ratio_of(rates_by_block(first->trials), rates_by_block(second->trials));
      if (ratio) ratios.push_back(ratio_record(*first, *second, *ratio, floor));
    }
  }
  correct_for_their_number(ratios);
  return ratios;
}

}  // namespace assay::lab
