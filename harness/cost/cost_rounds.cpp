#include "harness/cost/cost_rounds.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "harness/cost/core_share.h"
#include "harness/cost/cost_host.h"
#include "harness/statistics/random_stream.h"

namespace assay::cost {
namespace {

constexpr std::size_t indispensable = 2;  // the floor and the reference

// A contender of this round: running, once more for the shape that closes if it needs that.
struct Started {
  RunningServer keeping;
  std::optional<RunningServer> closing;

  const RunningServer& of(Shape shape) const {
    return shape == Shape::close && closing ? *closing : keeping;
  }
};

class Rounds {
 public:
  Rounds(const CostPlan& plan, std::vector<Contender> contenders, const load::Stop& stop)
      : plan_(plan), contenders_(std::move(contenders)), stop_(stop), random_(plan.seed) {
    for (const Row& row : plan.rows) run_.rows.push_back({row, {}});
    for (const Contender& contender : contenders_) {
      for (RowCosts& row : run_.rows) row.series.push_back({contender.name, {}});
    }
  }

  Result<void> round(bool is_kept);
  CostRun& run() { return run_; }

 private:
  Result<void> start_all();
  Result<void> measure(std::size_t row, bool is_kept);
  Result<Started> started(const Contender& contender) const;
  Result<void> drop(std::size_t contender, const CostError& reason);
  std::vector<std::string> random_order();

  const CostPlan& plan_;
  std::vector<Contender> contenders_;
  const load::Stop& stop_;
  statistics::RandomStream random_;
  std::vector<Started> servers_;  // of this round, in the order of contenders_
  CostRun run_;
};

Result<void> Rounds::round(bool is_kept) {
  if (const auto done = start_all(); !done) return done.error();
  for (std::size_t row = 0; row < plan_.rows.size(); ++row) {
    if (const auto done = measure(row, is_kept); !done) return done.error();
  }
  servers_.clear();
  return {};
}

Result<Started> Rounds::started(const Contender& contender) const {
  const auto start = [&](bool closes) {
    return RunningServer::start(contender, closes, plan_.server_cores, stop_);
  };
  Result<RunningServer> keeping = start(false);
  if (!keeping) return keeping.error();
  Started both{std::move(*keeping), std::nullopt};
  if (contender.close_command.empty()) return both;
  Result<RunningServer> closing = start(true);
  if (!closing) return closing.error();
  both.closing.emplace(std::move(*closing));
  return both;
}

Result<void> Rounds::start_all() {
  for (std::size_t i = 0; i < contenders_.size();) {
    Result<Started> both = started(contenders_[i]);
    if (both) {
      servers_.push_back(std::move(*both));
      ++i;
    } else if (const auto dropped = drop(i, both.error()); !dropped) {
      return dropped.error();
    }
  }
  return {};
}

std::vector<std::string> Rounds::random_order() {
  std::vector<std::string> names;
  for (const Contender& contender : contenders_) names.push_back(contender.name);
  for (std::size_t left = names.size(); left > 1; --left) {
    std::swap(names[left - 1], names[random_.below(static_cast<std::uint32_t>(left))]);
  }
  return names;
}

// By name, because a contender that falls out moves the others.
Result<void> Rounds::measure(std::size_t row, bool is_kept) {
  for (const std::string& name : random_order()) {
    const auto found = std::find_if(contenders_.begin(), contenders_.end(),
                                    [&](const Contender& each) { return each.name == name; });
    const auto i = static_cast<std::size_t>(found - contenders_.begin());
    const Row& asked = plan_.rows[row];
    const Result<Cost> cost = measured_cost(servers_[i].of(asked.shape), asked, plan_.path,
                                            plan_.duration, stop_, 1, plan_.lead_in);
    if (cost && is_kept) {
      run_.rows[row].series[i].costs.push_back(*cost);
      if (!plan_.after) continue;
      if (const auto told = plan_.after(servers_[i].of(asked.shape)); !told) return told.error();
    }
    if (cost) continue;
    if (const auto dropped = drop(i, cost.error()); !dropped) return dropped.error();
  }
  return {};
}

Result<void> Rounds::drop(std::size_t contender, const CostError& reason) {
  if (contender < indispensable || stop_.requested()) return reason;
  const auto at = static_cast<std::ptrdiff_t>(contender);
  run_.absent.push_back({contenders_[contender].name, reason});
  contenders_.erase(contenders_.begin() + at);
  for (RowCosts& row : run_.rows) row.series.erase(row.series.begin() + at);
  if (contender >= servers_.size()) return {};
  // Rebuilt rather than erased: a running server cannot be assigned to.
  std::vector<Started> others;
  for (std::size_t i = 0; i < servers_.size(); ++i) {
    if (i != contender) others.push_back(std::move(servers_[i]));
  }
  servers_.swap(others);
  return {};
}

}  // namespace

std::optional<std::string> keep_apart(const std::vector<int>& usable, CostPlan& plan) {
  const CoreShare share = core_share(usable, 1);
  if (!share.is_apart()) return "client and server share the one core there is";
  if (!pin_to(share.client)) return "this system pins no process to a core, so servers may move";
  plan.server_cores = share.server;
  return std::nullopt;
}

Result<CostRun> measured_rounds(const CostPlan& plan, std::vector<Contender> contenders,
                                const load::Stop& stop, const Say& say) {
  Rounds rounds(plan, std::move(contenders), stop);
  say("warming up");
  if (const auto done = rounds.round(false); !done) return done.error();
  const load::TimePoint began = load::Clock::now();
  for (std::size_t round = 1; round <= plan.rounds; ++round) {
    if (const auto done = rounds.round(true); !done) return done.error();
    const auto spent = load::in_seconds(load::Clock::now() - began);
    const double left =
        spent / static_cast<double>(round) * static_cast<double>(plan.rounds - round);
    say(fmt::format("round {} of {} done, {:.0f} s left", round, plan.rounds, left));
  }
  return std::move(rounds.run());
}

}  // namespace assay::cost
