// One line of the proof: what must be read, what was read, and what that says. Plain values, kept
// as JSON; the functions are pure. Times are seconds; any thread.
#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "harness/validation/judge.h"
#include "server/model/field.h"

namespace assay::validation {

using model::field;

enum class Unit { seconds, share, count, ratio };
constexpr auto enumerators(Unit*) {
  return model::names_of<Unit::seconds, Unit::share, Unit::count, Unit::ratio>;
}

struct Check {
  std::string test;  // "T4"
  std::string on;    // what was set up, in words
  std::string what;  // which figure: "p99"
  Unit unit = Unit::seconds;
  double expected = 0;
  double measured = 0;
  double tolerance = 0;
  Verdict verdict = Verdict::not_judged;
  std::string reason;
  int at_try = 1;     // of how often the test was made, the time that this was read
  int disagreed = 0;  // of those times
  static constexpr auto model() {
    return std::tuple{field<"test">(&Check::test),           field<"on">(&Check::on),
                      field<"what">(&Check::what),           field<"unit">(&Check::unit),
                      field<"expected">(&Check::expected),   field<"measured">(&Check::measured),
                      field<"tolerance">(&Check::tolerance), field<"verdict">(&Check::verdict),
                      field<"reason">(&Check::reason),       field<"at_try">(&Check::at_try),
                      field<"disagreed">(&Check::disagreed)};
  }
};
using Checks = std::vector<Check>;

// What every quantile is allowed: two per cent or 20 microseconds, whichever is more.
double time_tolerance(double seconds) noexcept;

std::string quantity(double value, Unit unit);     // "181 ms", "0.98 %", "20000"
std::string_view words(Verdict verdict) noexcept;  // "not judged"

}  // namespace assay::validation
