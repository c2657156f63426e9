#include "harness/agents/controller.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "harness/agents/agent_error.h"
#include "harness/agents/job_shares.h"

namespace assay::agents {
namespace {

using load::Clock;
using load::nanoseconds;
using load::Result;
using load::Summary;
using load::TimePoint;

constexpr std::size_t clock_readings = 32;
constexpr auto glance = std::chrono::milliseconds(50);
constexpr auto look_every = std::chrono::milliseconds(250);

// After this long without a single request that ended, a run of N requests has come to a halt.
nanoseconds longest_gap(const load::Job& job, std::size_t agents) {
  constexpr double mean_gaps = 100;  // a Poisson process has none of a hundred of them
  constexpr double longest_s = 1e9;
  if (!job.rate) return job.timeout;
  const double slowest = std::min(job.rate->per_second, job.rate->per_second_at_end);
  const double requests = mean_gaps + static_cast<double>(job.rate->at_once);
  const double seconds = std::min(longest_s, requests * static_cast<double>(agents) / slowest);
  return job.timeout +
         std::chrono::duration_cast<nanoseconds>(std::chrono::duration<double>(seconds));
}

}  // namespace

Controller::Controller(const load::Job& job, const load::Stop& stop, const load::Watch& watch,
                       const Patience& patience)
    : job_(job), stop_(stop), watch_(watch), patience_(patience) {}

// All at once, so that they end side by side; then each is waited for.
Controller::~Controller() {
  for (RemoteAgent& agent : agents_) agent.close_input();
}

Result<Summary> Controller::run(const std::vector<std::string>& commands) {
  if (const auto trouble = start(commands)) return *trouble;
  using Step = Trouble (Controller::*)();
  for (const Step step : {&Controller::greet, &Controller::compare_clocks, &Controller::hand_out}) {
    if (const auto trouble = (this->*step)()) return *trouble;
    if (stop_.requested()) return nothing_measured();
  }
  begin();
  if (const auto trouble = follow()) return *trouble;
  return merged();
}

Controller::Trouble Controller::start(const std::vector<std::string>& commands) {
  if (commands.empty()) return no_agents();
  const auto shares = job_shares(job_, commands.size());
  if (!shares) return shares.error();
  for (std::size_t index = 0; index < commands.size(); ++index) {
    auto agent = RemoteAgent::start({index, commands.size(), commands[index]});
    if (!agent) return agent.error();
    agents_.push_back(std::move(*agent));
  }
  return std::nullopt;
}

Controller::Trouble Controller::greet() {
  const auto has_greeted = [](const RemoteAgent& agent) {
    return agent.stage() != RemoteAgent::Stage::started;
  };
  return await(has_greeted, patience_.greeting, "no hello");
}

// One after the other, so that none waits for our answer to another.
Controller::Trouble Controller::compare_clocks() {
  for (RemoteAgent& agent : agents_) {
    for (std::size_t count = 1; count <= clock_readings; ++count) {
      agent.ask_clock(Clock::now() + patience_.answer);
      const auto has_answered = [&](const RemoteAgent& each) {
        return &each != &agent || each.clock_readings() == count;
      };
      if (auto trouble = await(has_answered, patience_.answer, "no pong")) return trouble;
      if (stop_.requested()) return std::nullopt;
    }
    agent.settle_clock();
  }
  return first_fault();
}

Controller::Trouble Controller::hand_out() {
  const auto shares = job_shares(job_, agents_.size());
  for (std::size_t index = 0; index < agents_.size(); ++index) {
    agents_[index].hand_out((*shares)[index], Clock::now() + patience_.greeting);
  }
  const auto is_ready = [](const RemoteAgent& agent) {
    return agent.stage() == RemoteAgent::Stage::ready;
  };
  return await(is_ready, job_.timeout + patience_.ready, "no \"ready\"");
}

void Controller::begin() {
  start_ = Clock::now() + patience_.margin;
  for (RemoteAgent& agent : agents_) agent.begin(start_, start_);
  deadline_ = start_ + job_.warm_up + job_.timeout + patience_.ending;
  deadline_ += job_.requests ? longest_gap(job_, agents_.size()) : job_.duration;
  next_look_ = start_;
}

Controller::Trouble Controller::follow() {
  while (!are_done()) {
    listen(Clock::now() + glance);
    if (auto fault = first_fault()) return fault;
    cut_if_asked();
    const TimePoint now = Clock::now();
    look_at_progress(now);
    if (auto missing = first_missing(now)) return missing;
  }
  return std::nullopt;
}

Result<Summary> Controller::merged() {
  std::optional<Summary> all;
  for (RemoteAgent& agent : agents_) {
    Summary summary = agent.take_summary();
    if (summary.cut && !is_cut_) return cut_elsewhere(agent.name());
    if (all) {
      all->merge(summary);
    } else {
      all.emplace(std::move(summary));
    }
  }
  return std::move(*all);
}

Summary Controller::nothing_measured() const {
  Summary summary;
  summary.connections = job_.connections;
  summary.pipeline = job_.pipeline;
  summary.by_duration = !job_.requests;
  summary.cut = true;
  return summary;
}

Controller::Trouble Controller::await(const Asked& has_it, nanoseconds patience,
                                      std::string_view awaited) {
  const TimePoint deadline = Clock::now() + patience;
  for (;;) {
    const auto missing = std::find_if_not(agents_.begin(), agents_.end(), has_it);
    if (auto fault = first_fault()) return fault;
    if (missing == agents_.end() || stop_.requested()) return std::nullopt;
    const TimePoint now = Clock::now();
    if (now >= deadline) {
      const std::string what =
          fmt::format("{} within {:.3g} s", awaited, load::in_seconds(patience));
      return silent(missing->name(), what, missing->last_words());
    }
    listen(std::min(deadline, now + glance));
  }
}

// Until something is heard, or until then.
void Controller::listen(TimePoint until) {
  std::vector<pollfd> files;
  for (const RemoteAgent& agent : agents_) {
    files.push_back(agent.output_poll());
    files.push_back(agent.errors_poll());
  }
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
  const int wait_ms = std::max(0, static_cast<int>(left.count()));
  if (poll(files.data(), static_cast<nfds_t>(files.size()), wait_ms) <= 0) return;
  for (std::size_t index = 0; index < agents_.size(); ++index) {
    // Errors first: what they say belongs to the end that the output may show.
    if (files[2 * index + 1].revents != 0) agents_[index].read_errors();
    if (files[2 * index].revents != 0) agents_[index].read_output();
  }
}

Controller::Trouble Controller::first_fault() const {
  for (const RemoteAgent& agent : agents_) {
    if (agent.fault()) return agent.fault();
  }
  return std::nullopt;
}

Controller::Trouble Controller::first_missing(TimePoint now) const {
  for (const RemoteAgent& agent : agents_) {
    if (agent.stage() == RemoteAgent::Stage::done) continue;
    if (now - agent.last_heard() > patience_.heartbeat) {
      const double seconds = load::in_seconds(patience_.heartbeat);
      return silent(agent.name(), fmt::format("no heartbeat for {:.3g} s", seconds),
                    agent.last_words());
    }
    if (now > deadline_) {
      return silent(agent.name(), "no summary when its time was over", agent.last_words());
    }
  }
  return std::nullopt;
}

void Controller::cut_if_asked() {
  if (is_cut_ || !stop_.requested()) return;
  is_cut_ = true;
  const TimePoint now = Clock::now();
  for (RemoteAgent& agent : agents_) agent.cut(now + patience_.answer);
  deadline_ = Clock::now() + patience_.ending;
}

void Controller::look_at_progress(TimePoint now) {
  if (now < next_look_) return;
  next_look_ = now + look_every;
  load::Progress progress{now - start_, 0, 0, 0, seconds_};
  std::size_t told_by_all = SIZE_MAX;
  for (const RemoteAgent& agent : agents_) {
    progress.requests += agent.last_beat().requests;
    progress.errors += agent.last_beat().errors;
    progress.client_cpu = std::max(progress.client_cpu, agent.last_beat().client_cpu);
    told_by_all = std::min(told_by_all, agent.seconds().size());
  }
  while (seconds_.size() < told_by_all) {
    load::Second second;
    for (const RemoteAgent& agent : agents_) second.merge(agent.seconds()[seconds_.size()]);
    seconds_.push_back(std::move(second));
  }
  const std::uint64_t ended = progress.requests + progress.errors;
  if (job_.requests && !is_cut_ && ended > std::exchange(ended_, ended)) {
    deadline_ = std::max(deadline_, now + patience_.ending + longest_gap(job_, agents_.size()));
  }
  if (watch_.progress) watch_.progress(progress);
}

bool Controller::are_done() const {
  return std::all_of(agents_.begin(), agents_.end(), [](const RemoteAgent& agent) {
    return agent.stage() == RemoteAgent::Stage::done;
  });
}

}  // namespace assay::agents
