#include "harness/lab/run/progress.h"

#include <unistd.h>

#include <fmt/format.h>

#include "harness/lab/time_text.h"

namespace assay::lab {

Progress::Progress(std::FILE* out, std::size_t trials, double trial_s)
    : out_(out), terminal_(isatty(fileno(out)) == 1), trials_(trials), trial_s_(trial_s) {}

void Progress::show(const std::string& text, bool stays) {
  const char* start = terminal_ ? "\r\x1b[K" : "";  // over what stood there
  fmt::print(out_, "{}{}{}", start, text, stays || !terminal_ ? "\n" : "");
  std::fflush(out_);
}

void Progress::say(const std::string& line) { show(line, true); }

double Progress::seconds_left() const {
  const double gone =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  const double each = done_ == 0 ? trial_s_ : gone / static_cast<double>(done_);
  return each * static_cast<double>(trials_ - done_);
}

void Progress::checks(const Baseline& baseline) {
  show(fmt::format("comparing the replies of {}", baseline.label()), false);
}

void Progress::begins(const Cell& cell, int block, int blocks) {
  if (done_ == 0) started_ = std::chrono::steady_clock::now();
  // Those beyond the plan's are made while a figure is not precise.
  const std::string of = block < blocks ? fmt::format("of {}", blocks) : "for precision";
  doing_ = fmt::format("[{}/{}] block {} {}  {} {} {}", done_ + 1, trials_, block + 1, of,
                       cell.workload->name, cell.load->name, cell.baseline->label());
  if (terminal_) show(fmt::format("{}  {} left", doing_, span_text(seconds_left())), false);
}

void Progress::ended(const Trial& trial) {
  ++done_;
  const std::string left = span_text(seconds_left());
  if (!trial.valid) {
    show(fmt::format("{}  not valid: {}", doing_, trial.reasons.front()), true);
  } else {
    show(fmt::format("{}  {:.0f} requests/s  {} left", doing_, trial.rate, left), false);
  }
}

}  // namespace assay::lab
