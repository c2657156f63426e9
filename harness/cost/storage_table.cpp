#include "harness/cost/storage_table.h"

#include <fmt/format.h>

#include "harness/cost/cost_table.h"

namespace assay::cost {
namespace {

std::string reads_text(const std::vector<RowFigures>& rows) {
  if (rows.empty()) return {};
  std::string lines =
      "a get by key beside a plain reply of the same size: processor time of the server for one "
      "request (95 %)\n";
  for (const RowFigures& row : rows) lines += row_line(row);
  return lines;
}

std::string policies_text(const std::vector<RowFigures>& rows) {
  if (rows.empty()) return {};
  std::string lines = fmt::format(
      "GET /db, {} connections: processor time of the server, its ratio to the model's first row, "
      "and the rate\n",
      rows.front().connections);
  for (const RowFigures& row : rows) {
    for (const ServerFigures& each : row.servers) {
      lines += fmt::format("{:<20} {:>7.2f} us   {:<21} {:>8.0f}/s\n", each.server, each.cpu_us,
                           ratio_text(each.to_floor), each.requests_per_second);
    }
  }
  return lines;
}

double mean_of(const Batches& batches) {
  if (batches.batches == 0) return 0;
  return static_cast<double>(batches.operations) / static_cast<double>(batches.batches);
}

std::string writer_text(const ServerFigures& figures, const Batches& batches) {
  std::string line = fmt::format(
      "{:<14} {:>8.0f}/s   {:>7.2f} us   {:.1f} writes a transaction, {} at most:", figures.server,
      figures.requests_per_second, figures.cpu_us, mean_of(batches), batches.largest_batch);
  for (const BatchSize& size : batches.batch_sizes) {
    line += fmt::format("  {}+ {}", size.at_least, size.batches);
  }
  return line + "\n";
}

std::string writes_text(const WriteFigures& writes) {
  return fmt::format(
             "durable writes, {} connections: rate, processor time of the server, and how many "
             "transactions held so many writes\n",
             writes.row.connections) +
         writer_text(writes.row.servers.at(0), writes.one_by_one) +
         writer_text(writes.row.servers.at(1), writes.group_commit) +
         fmt::format("rate           {}   a page is on the disk after {:.0f} us\n",
                     ratio_text(writes.rate), writes.disk_sync_us);
}

}  // namespace

std::string storage_table(const StorageReport& report) {
  std::string lines = reads_text(report.reads) + policies_text(report.policies);
  if (report.writes) lines += writes_text(*report.writes);
  for (const AbsentFigures& absent : report.absent) {
    lines += fmt::format("{}   -   {}; {}\n", absent.server, absent.reason, absent.remedy);
  }
  for (const std::string& note : report.notes) lines += fmt::format("note: {}\n", note);
  return lines;
}

}  // namespace assay::cost
