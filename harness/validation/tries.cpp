#include "harness/validation/tries.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace assay::validation {
namespace {

// One figure in all tries. Of some it is missing.
struct Readings {
  Checks all;  // in the order of the tries
  int agree = 0;
  int disagree = 0;

  const Check& first(Verdict verdict) const {
    const auto has = [&](const Check& check) { return check.verdict == verdict; };
    return *std::find_if(all.begin(), all.end(), has);
  }
  Check standing() const {
    const bool is_wrong = disagree > 0 && agree <= disagree;
    Check check = first(is_wrong    ? Verdict::disagrees
                        : agree > 0 ? Verdict::agrees
                                    : Verdict::not_judged);
    check.disagreed = disagree;
    return check;
  }
  // Two that disagree are not outvoted by a third.
  bool is_open(bool is_awake) const {
    if (disagree > 0) return agree <= disagree && disagree < 2;
    return agree == 0 && is_awake;
  }
};

void add(std::vector<Readings>& figures, Check check) {
  const auto is_it = [&](const Readings& each) { return each.all.front().what == check.what; };
  auto found = std::find_if(figures.begin(), figures.end(), is_it);
  if (found == figures.end()) found = figures.insert(figures.end(), Readings());
  found->agree += check.verdict == Verdict::agrees ? 1 : 0;
  found->disagree += check.verdict == Verdict::disagrees ? 1 : 0;
  found->all.push_back(std::move(check));
}

std::vector<Readings> by_figure(const std::vector<Checks>& tries) {
  std::vector<Readings> figures;
  for (std::size_t i = 0; i < tries.size(); ++i) {
    for (Check check : tries[i]) {
      check.at_try = static_cast<int>(i + 1);
      add(figures, std::move(check));
    }
  }
  return figures;
}

}  // namespace

Checks settled(const std::vector<Checks>& tries) {
  Checks checks;
  for (const Readings& figure : by_figure(tries)) checks.push_back(figure.standing());
  return checks;
}

bool is_open(const std::vector<Checks>& tries, bool is_awake) {
  if (tries.size() >= most_tries) return false;
  const std::vector<Readings> figures = by_figure(tries);
  return std::any_of(figures.begin(), figures.end(),
                     [&](const Readings& figure) { return figure.is_open(is_awake); });
}

Result<Checks> tried(const std::string& name, const Make& make, bool is_awake, const Say& say) {
  std::vector<Checks> tries;
  do {
    say(tries.empty() ? name : fmt::format("{}; again, {}", name, tries.size() + 1));
    Result<Checks> checks = make();
    if (!checks) return checks.error();
    tries.push_back(std::move(*checks));
  } while (is_open(tries, is_awake));
  return settled(tries);
}

}  // namespace assay::validation
