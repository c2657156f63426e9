#include "harness/lab/figures/run_text.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace assay::lab {
namespace {

std::string interval(const Quantity& quantity, int digits) {
  if (!quantity.low || !quantity.high) return fmt::format("{:.{}f}", quantity.median, digits);
  return fmt::format("{:.{}f} ({:.{}f} to {:.{}f})", quantity.median, digits, *quantity.low, digits,
                     *quantity.high, digits);
}

std::string milliseconds(const std::optional<double>& microseconds) {
  return microseconds ? fmt::format("{:.2f} ms", *microseconds / 1000) : "-";
}

// "2", or "2-4" where nothing tells them apart.
std::string places(const std::optional<RankRecord>& rank) {
  if (!rank) return "";
  if (rank->low == rank->high) return std::to_string(rank->low);
  return fmt::format("{}-{}", rank->low, rank->high);
}

std::string noise_text(const NoiseRecord& noise) {
  return fmt::format(
      "\n  the same server measured twice differs by {:.1f} % (median of {}): below {:.1f} % "
      "nothing is called faster\n",
      noise.median * 100, noise.pairs, noise.floor * 100);
}

const RatioRecord* ratio_of(const RunResult& result, const CellRecord& cell) {
  const auto found =
      std::find_if(result.ratios.begin(), result.ratios.end(), [&](const RatioRecord& ratio) {
        return ratio.ours == result.ours && ratio.theirs == cell.baseline &&
               ratio.workload == cell.workload && ratio.load == cell.load;
      });
  return found == result.ratios.end() ? nullptr : &*found;
}

std::string row(const RunResult& result, const CellRecord& cell) {
  if (!cell.rate) return fmt::format("  {:<24} -  {}\n", cell.baseline, cell.missing);
  const RatioRecord* ratio = ratio_of(result, cell);
  return fmt::format("  {:<24} {:<26} {:>5} {:>10} {:>10}  {}\n", cell.baseline,
                     interval(*cell.rate, 0), places(cell.rank), milliseconds(cell.p50_us),
                     milliseconds(cell.p99_us),
                     ratio == nullptr ? "" : interval(ratio->rate, 2) + " " + ratio->verdict);
}

// "2 of 7 trials: the load had not settled", "1 of 7 trials not valid: steal" and "3 trials made
// once more: steal" are told apart into what is said and of how many.
struct Warning {
  std::string text;
  std::string trials;  // " (2 of 7)", " (3)"; empty when it is of the cell
};

Warning warning_of(const std::string& line) {
  constexpr std::string_view one = " trial";
  const auto counted = line.find_first_not_of("0123456789 of");
  const auto at = line.find(one);
  if (at == line.npos || at == 0 || at + 1 != counted) return {line, ""};
  std::string_view said = std::string_view(line).substr(at + one.size());
  if (said.starts_with('s')) said.remove_prefix(1);
  said.remove_prefix(std::min(said.find_first_not_of(": "), said.size()));
  return {std::string(said), fmt::format(" ({})", line.substr(0, at))};
}

// Each sentence once, and below it the cells that it is said of, those of a section in a line.
std::string notes(const RunResult& result) {
  std::vector<std::string> sentences;
  std::map<std::string, std::string> cells;
  std::map<std::string, std::string> section;
  for (const CellRecord& cell : result.cells) {
    for (const std::string& line : cell.warnings) {
      const auto [text, trials] = warning_of(line);
      if (!cells.contains(text)) sentences.push_back(text);
      const std::string name = cell.workload + ", " + cell.load;
      cells[text] += section[text] == name ? ", " : fmt::format("\n      {}: ", name);
      cells[text] += cell.baseline + trials;
      section[text] = name;
    }
  }
  std::string out;
  for (const std::string& sentence : sentences) {
    out += fmt::format("\n  {}{}\n", sentence, cells[sentence]);
  }
  return out;
}

}  // namespace

std::string text(const RunResult& result) {
  std::string out;
  std::string section;
  for (const CellRecord& cell : result.cells) {
    const std::string name = cell.workload + ", " + cell.load;
    if (name != section) {
      out += fmt::format("\n{}\n  {:<24} {:<26} {:>5} {:>10} {:>10}  {}\n", name, "baseline",
                         "requests/s", "place", "p50", "p99", "reference over it");
      section = name;
    }
    out += row(result, cell);
  }
  if (result.noise) out += noise_text(*result.noise);
  return out + notes(result) + "\n";
}

}  // namespace assay::lab
