#include "harness/load/command/live_line.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

#include "harness/load/pace/warm_up.h"
#include "harness/load/summary/warning.h"
#include "harness/load/text/quantity_text.h"

namespace assay::load {
namespace {

constexpr std::size_t most_bar_columns = 40;
constexpr std::size_t least_bar_columns = 4;
constexpr std::size_t margin = 2;

enum class Colour { red = 31, yellow = 33 };

// Text and the columns that it takes, which its colours and its bytes do not tell.
struct Field {
  std::string text;
  std::size_t columns;
};

Field plain(std::string text) {
  const std::size_t columns = text.size();
  return {std::move(text), columns};
}

Field coloured(std::string text, Colour colour, const Screen& screen) {
  Field field = plain(std::move(text));
  if (!screen.has_colours) return field;
  field.text = fmt::format("\x1b[{}m{}\x1b[0m", static_cast<int>(colour), field.text);
  return field;
}

// What is done of what is to do, in the unit in which it was asked for.
struct Way {
  std::string text;
  double share = 0;
};

Way way_of(const Progress& progress, const Job& job) {
  const bool has_most = slice_of(job).has_value();
  const nanoseconds most = has_most ? *job.warm_up_most : job.warm_up;
  const nanoseconds warm_up = progress.warm_up.value_or(most);
  const bool warms_up = progress.elapsed < warm_up;
  const nanoseconds measured = warms_up ? progress.elapsed : progress.elapsed - warm_up;
  if (job.requests && !warms_up) {
    const std::uint64_t ended = std::min(progress.requests + progress.errors, *job.requests);
    const std::string all = count_text(*job.requests);
    return {fmt::format("{:>{}} of {}", count_text(ended), all.size(), all),
            static_cast<double>(ended) / static_cast<double>(*job.requests)};
  }
  const double all = in_seconds(warms_up ? most : job.duration);
  const double done = std::min(in_seconds(measured), all);
  const std::string of = fmt::format("{}{:g}", warms_up && has_most ? "at most " : "", all);
  const std::size_t width = fmt::format("{:.1f}", all).size();
  return {fmt::format("{}{:>{}.1f} of {} s", warms_up ? "warming up " : "", done, width, of),
          done / all};
}

Field bar(double share, std::size_t columns, const Screen& screen) {
  const bool is_ascii = screen.glyphs == Glyphs::ascii;
  const auto done = static_cast<std::size_t>(share * static_cast<double>(columns));
  std::string text;
  for (std::size_t column = 0; column < columns; ++column) {
    if (column < done) {
      text += is_ascii ? "#" : "━";
    } else {
      text += is_ascii ? "." : "╌";
    }
  }
  return {text, columns};
}

std::string latency_text(std::string_view name, const Second* second, std::uint64_t one_in) {
  const bool is_known = second != nullptr && second->latency.count >= one_in;
  const double q = 1 - 1 / static_cast<double>(one_in);
  return fmt::format("{} {:>7}", name, is_known ? time_text(second->latency.percentile(q)) : "-");
}

std::vector<Field> fields_of(const Progress& progress, const Screen& screen) {
  const Second* last = progress.seconds.empty() ? nullptr : &progress.seconds.back();
  const double elapsed = in_seconds(progress.elapsed);
  const double so_far = elapsed > 0 ? static_cast<double>(progress.requests) / elapsed : 0;
  const double rate = last != nullptr ? static_cast<double>(last->requests) : so_far;
  const std::string errors =
      fmt::format("{} error{}", count_text(progress.errors), progress.errors == 1 ? "" : "s");
  const std::string cpu = fmt::format("cpu {:>2.0f}%", progress.client_cpu * 100);
  return {plain(fmt::format("{:>7}/s", rate_text(rate))), plain(latency_text("p50", last, 2)),
          plain(latency_text("p99", last, 100)),
          progress.errors > 0 ? coloured(errors, Colour::red, screen) : plain(errors),
          progress.client_cpu > highest_client_cpu ? coloured(cpu, Colour::yellow, screen)
                                                   : plain(cpu)};
}

}  // namespace

// The bar takes what the figures leave; where that is too little, it goes, and then the last ones.
std::string live_line(const Progress& progress, const Job& job, const Screen& screen) {
  const std::size_t most_columns = std::max<std::size_t>(screen.columns, 2) - 1;
  const Way way = way_of(progress, job);
  std::vector<Field> fields = fields_of(progress, screen);
  std::size_t columns = margin + way.text.size();
  for (const Field& field : fields) columns += margin + field.columns;
  const std::size_t left = most_columns > columns + 1 ? most_columns - columns - 1 : 0;
  std::string line = fmt::format("{:{}}{}", "", margin, way.text);
  if (left >= least_bar_columns) {
    line += " " + bar(way.share, std::min(left, most_bar_columns), screen).text;
  }
  std::size_t taken = margin + way.text.size();
  if (taken > most_columns) return line.substr(0, most_columns);
  for (const Field& field : fields) {
    taken += margin + field.columns;
    if (taken > most_columns) break;
    line += fmt::format("{:{}}{}", "", margin, field.text);
  }
  return line;
}

}  // namespace assay::load
