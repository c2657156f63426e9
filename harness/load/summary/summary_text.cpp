// Summary for people: what was reached and how it was asked for, the latencies and their shape,
// what came back, what it cost the client, and what to know before believing it.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "harness/load/summary/percentile_plot.h"
#include "harness/load/summary/summary.h"
#include "harness/load/text/quantity_text.h"

namespace assay::load {
namespace {

constexpr std::size_t screen_columns = 80;
constexpr std::size_t label_columns = 13;

// Less is what every client of a busy host sees.
constexpr double least_wait_told = 0.01;
constexpr nanoseconds least_gap_told = std::chrono::milliseconds(10);

struct Percentile {
  const char* name;
  std::uint64_t one_in;  // requests lies beyond it
};
constexpr std::array percentiles{Percentile{"p50", 2}, Percentile{"p90", 10},
                                 Percentile{"p99", 100}, Percentile{"p99.9", 1000},
                                 Percentile{"p99.99", 10'000}};

std::string count_of(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count_text(count), noun, count == 1 ? "" : "s");
}

// A label and its text, broken between words so that it stays on the screen.
std::string entry(std::string_view label, std::string_view text) {
  std::string lines = fmt::format("  {:<{}}", label, label_columns - 2);
  std::size_t column = label_columns;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const bool begins = column == label_columns;
    if (!begins && column + 1 + end > screen_columns) {
      lines += fmt::format("\n{:{}}", "", label_columns);
      column = label_columns;
    } else if (!begins) {
      lines += ' ';
      ++column;
    }
    lines += text.substr(0, end);
    column += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines + "\n";
}

std::string_view arrivals_text(Arrivals arrivals) {
  switch (arrivals) {
    case Arrivals::constant: return "evenly";
    case Arrivals::poisson: return "at random (Poisson)";
    case Arrivals::burst: return "in bursts";
  }
  return "";
}

std::string asked_text(const Summary& summary) {
  if (!summary.offered) return "as fast as replies came";
  std::string text = fmt::format("of {} asked for", rate_text(*summary.offered));
  if (summary.asked) text += fmt::format(", {}", arrivals_text(summary.asked->arrivals));
  return text;
}

std::string headline(const Summary& summary) {
  const std::string rate = fmt::format("  {} requests/s", rate_text(summary.rate()));
  std::string how =
      fmt::format("{}, {}, {}", count_of(summary.connections, "connection"),
                  count_of(summary.threads.size(), "thread"), time_text(summary.duration));
  if (summary.pipeline > 1) how += fmt::format(", pipelined by {}", summary.pipeline);
  return fmt::format("{}   {}\n{:{}}   {}\n", rate, asked_text(summary), "", rate.size(), how);
}

std::string latency_row(std::string_view label, const Histogram& latency) {
  std::string row = fmt::format("  {:<11}", label);
  if (latency.count() == 0) return row + "       -\n";
  const auto mean = nanoseconds(std::llround(latency.mean_ns()));
  row += fmt::format("{:>8}", time_text(mean));
  for (const auto& [name, one_in] : percentiles) {
    const auto value = latency.all_but_one_in(one_in);
    row += fmt::format("{:>9}", value ? time_text(*value) : "-");
  }
  return row + fmt::format("{:>9}\n", time_text(latency.max()));
}

// In a closed loop a request is due when it is sent. The first byte is told apart where it comes
// noticeably before the last.
std::string latency_table(const Summary& summary) {
  const Tally& tally = summary.tally;
  const bool is_open_loop = summary.offered.has_value();
  std::string table = fmt::format("  {:<11}{:>8}", "", "mean");
  for (const auto& [name, one_in] : percentiles) table += fmt::format("{:>9}", name);
  table += fmt::format("{:>9}\n", "max");
  table += latency_row(is_open_loop ? "from due" : "latency", tally.latency);
  if (is_open_loop) table += latency_row("on the wire", tally.wire_latency);
  const Histogram& wire = is_open_loop ? tally.wire_latency : tally.latency;
  if (tally.first_byte.count() > 0 && tally.first_byte.mean_ns() < 0.9 * wire.mean_ns()) {
    table += latency_row("first byte", tally.first_byte);
  }
  if (is_open_loop) table += latency_row("sent late", tally.lag);
  return table;
}

std::string plot(const Summary& summary, Glyphs glyphs) {
  const Tally& tally = summary.tally;
  std::vector<Curve> curves{{"from due", tally.latency}};
  if (summary.offered) curves.push_back({"on the wire", tally.wire_latency});
  const std::string drawn = percentile_plot(curves, glyphs);
  return drawn.empty() ? "" : "\n" + drawn;
}

std::string errors_text(const Errors& errors) {
  if (errors.total() == 0) return "none";
  std::string text = count_text(errors.total()) + ":";
  std::string_view separator = " ";
  for (std::size_t index = 0; index < error_kinds; ++index) {
    const auto kind = static_cast<ErrorKind>(index);
    if (errors[kind] == 0) continue;
    text += fmt::format("{}{} {}", separator, load::text(kind), count_text(errors[kind]));
    separator = ", ";
  }
  return text;
}

std::string statuses_text(const Tally& tally) {
  std::string text;
  for (std::size_t status = 0; status < tally.statuses.size(); ++status) {
    const std::uint64_t count = tally.statuses.at(status);
    if (count == 0) continue;
    text += fmt::format("{}{} x {}", text.empty() ? "" : ", ", status, count_text(count));
  }
  return text.empty() ? "none" : text;
}

std::string shares_of(const Summary& summary, double (*share)(const ThreadUsage&)) {
  std::string text;
  for (const ThreadUsage& thread : summary.threads) {
    text += (text.empty() ? "" : ", ") + share_text(share(thread));
  }
  return text;
}

double spinning_share(const ThreadUsage& thread) {
  return thread.wall > nanoseconds(0) ? in_seconds(thread.spinning) / in_seconds(thread.wall) : 0;
}

std::string client_text(const Summary& summary) {
  const bool is_one = summary.threads.size() == 1;
  const auto each = nanoseconds(std::llround(summary.client_cpu_us_per_request() * 1000));
  std::string text = fmt::format("{} of CPU per request", time_text(each));
  if (summary.threads.empty()) return text;
  text += fmt::format("; {} {} of a core", is_one ? "its thread used" : "its threads used",
                      shares_of(summary, [](const ThreadUsage& thread) { return thread.share(); }));
  const bool spun =
      std::any_of(summary.threads.begin(), summary.threads.end(),
                  [](const ThreadUsage& thread) { return spinning_share(thread) >= 0.005; });
  if (spun) text += fmt::format(", and spun {}", shares_of(summary, spinning_share));
  if (const auto wait = summary.client_wait(); wait && *wait >= least_wait_told) {
    text += fmt::format(", waiting for one {}", share_text(*wait));
  }
  if (summary.longest_gap && *summary.longest_gap >= least_gap_told) {
    text += fmt::format("; it stood still for up to {}", time_text(*summary.longest_gap));
  }
  if (summary.ceiling) {
    text += fmt::format("; {} of its ceiling, {} requests/s",
                        share_text(summary.rate() / *summary.ceiling), rate_text(*summary.ceiling));
  }
  return text;
}

// A line for each request of a mix.
std::string parts_text(const Summary& summary) {
  const std::vector<PartTally>& parts = summary.tally.parts;
  if (parts.size() != summary.part_names.size()) return "";
  std::string text;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    text += entry(part == 0 ? "mix" : "",
                  fmt::format("{}: {} right, errors {}", summary.part_names[part],
                              count_text(parts[part].requests), errors_text(parts[part].errors)));
  }
  return text;
}

std::string facts(const Summary& summary) {
  const Tally& tally = summary.tally;
  std::string text = entry(
      "replies",
      fmt::format("{} right, {} received", count_text(tally.requests), bytes_text(tally.bytes)));
  text += parts_text(summary);
  text += entry("status", statuses_text(tally)) + entry("errors", errors_text(tally.errors));
  if (tally.closed > 0) {
    text += entry("closed", fmt::format("{} connections that were to be kept, by the server",
                                        count_text(tally.closed)));
  }
  if (tally.resent > 0) {
    text += entry("resent", fmt::format("{} after the server had closed a kept connection",
                                        count_text(tally.resent)));
  }
  if (summary.warm_up > nanoseconds(0)) text += entry("warm-up", time_text(summary.warm_up));
  return text + entry("client", client_text(summary));
}

}  // namespace

std::string text(const Summary& summary, Glyphs glyphs) {
  std::string text = headline(summary) + "\n" + latency_table(summary) + plot(summary, glyphs) +
                     "\n" + facts(summary);
  const std::vector<Warning> warnings = summary.warnings();
  if (!warnings.empty()) text += "\n";
  for (const Warning& warning : warnings) text += entry("warning", load::text(warning));
  return text;
}

}  // namespace assay::load
