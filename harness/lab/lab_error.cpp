#include "harness/lab/lab_error.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace assay::lab {
namespace {

// How many letters must be put in, taken out or changed to make one of the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row.back();
}

std::string nearest(std::string_view name, const std::vector<std::string>& known) {
  const auto closer = [&](const std::string& a, const std::string& b) {
    return distance(name, a) < distance(name, b);
  };
  const auto best = std::min_element(known.begin(), known.end(), closer);
  return best != known.end() && distance(name, *best) <= 2 ? *best : std::string();
}

}  // namespace

LabError::LabError(std::string what, std::string remedy)
    : what_(std::move(what)), remedy_(std::move(remedy)) {}

LabError LabError::unknown(std::string_view kind, std::string_view name,
                           const std::vector<std::string>& known) {
  const std::string guess = nearest(name, known);
  const std::string did_you_mean = guess.empty() ? "" : fmt::format("did you mean {}? ", guess);
  return {fmt::format("there is no {} \"{}\"", kind, name),
          fmt::format("{}there are: {}", did_you_mean, fmt::join(known, ", "))};
}

LabError LabError::bad_file(std::string_view path, std::string_view reason) {
  return {fmt::format("{}: {}", path, reason), "correct the file and run the command again"};
}

LabError LabError::unreadable(std::string_view path, std::string_view reason) {
  return {fmt::format("{} cannot be read: {}", path, reason), ""};
}

LabError LabError::unwritable(std::string_view path, std::string_view reason) {
  return {fmt::format("{} cannot be written: {}", path, reason),
          "make room, or allow it to be written"};
}

LabError LabError::not_in_checkout(std::string_view folder) {
  return {fmt::format("{} is not a checkout of Assay", folder),
          "change to the folder that has workloads/ and baselines/ in it"};
}

LabError LabError::host_busy() {
  return {"another run is measuring on this host",
          "wait for it to end: two would measure each other"};
}

LabError LabError::no_process(std::string_view reason) {
  return {fmt::format("the system starts no further process: {}", reason),
          "end what fills it, then run the command again"};
}

LabError LabError::run_exists(std::string_view folder) {
  return {fmt::format("{} is there already, from a run in the same second", folder),
          "run the command again"};
}

LabError LabError::nothing_to_resume(std::string_view plan) {
  return {fmt::format("no run of plan {} was cut off on this host", plan),
          fmt::format("start one: assay run {}", plan)};
}

LabError LabError::begun_otherwise(std::string_view plan, std::string_view what) {
  return {fmt::format("{} is not what the run of plan {} that was cut off began with", what, plan),
          fmt::format("start a new one: assay run {}", plan)};
}

LabError LabError::changed_meanwhile(std::string_view path) {
  return {fmt::format("{} was changed while the run went on, which ends it: its trials would be of "
                      "two versions",
                      path),
          "run the plan again; what was measured is kept, as a run that was cut short"};
}

LabError LabError::nothing_to_measure(std::string_view plan, std::string_view reason) {
  return {fmt::format("no baseline of plan {} can run on this host: {}", plan, reason),
          "see what is missing: assay list"};
}

LabError LabError::nothing_in_common(std::string_view a, std::string_view b,
                                     std::string_view what) {
  return {fmt::format("runs {} and {} have no {} in common", a, b, what),
          "compare two runs of one plan: assay run PLAN, once for each build"};
}

LabError LabError::run_of_several_hosts(std::string_view run,
                                        const std::vector<std::string>& folders) {
  return {fmt::format("more than one host has a run {}", run),
          fmt::format("name its folder: {}", fmt::join(folders, " or "))};
}

LabError LabError::runs_of_two_hosts(std::string_view a, std::string_view b) {
  return {fmt::format("runs {} and {} are of two hosts, so neither is slower", a, b),
          "compare two runs of one host, or leave --fail-if-slower out"};
}

}  // namespace assay::lab
