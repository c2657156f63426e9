#include "harness/load/summary/oha_figures.h"

#include <fmt/format.h>

#include "harness/load/summary/summary.h"

namespace assay::load {
namespace {

// What broke before a reply was whole. A timeout is none: oha would have waited, and aborted it.
std::uint64_t broken(const Errors& errors) {
  return errors[ErrorKind::connect] + errors[ErrorKind::reset] + errors[ErrorKind::short_reply] +
         errors[ErrorKind::malformed];
}

}  // namespace

OhaFigures as_oha_counts(const Summary& summary) {
  const Tally& tally = summary.tally;
  std::uint64_t replies = 0;
  OhaFigures figures;
  for (std::size_t status = 0; status < tally.statuses.size(); ++status) {
    replies += tally.statuses.at(status);
    if (status < 200 || status > 299) figures.not_2xx += tally.statuses.at(status);
  }
  const std::uint64_t aborted = summary.by_duration ? summary.connections : 0;
  const std::uint64_t judged = replies + broken(tally.errors);
  const auto part = [](std::uint64_t one, double all) {
    return all > 0 ? static_cast<double>(one) / all : 0;
  };
  figures.success_rate = part(replies, static_cast<double>(judged));
  figures.requests_per_second = part(judged + aborted, in_seconds(summary.duration));
  return figures;
}

std::string text(const OhaFigures& figures) {
  return fmt::format(
      "as oha would have printed it:\n"
      "  Success rate: {:.2f}%\n"
      "  Requests/sec: {:.4f}\n"
      "what is wrong with that:\n"
      "  - any reply is a success, whatever its status; here {} were not from 200 to 299\n"
      "  - what is under way at the end is aborted and counted as sent, however long it has hung\n"
      "  - no reply's body is looked at\n"
      "  - a closed loop: while a server stalls nobody asks, so the stall is a latency for each\n"
      "    connection and not for each request that was not sent\n",
      figures.success_rate * 100, figures.requests_per_second, figures.not_2xx);
}

std::string to_json(const OhaFigures& figures) {
  return fmt::format(
      R"({{"document": "Spikard", "success_rate": {:.6f}, "requests_per_second": {:.4f}, )"
      R"("not_2xx": {}}})",
      figures.success_rate, figures.requests_per_second, figures.not_2xx);
}

}  // namespace assay::load
