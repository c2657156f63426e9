#include "harness/lab/compare/compare_text.h"

#include <algorithm>
#include <cstddef>
#include <map>

#include <fmt/format.h>

#include "harness/lab/trial/client_bound.h"

namespace assay::lab {
namespace {

constexpr std::size_t widest_line = 100;

std::string interval(const Quantity& quantity) {
  if (!quantity.low || !quantity.high) return fmt::format("{:.2f}", quantity.median);
  return fmt::format("{:.2f} ({:.2f} to {:.2f})", quantity.median, *quantity.low, *quantity.high);
}

std::string judged(const Quantity& ratio, const std::string& verdict) {
  return interval(ratio) + " " + verdict;
}

std::string commit_of(const ComparedRun& run) {
  const std::string commit =
      run.commit.empty() ? "no commit" : "commit " + run.commit.substr(0, 12);
  return commit + (run.dirty ? " with changes" : "");
}

std::string run_line(char name, const ComparedRun& run) {
  return fmt::format("{}  {}  {}, server {}\n", name, run.run, commit_of(run),
                     run.server_sha256.substr(0, 12));
}

// Which build and host: what a reader takes the ratios to be of.
std::string head(const RunComparison& comparison) {
  const ComparedRun& a = comparison.a;
  const ComparedRun& b = comparison.b;
  std::string out = run_line('A', a) + run_line('B', b);
  if (!comparison.is_of_one_host()) {
    return out + fmt::format(
                     "two hosts: {} ({}) and {} ({})\n  rates of two hosts are not compared, "
                     "only the lead of {} in each\n",
                     a.host, a.cpu, b.host, b.cpu, comparison.ours);
  }
  out += fmt::format("host {} ({}), both\n", a.host, a.cpu);
  if (a.server_sha256 == b.server_sha256) {
    return out + "one build of the reference: it differs only by what lies between two runs\n";
  }
  return out + fmt::format("two builds of the reference: {} and {}\n", commit_of(a), commit_of(b));
}

template <class Row>
std::size_t label_width(const std::vector<Row>& rows, std::string Row::* label) {
  std::size_t width = 24;  // as a run's own table has it, but where a label is longer
  for (const Row& row : rows) width = std::max(width, (row.*label).size());
  return width;
}

std::string rate(const std::optional<Quantity>& quantity) {
  return quantity ? fmt::format("{:.0f}", quantity->median) : "-";
}

std::string plain(const std::optional<double>& ratio) {
  return ratio ? fmt::format("{:.2f}", *ratio) : "-";
}

std::string row(const ComparedCell& cell, std::size_t width) {
  if (!cell.rate_a || !cell.rate_b) {
    const bool is_of_a = !cell.rate_a;
    return fmt::format("  {:<{}} {:>8} {:>8}  - {}: {}\n", cell.baseline, width, rate(cell.rate_a),
                       rate(cell.rate_b), is_of_a ? "A" : "B",
                       is_of_a ? cell.missing_a : cell.missing_b);
  }
  return fmt::format("  {:<{}} {:>8} {:>8}  {:<32} {:>5} {:>5}\n", cell.baseline, width,
                     rate(cell.rate_a), rate(cell.rate_b),
                     cell.ratio ? judged(*cell.ratio, cell.verdict) : "as it was asked for",
                     plain(cell.cpu_ratio), plain(cell.p99_ratio));
}

std::string row(const ComparedLead& lead, std::size_t width) {
  return fmt::format("  {:<{}}  {:<30} {}\n", lead.theirs, width,
                     judged(lead.lead_a, lead.verdict_a), judged(lead.lead_b, lead.verdict_b));
}

// A table for each workload and load, in the order of the rows.
template <class Row>
std::string tables(const std::vector<Row>& rows, std::size_t width, const std::string& titles) {
  std::string out;
  std::string section;
  for (const Row& each : rows) {
    const std::string name = each.workload + ", " + each.load;
    if (name != section) out += fmt::format("\n{}\n{}\n", name, titles);
    section = name;
    out += row(each, width);
  }
  return out;
}

// Only where there is such a verdict.
std::string client_bound_note(const std::vector<ComparedCell>& cells) {
  const bool is_needed = std::any_of(cells.begin(), cells.end(), [](const ComparedCell& cell) {
    return cell.verdict == client_bound_verdict;
  });
  if (!is_needed) return {};
  return "  client-bound: the client held back the one that is behind, or one of a tie\n";
}

std::string cell_tables(const RunComparison& comparison) {
  const std::size_t width = label_width(comparison.cells, &ComparedCell::baseline);
  return tables(comparison.cells, width,
                fmt::format("  {:<{}} {:>8} {:>8}  {:<32} {:>5} {:>5}", "requests a second", width,
                            "A", "B", "B over A", "CPU", "p99")) +
         fmt::format(
             "\n  B over A: above 1, B is faster; of CPU a request and of p99, above 1 B "
             "needs more\n  below {:.1f} % nothing is called faster: the larger noise of "
             "the two runs\n  an interval holds what trials of a run differ by, not what "
             "the host did between the runs\n",
             comparison.floor * 100) +
         client_bound_note(comparison.cells);
}

std::string lead_tables(const RunComparison& comparison) {
  const std::size_t width = label_width(comparison.leads, &ComparedLead::theirs);
  return tables(
      comparison.leads, width,
      fmt::format("  {:<{}}  {:<30} {}", comparison.ours + " over", width, "in A", "in B"));
}

// "    json, two: one@v, other@v", in lines that fit.
std::string listed(const std::string& name, const std::vector<std::string>& labels) {
  std::string out;
  std::string line = "    " + name + ":";
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::string label = labels[i] + (i + 1 < labels.size() ? "," : "");
    if (line.size() + 1 + label.size() > widest_line) {
      out += line + "\n";
      line = "     ";
    }
    line += " " + label;
  }
  return out + line + "\n";
}

std::string others_text(const std::vector<UncomparedCell>& others) {
  std::map<std::string, std::map<std::string, std::vector<std::string>>> by_reason;
  for (const UncomparedCell& cell : others) {
    by_reason[cell.reason][cell.workload + ", " + cell.load].push_back(cell.baseline);
  }
  std::string out;
  for (const auto& [reason, tables] : by_reason) {
    out += fmt::format("\n  not compared, {}\n", reason);
    for (const auto& [name, labels] : tables) out += listed(name, labels);
  }
  return out;
}

}  // namespace

std::string text(const RunComparison& comparison) {
  std::string out = head(comparison);
  out += comparison.is_of_one_host() ? cell_tables(comparison) : lead_tables(comparison);
  out += others_text(comparison.others);
  for (const std::string& remark : comparison.remarks) out += fmt::format("\n  note: {}", remark);
  return comparison.remarks.empty() ? out : out + "\n";
}

}  // namespace assay::lab
