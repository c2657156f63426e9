#include "harness/cost/cost_table.h"

#include <fmt/format.h>

namespace assay::cost {
namespace {

constexpr double mebibyte = 1024.0 * 1024.0;

std::string rows_text(const CostReport& report) {
  if (report.rows.empty()) return {};
  std::string lines =
      "processor time of the server for one request, and its ratio to the floor's (95 %)\n";
  for (const RowFigures& row : report.rows) lines += row_line(row);
  return lines;
}

std::string idle_text(const IdleFigures& idle) {
  std::string lines = fmt::format(
      "idle {}   memory empty {:.2f} MiB   filled {:.2f} MiB   {:.0f} bytes a connection\n",
      idle.idle, idle.empty_bytes / mebibyte, idle.filled_bytes / mebibyte,
      idle.bytes_per_connection);
  lines += fmt::format("active {}   alone {:.2f} us   beside them {:.2f} us   {}   rate {}\n",
                       active_connections, idle.alone_cpu_us, idle.beside_cpu_us,
                       ratio_text(idle.cpu), ratio_text(idle.rate));
  if (idle.closed > 0) {
    lines +=
        fmt::format("note: the server closed {} of the idle connections meanwhile\n", idle.closed);
  }
  return lines;
}

std::string scaling_text(const ScalingFigures& scaling) {
  return fmt::format(
      "scaling   1 worker {:.0f}/s on {:.2f} cores   2 workers {:.0f}/s on {:.2f} cores   rate {}"
      "   processor time a request {}\n{}",
      scaling.one_per_second, scaling.one_server_cores, scaling.two_per_second,
      scaling.two_server_cores, ratio_text(scaling.rate), ratio_text(scaling.cpu),
      scaling.is_apart ? ""
                       : "note: the client shares cores with the server, which needs four to be "
                         "told apart; so the rate says little of the server. The processor time "
                         "does: at 1.00 two workers on cores of their own answer twice as much\n");
}

}  // namespace

std::string ratio_text(const std::optional<Ratio>& ratio) {
  if (!ratio) return "-";
  return fmt::format("{:.2f} ({:.2f} to {:.2f})", ratio->median, ratio->low, ratio->high);
}

std::string row_line(const RowFigures& row) {
  std::string line = fmt::format("{:<10} {:>4}", row.shape, row.connections);
  for (const ServerFigures& figures : row.servers) {
    const bool is_floor = &figures == &row.servers.front();
    line += fmt::format("   {} {:.2f} us", figures.server, figures.cpu_us);
    if (!is_floor) line += fmt::format("  {:<19}", ratio_text(figures.to_floor));
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string cost_table(const CostReport& report) {
  std::string lines = rows_text(report);
  for (const AbsentFigures& absent : report.absent) {
    lines += fmt::format("{}   -   {}; {}\n", absent.server, absent.reason, absent.remedy);
  }
  if (report.idle) lines += idle_text(*report.idle);
  if (report.scaling) lines += scaling_text(*report.scaling);
  for (const std::string& note : report.notes) lines += fmt::format("note: {}\n", note);
  return lines;
}

}  // namespace assay::cost
