#include "harness/agents/agent.h"

#include <poll.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "harness/agents/agent_error.h"
#include "harness/load/socket/readiness.h"

namespace assay::agents {
namespace {

using load::Clock;
using load::LoadError;
using load::TimePoint;

constexpr auto glance = std::chrono::milliseconds(20);  // between two looks at the run
constexpr auto beat_every = std::chrono::seconds(1);
constexpr auto write_patience = std::chrono::seconds(10);  // a controller that does not read

}  // namespace

Agent::Agent(int input, int output, Load load)
    : input_(input), output_(output), load_(std::move(load)) {}

bool Agent::serve(const load::Stop& stop) {
  say(our_hello());
  while (state_ != State::over) {
    if (stop.requested()) {
      if (!run_) break;
      run_->stop();
    }
    if (load::is_ready(input_.pipe(), POLLIN, Clock::now() + glance)) listen();
    look_at_run();
  }
  run_.reset();
  return is_done_;
}

void Agent::listen() {
  if (input_.read() == LineReader::Got::end) {
    state_ = State::over;
    return;
  }
  while (state_ != State::over) {
    const auto line = input_.line();
    if (!line) break;
    hear(*line);
  }
  if (input_.is_too_long()) fail(not_understood("a line longer than 64 MiB"));
}

void Agent::hear(const std::string& line) {
  const Heard<ToAgent> heard = to_agent(line);
  if (!heard.message) return fail(not_understood(heard.problem));
  std::visit([this](const auto& message) { hear(message); }, *heard.message);
}

void Agent::hear(const Hello& hello) {
  if (state_ != State::greeting) return fail(unexpected("hello"));
  if (hello.version != protocol) {
    return fail(not_understood("the hello is of another version of the agents' protocol"));
  }
  state_ = State::waiting;
}

void Agent::hear(const Ping& ping) {
  if (state_ != State::waiting) return fail(unexpected("ping"));
  say(Pong{ping.number, Clock::now().time_since_epoch().count()});
}

void Agent::hear(const JobMessage& message) {
  if (state_ != State::waiting) return fail(unexpected("job"));
  load::Result<load::Job> job = job_of(message.job);
  if (!job) return fail(job.error());
  state_ = State::preparing;
  run_ = std::make_unique<JobRun>(std::move(*job), load_);
}

void Agent::hear(const Start& start) {
  if (state_ != State::starting) return fail(unexpected("start"));
  const TimePoint at{load::nanoseconds(start.at_ns)};
  const TimePoint now = Clock::now();
  if (at <= now) return fail(late_start(now - at));
  state_ = State::running;
  next_beat_ = at + beat_every;
  run_->start(at);
}

void Agent::hear(const Cut&) {
  if (!run_) {
    state_ = State::over;
    return;
  }
  run_->stop();
}

void Agent::look_at_run() {
  if (!run_ || state_ == State::over) return;
  if (run_->is_over()) return finish();
  if (state_ == State::preparing && run_->is_ready()) {
    state_ = State::starting;
    say(Ready());
  }
  if (state_ == State::running && Clock::now() >= next_beat_) beat();
}

void Agent::beat() {
  next_beat_ = Clock::now() + beat_every;
  const JobRun::Reached reached = run_->reached(seconds_told_);
  say(Heartbeat{reached.requests, reached.errors, reached.client_cpu, seconds_told_,
                records_of(reached.seconds, 0)});
  seconds_told_ += reached.seconds.size();
}

void Agent::finish() {
  const load::Result<load::Summary> result = run_->take_result();
  if (!result) return fail(result.error());
  const std::size_t first =
      std::min(seconds_told_ == 0 ? 0 : seconds_told_ - 1, result->seconds.size());
  say(Done{record_of(*result), first, records_of(result->seconds, first)});
  is_done_ = state_ != State::over;
  state_ = State::over;
}

void Agent::say(const FromAgent& message) {
  if (!write_line(output_, line_of(message), Clock::now() + write_patience)) state_ = State::over;
}

void Agent::fail(const LoadError& error) {
  say(Trouble{error.what(), error.remedy()});
  state_ = State::over;
}

}  // namespace assay::agents
