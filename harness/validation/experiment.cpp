#include "harness/validation/experiment.h"

#include <type_traits>
#include <utility>

#include <fmt/format.h>

namespace assay::validation {
namespace {

std::string time_text(load::nanoseconds time) { return fmt::format("{}ns", time.count()); }
std::string time_text(truth::Seconds time) {
  return time_text(std::chrono::round<load::nanoseconds>(time));
}

using Words = std::vector<std::string>;

void add(Words& words, std::string option, std::string value) {
  words.push_back(std::move(option));
  words.push_back(std::move(value));
}

void add_times(Words& words, const truth::Constant& law) {
  add(words, "--time", time_text(law.time));
}
void add_times(Words& words, const truth::TwoValued& law) {
  add(words, "--time", time_text(law.usual));
  add(words, "--rare-time", time_text(law.rare));
  add(words, "--rare", fmt::format("{}", law.rare_share));
}
void add_times(Words& words, const truth::Exponential& law) {
  add(words, "--time", time_text(law.mean));
}
void add_times(Words& words, const truth::LogNormal& law) {
  add(words, "--time", time_text(law.median));
  add(words, "--sigma", fmt::format("{}", law.sigma));
}

void add_faults(Words& words, const truth::ServiceSettings& service) {
  const truth::Faults& faults = service.faults;
  const auto add_share = [&](const char* option, double share) {
    if (share > 0) add(words, option, fmt::format("{}", share));
  };
  add_share("--errors", faults.error);
  add_share("--resets", faults.reset);
  add_share("--truncated", faults.truncated);
  add_share("--wrong", faults.wrong);
  add_share("--slow", faults.slow);
  add_share("--silent", faults.silent);
  if (faults.slow > 0) add(words, "--slow-by", time_text(service.slow_by));
}

}  // namespace

Words arguments_of(const truth::ServiceSettings& service) {
  Words words;
  add(words, "--law", std::string(truth::name(service.law)));
  std::visit([&](const auto& law) { add_times(words, law); }, service.law);
  add(words, "--servers", fmt::format("{}", service.servers));
  if (service.waiting_limit)
    add(words, "--waiting-limit", fmt::format("{}", *service.waiting_limit));
  if (service.stall_lasts > load::nanoseconds(0)) {
    add(words, "--stall-every", time_text(service.stall_every));
    add(words, "--stall-for", time_text(service.stall_lasts));
  }
  add_faults(words, service);
  add(words, "--seed", fmt::format("{}", service.seed));
  return words;
}

load::Rate steady(double per_second, load::Arrivals arrivals) {
  load::Rate rate;
  rate.per_second = rate.per_second_at_end = per_second;
  rate.arrivals = arrivals;
  return rate;
}

}  // namespace assay::validation
