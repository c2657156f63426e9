#include <fmt/format.h>

#include "harness/truth/fault.h"
#include "harness/validation/experiments.h"
#include "harness/validation/sheet.h"

namespace assay::validation {
namespace {

using load::ErrorKind;
using std::chrono::milliseconds;
using truth::Fate;

constexpr auto slow_by = milliseconds(30);
constexpr double slow_limit_s = 0.025;

// A request whose kept connection ended before a byte of the reply is sent once more, as browsers
// do: for the server another request, with a fate of its own.
Checks judge(const truth::ServiceSettings& service, const Observation& seen, const Floor& floor) {
  Sheet sheet(seen, floor);
  const load::Tally& tally = seen.summary.tally;
  const std::uint64_t reached = tally.ended() + tally.resent;
  const auto fates = truth::fates_of_first(service.faults, service.seed, reached);
  const auto count = [](std::uint64_t number) { return static_cast<double>(number); };
  sheet.exact("requests at the server", count(reached),
              count(seen.after.requests - seen.before.requests));
  const auto compare = [&](const char* what, Fate fate, std::uint64_t counted) {
    if (fates[fate] > 0) sheet.exact(what, count(fates[fate]), count(counted));
  };
  compare("status 500", Fate::error, tally.errors[ErrorKind::status]);
  compare("reset (or sent again)", Fate::reset, tally.errors[ErrorKind::reset] + tally.resent);
  compare("cut off", Fate::truncated, tally.errors[ErrorKind::short_reply]);
  compare("wrong byte", Fate::wrong, tally.errors[ErrorKind::body]);
  compare("never answered", Fate::silent, tally.errors[ErrorKind::timeout]);
  sheet.exact("right", count(fates[Fate::right] + fates[Fate::slow]), count(tally.requests));
  if (fates[Fate::slow] > 0) {
    const Disturbance late = sheet.share_later_than(slow_limit_s);
    sheet.figure("slow", Unit::count, count(fates[Fate::slow]),
                 count_beyond(tally.latency, slow_limit_s), 0,
                 {late.server * count(reached), late.machine * count(reached)});
  }
  return sheet.checks;
}

Experiment faulty(const std::string& on, const truth::Faults& faults, std::uint64_t requests) {
  Experiment experiment;
  experiment.test = "T8";
  experiment.on = fmt::format("{}, {} requests", on, requests);
  experiment.service.faults = faults;
  experiment.service.seed = 7;
  if (faults.slow > 0) experiment.service.slow_by = slow_by;
  experiment.job.connections = 16;
  experiment.job.requests = requests;
  experiment.judge = [service = experiment.service](const Observation& seen, const Floor& floor) {
    return judge(service, seen, floor);
  };
  return experiment;
}

}  // namespace

std::vector<Experiment> faults(Length length) {
  const bool is_whole = length == Length::whole;
  truth::Faults many;
  many.error = many.reset = many.truncated = many.wrong = many.slow = 0.001;
  truth::Faults silent;
  silent.silent = 0.005;
  Experiment unanswered = faulty("0.5 % never answered", silent, is_whole ? 2'000 : 1'000);
  unanswered.job.timeout = milliseconds(is_whole ? 1000 : 500);
  return {faulty("0.1 % of every kind of fault", many, is_whole ? 100'000 : 20'000), unanswered};
}

}  // namespace assay::validation
