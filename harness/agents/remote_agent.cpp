#include "harness/agents/remote_agent.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "harness/agents/agents_host.h"
#include "harness/load/socket/readiness.h"

namespace assay::agents {
namespace {

using load::Clock;
using load::TimePoint;

constexpr std::size_t kept_errors = 4096;
constexpr auto highest_uncertainty = std::chrono::milliseconds(1);
constexpr auto end_patience = std::chrono::seconds(1);  // for its last words and its exit status

}  // namespace

load::Result<RemoteAgent> RemoteAgent::start(AgentName name) {
  load::Result<AgentProcess> process = AgentProcess::start(name.command);
  if (!process) return process.error();
  return RemoteAgent(std::move(name), std::move(*process));
}

RemoteAgent::RemoteAgent(AgentName name, AgentProcess process)
    : name_(std::move(name)),
      process_(std::move(process)),
      output_(process_.output()),
      last_heard_(Clock::now()) {}

void RemoteAgent::read_output() {
  if (has_ended_) return;
  if (output_.read() == LineReader::Got::end) {
    has_ended_ = true;
    if (stage_ != Stage::done && !fault_) learn_why_it_ended();
    return;
  }
  while (!fault_) {
    const auto line = output_.line();
    if (!line) break;
    hear(*line);
  }
  if (output_.is_too_long()) {
    fail(nonsense(name_, "a line longer than 64 MiB", output_.rest()));
  }
}

void RemoteAgent::read_errors() {
  std::array<char, kept_errors> buffer;
  const ssize_t count = ::read(process_.errors(), buffer.data(), buffer.size());
  if (count < 0 && errno == EINTR) return;
  if (count <= 0) {
    is_quiet_ = true;
    return;
  }
  errors_.append(buffer.data(), static_cast<std::size_t>(count));
  if (errors_.size() > kept_errors) errors_.erase(0, errors_.size() - kept_errors);
}

// Its last line with words in it: what ssh and shells say, and our own errors, whose remedy stands
// indented below them.
std::string_view RemoteAgent::last_words() const {
  std::string_view said = errors_;
  while (!said.empty()) {
    if (said.ends_with('\n')) said.remove_suffix(1);
    const std::size_t end = said.rfind('\n');
    const std::size_t begin = end == said.npos ? 0 : end + 1;
    const std::string_view line = said.substr(begin);
    if (line.find_first_not_of(" \t\r") == 0) return line;
    said = said.substr(0, begin);
  }
  return last_line_;
}

void RemoteAgent::ask_clock(TimePoint deadline) {
  asked_ = Clock::now();
  tell(Ping{readings_.size()}, deadline);
}

void RemoteAgent::settle_clock() {
  clock_ = clock_offset(readings_);
  const bool may_be_ours = std::chrono::abs(clock_.ahead) <= clock_.uncertainty;
  if (is_same_machine_ && may_be_ours) {
    clock_ = {};
  } else if (clock_.uncertainty > highest_uncertainty) {
    fail(clocks_apart(name_, clock_.uncertainty));
  }
}

void RemoteAgent::hand_out(const load::Job& job, TimePoint deadline) {
  stage_ = Stage::preparing;
  tell(JobMessage{record_of(job)}, deadline);
}

void RemoteAgent::begin(TimePoint at, TimePoint deadline) {
  stage_ = Stage::running;
  last_heard_ = at;
  tell(Start{clock_.theirs_at(at).count()}, deadline);
}

void RemoteAgent::cut(TimePoint deadline) { tell(Cut(), deadline); }

load::Summary RemoteAgent::take_summary() {
  summary_.seconds = std::move(seconds_);
  return std::move(summary_);
}

void RemoteAgent::hear(const std::string& line) {
  last_line_ = shown(line);
  const Heard<FromAgent> heard = from_agent(line);
  if (!heard.message) return fail(nonsense(name_, heard.problem, last_line_));
  last_heard_ = std::max(last_heard_, Clock::now());
  std::visit([this](const auto& message) { hear(message); }, *heard.message);
}

void RemoteAgent::hear(const Hello& hello) {
  expect(stage_ == Stage::started, "a second hello");
  if (hello.version != protocol) return fail(other_protocol(name_, hello.version, hello.program));
  const Hello ours = our_hello();
  is_same_machine_ = !ours.machine.empty() && ours.machine == hello.machine;
  stage_ = Stage::greeted;
  tell(ours, Clock::now() + end_patience);
}

void RemoteAgent::hear(const Pong& pong) {
  const bool is_asked = stage_ == Stage::greeted && pong.number == readings_.size();
  expect(is_asked, "a pong to no ping");
  readings_.push_back({asked_, nanoseconds(pong.clock_ns), last_heard_});
}

void RemoteAgent::hear(const Ready&) {
  expect(stage_ == Stage::preparing, "ready without a job");
  stage_ = Stage::ready;
}

void RemoteAgent::hear(const Heartbeat& beat) {
  expect(stage_ == Stage::running, "a heartbeat before the start");
  const bool follows = beat.first_second == seconds_.size();
  expect(follows && take_seconds(beat.first_second, beat.seconds),
         "seconds that do not follow, or no histogram");
  last_beat_ = {beat.requests, beat.errors, beat.client_cpu, 0, {}};
}

void RemoteAgent::hear(const Done& done) {
  expect(stage_ == Stage::running, "a summary before the start");
  auto summary = summary_of(done.summary);
  expect(summary && take_seconds(done.first_second, done.seconds),
         "a summary with seconds that do not follow, or with no histogram");
  if (fault_) return;
  summary_ = std::move(*summary);
  stage_ = Stage::done;
}

void RemoteAgent::hear(const Trouble& trouble) {
  fail(in_trouble(name_, trouble.what, trouble.remedy));
}

bool RemoteAgent::take_seconds(std::uint64_t first, const std::vector<SecondRecord>& records) {
  auto seconds = seconds_of(records);
  if (!seconds || first > seconds_.size()) return false;
  seconds_.resize(first);
  seconds_.insert(seconds_.end(), std::make_move_iterator(seconds->begin()),
                  std::make_move_iterator(seconds->end()));
  return true;
}

void RemoteAgent::expect(bool is_expected, std::string_view problem) {
  if (!is_expected) fail(nonsense(name_, problem, last_line_));
}

void RemoteAgent::learn_why_it_ended() {
  const TimePoint deadline = Clock::now() + end_patience;
  while (!is_quiet_ && load::is_ready(process_.errors(), POLLIN, deadline)) read_errors();
  fail(ended(name_, process_.ending(deadline), last_words()));
}

void RemoteAgent::tell(const ToAgent& message, TimePoint deadline) {
  static_cast<void>(write_line(process_.input(), line_of(message), deadline));
}

void RemoteAgent::fail(const load::LoadError& error) {
  if (!fault_) fault_ = error;
}

}  // namespace assay::agents
