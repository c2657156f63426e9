// An agent in a thread, this test as its controller, and a load that does what the test wants.
#include "harness/agents/agent.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <future>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "harness/agents/quiet_pipes.h"
#include "harness/load/socket/descriptor.h"
#include "harness/load/socket/readiness.h"

namespace assay::agents {
namespace {

using load::Clock;
using load::Job;
using load::Result;
using load::Stop;
using load::Summary;
using load::Watch;

constexpr auto a_while = std::chrono::seconds(60);
constexpr auto beyond_any_delay = std::chrono::hours(1);

Result<Summary> nothing_to_run(const Job&, const Stop&, const Watch&) {
  ADD_FAILURE() << "no load was wanted";
  return Summary();
}

// Waits for its start, then for a stop.
Result<Summary> until_stopped(const Job& job, const Stop& stop, const Watch& watch) {
  watch.start();
  while (!stop.requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  Summary summary;
  summary.connections = job.connections;
  summary.cut = true;
  return summary;
}

class AgentTest : public testing::Test {
 protected:
  ~AgentTest() override {
    input_.close();
    if (thread_.joinable()) thread_.join();
  }
  void serve(Load load) {
    auto [agent_reads, we_write] = new_pipe();
    auto [we_read, agent_writes] = new_pipe();
    input_ = std::move(we_write);
    output_ = std::move(we_read);
    reader_.emplace(output_.number());
    thread_ = std::thread([this, load = std::move(load), reads = std::move(agent_reads),
                           writes = std::move(agent_writes)]() mutable {
      Agent agent(reads.number(), writes.number(), std::move(load));
      result_.set_value(agent.serve(stop_));
      writes.close();
    });
  }
  void greet() {
    EXPECT_EQ(std::get<Hello>(said()).version, protocol);
    tell(our_hello());
  }
  void tell(const ToAgent& message) const { tell_line(line_of(message)); }
  void tell_line(std::string_view line) const {
    EXPECT_TRUE(write_line(input_.number(), line, Clock::now() + a_while));
  }
  std::optional<std::string> next_line() {
    for (;;) {
      if (auto line = reader_->line()) return line;
      if (!load::is_ready(output_.number(), POLLIN, Clock::now() + a_while)) return std::nullopt;
      if (reader_->read() == LineReader::Got::end) return std::nullopt;
    }
  }
  FromAgent said() {
    const auto line = next_line();
    if (!line) {
      ADD_FAILURE() << "it said no more";
      return Ready();
    }
    auto heard = from_agent(*line);
    EXPECT_TRUE(heard.message) << heard.problem << ": " << *line;
    return heard.message.value_or(Ready());
  }
  template <class Message>
  Message expect() {
    const FromAgent message = said();
    if (const auto* wanted = std::get_if<Message>(&message)) return *wanted;
    ADD_FAILURE() << "said instead: " << line_of(message);
    return {};
  }
  void start(Clock::duration in) const {
    tell(Start{(Clock::now() + in).time_since_epoch().count()});
  }
  bool has_done_its_job() {
    auto result = result_.get_future();
    EXPECT_EQ(result.wait_for(a_while), std::future_status::ready);
    EXPECT_EQ(next_line(), std::nullopt);
    return result.get();
  }

  static std::pair<load::Descriptor, load::Descriptor> new_pipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    return {load::Descriptor(ends[0]), load::Descriptor(ends[1])};
  }

  const QuietPipes quiet_;
  load::Stop stop_;
  load::Descriptor input_;
  load::Descriptor output_;
  std::optional<LineReader> reader_;
  std::promise<bool> result_;
  std::thread thread_;
};

JobMessage a_job(std::size_t connections = 1) {
  Job job;
  job.connections = connections;
  return {record_of(job)};
}

TEST_F(AgentTest, AnswersPingsWithItsClock) {
  serve(nothing_to_run);
  greet();
  const auto before = Clock::now().time_since_epoch().count();
  for (std::uint64_t number = 0; number < 3; ++number) {
    tell(Ping{number});
    const Pong pong = expect<Pong>();
    EXPECT_EQ(pong.number, number);
    EXPECT_GE(pong.clock_ns, before);
    EXPECT_LE(pong.clock_ns, Clock::now().time_since_epoch().count());
  }
}

TEST_F(AgentTest, StartsWhenItIsToldAndGivesItsSummary) {
  Clock::time_point started;
  serve([&](const Job& job, const Stop&, const Watch& watch) -> Result<Summary> {
    started = watch.start();
    Summary summary;
    summary.connections = job.connections;
    summary.tally.requests = 42;
    summary.seconds = {{40, 0, {}}, {2, 0, {}}};
    return summary;
  });
  greet();
  tell(a_job(7));
  expect<Ready>();
  const auto at = Clock::now() + beyond_any_delay;
  tell(Start{at.time_since_epoch().count()});
  const Done done = expect<Done>();
  EXPECT_EQ(started, at);
  EXPECT_EQ(done.summary.connections, 7U);
  EXPECT_EQ(done.summary.tally.requests, 42U);
  EXPECT_EQ(done.first_second, 0U);
  ASSERT_EQ(done.seconds.size(), 2U);
  EXPECT_EQ(done.seconds[0].requests, 40U);
  EXPECT_TRUE(has_done_its_job());
}

// The second that was told last may have grown, so it is told again.
TEST_F(AgentTest, TellsFinishedSecondsAsTheyCome) {
  std::promise<void> heard;
  serve([&](const Job&, const Stop&, const Watch& watch) -> Result<Summary> {
    watch.start();
    load::Seconds seconds{{5, 1, {}}, {6, 0, {}}};
    watch.progress({std::chrono::seconds(2), 12, 1, 0.5, seconds});
    heard.get_future().wait();
    seconds[1].errors = 3;
    seconds.push_back({7, 0, {}});
    Summary summary;
    summary.seconds = seconds;
    return summary;
  });
  greet();
  tell(a_job());
  expect<Ready>();
  start(std::chrono::seconds(5));
  Heartbeat beat = expect<Heartbeat>();
  while (beat.seconds.empty()) beat = expect<Heartbeat>();
  EXPECT_EQ(beat.requests, 12U);
  EXPECT_EQ(beat.errors, 1U);
  EXPECT_EQ(beat.client_cpu, 0.5);
  EXPECT_EQ(beat.first_second, 0U);
  ASSERT_EQ(beat.seconds.size(), 2U);
  EXPECT_EQ(beat.seconds[0].requests, 5U);
  beat = expect<Heartbeat>();
  EXPECT_EQ(beat.first_second, 2U);
  EXPECT_TRUE(beat.seconds.empty());
  heard.set_value();
  FromAgent last = said();
  while (std::holds_alternative<Heartbeat>(last)) last = said();
  const Done done = std::get<Done>(last);
  EXPECT_EQ(done.first_second, 1U);
  ASSERT_EQ(done.seconds.size(), 2U);
  EXPECT_EQ(done.seconds[0].errors, 3U);
  EXPECT_EQ(done.seconds[1].requests, 7U);
  EXPECT_TRUE(has_done_its_job());
}

TEST_F(AgentTest, GivesWhatWasMeasuredWhenItIsCut) {
  serve(until_stopped);
  greet();
  tell(a_job(3));
  expect<Ready>();
  tell(Cut());
  const Done done = expect<Done>();
  EXPECT_TRUE(done.summary.cut);
  EXPECT_EQ(done.summary.connections, 3U);
}

TEST_F(AgentTest, IsCutByASignalToo) {
  serve(until_stopped);
  greet();
  tell(a_job());
  expect<Ready>();
  start(beyond_any_delay);
  stop_.request();
  FromAgent last = said();
  while (std::holds_alternative<Heartbeat>(last)) last = said();
  EXPECT_TRUE(std::get<Done>(last).summary.cut);
}

TEST_F(AgentTest, EndsWithoutAJobWhenASignalComes) {
  serve(nothing_to_run);
  greet();
  stop_.request();
  EXPECT_FALSE(has_done_its_job());
}

TEST_F(AgentTest, StopsItsLoadWhenItsControllerHasGone) {
  serve(until_stopped);
  greet();
  tell(a_job());
  expect<Ready>();
  input_.close();
  EXPECT_FALSE(has_done_its_job());
}

TEST_F(AgentTest, PassesOnWhyNothingWasMeasured) {
  serve([](const Job&, const Stop&, const Watch&) -> Result<Summary> {
    return load::LoadError::unreachable("10.0.0.5", 80, "no route");
  });
  greet();
  tell(a_job());
  EXPECT_EQ(expect<Trouble>().what, "nothing answers at 10.0.0.5 port 80: no route");
  EXPECT_FALSE(has_done_its_job());
}

TEST_F(AgentTest, TellsOfALoadThatBreaksDown) {
  serve([](const Job&, const Stop&, const Watch&) -> Result<Summary> { throw std::bad_alloc(); });
  greet();
  tell(a_job());
  EXPECT_EQ(expect<Trouble>().what, "the load could not be put on: std::bad_alloc");
}

TEST_F(AgentTest, RefusesAStartThatHasPassed) {
  serve(until_stopped);
  greet();
  tell(a_job());
  expect<Ready>();
  start(-std::chrono::milliseconds(1));
  const Trouble trouble = expect<Trouble>();
  EXPECT_TRUE(trouble.what.starts_with("the common start came ")) << trouble.what;
  EXPECT_FALSE(has_done_its_job());
}

TEST_F(AgentTest, RefusesAJobThatItDoesNotUnderstandAsAWhole) {
  serve(nothing_to_run);
  greet();
  std::string line = line_of(a_job());
  line.insert(line.rfind("}}"), R"(,"colour":"red")");
  tell_line(line);
  EXPECT_EQ(expect<Trouble>().what,
            "the message is not understood: job.colour: Extra inputs are not permitted");
  EXPECT_FALSE(has_done_its_job());
}

TEST_F(AgentTest, RefusesAnotherVersionOfTheProtocol) {
  serve(nothing_to_run);
  expect<Hello>();
  tell(Hello{protocol + 1, "assay 9", ""});
  EXPECT_EQ(expect<Trouble>().what,
            "the message is not understood: the hello is of another version of the agents' "
            "protocol");
}

TEST_F(AgentTest, RefusesWhatIsSaidAtAWrongTime) {
  serve(nothing_to_run);
  greet();
  start(beyond_any_delay);
  EXPECT_EQ(expect<Trouble>().what, "a start was not expected now");
}

TEST_F(AgentTest, RefusesASecondJob) {
  serve(until_stopped);
  greet();
  tell(a_job());
  expect<Ready>();
  tell(a_job());
  EXPECT_EQ(expect<Trouble>().what, "a job was not expected now");
}

}  // namespace
}  // namespace assay::agents
