// An agent that misbehaves as its argument says; its load is no load at all. For tests.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>

#include "harness/agents/agent.h"
#include "harness/agents/quiet_pipes.h"

namespace assay::agents {
namespace {

using load::Job;
using load::Result;
using load::Stop;
using load::Summary;
using load::Watch;
using std::chrono::milliseconds;

void wait_for(const Stop& stop) {
  while (!stop.requested()) std::this_thread::sleep_for(milliseconds(1));
}

// Which it is can be read from what it gives: 100, 101, 102 requests and 1, 2, 3 seconds.
Summary share_of(const Job& job) {
  Summary summary;
  const std::uint64_t index = job.share.index;
  summary.connections = job.connections;
  summary.tally.requests = 100 + index;
  for (std::uint64_t number = 0; number <= index; ++number) {
    load::Histogram latency;
    latency.record(load::nanoseconds(10 * (index + 1)));
    summary.seconds.push_back({10 * (number + 1), index, latency.compact()});
    summary.tally.latency.merge(latency);
  }
  summary.duration = std::chrono::seconds(3);
  return summary;
}

Result<Summary> loads(std::string_view manner, const Job& job, const Stop& stop,
                      const Watch& watch) {
  if (manner == "refuses") return load::LoadError::unreachable("10.0.0.5", 80, "no route");
  if (manner == "never-ready") wait_for(stop);
  watch.start();
  if (manner == "dies") {
    std::fputs("the last thing before it died\n  an explanation\n", stderr);
    std::fflush(stderr);
    _exit(3);
  }
  if (manner == "stops") raise(SIGSTOP);
  if (manner == "runs-on") wait_for(stop);
  Summary summary = share_of(job);
  summary.cut = stop.requested() || manner == "is-stopped";
  return summary;
}

// Another machine, and a long way off: each answer takes 4 ms.
int answer_from_afar() {
  const auto say = [](const FromAgent& message) {
    static_cast<void>(
        write_line(STDOUT_FILENO, line_of(message), load::Clock::now() + std::chrono::minutes(1)));
  };
  say(Hello{protocol, "assay of another place", "another machine"});
  LineReader input(STDIN_FILENO);
  while (input.read() != LineReader::Got::end) {
    while (const auto line = input.line()) {
      const auto heard = to_agent(*line);
      const auto* ping = heard.message ? std::get_if<Ping>(&*heard.message) : nullptr;
      if (ping == nullptr) continue;
      std::this_thread::sleep_for(milliseconds(4));
      say(Pong{ping->number, load::Clock::now().time_since_epoch().count()});
    }
  }
  return 0;
}

int serve(std::string_view manner) {
  const QuietPipes quiet;
  if (manner == "is-far") return answer_from_afar();
  const Stop stop;
  Agent agent(STDIN_FILENO, STDOUT_FILENO,
              [manner](const Job& job, const Stop& stopped, const Watch& watch) {
                return loads(manner, job, stopped, watch);
              });
  return agent.serve(stop) ? 0 : 1;
}

}  // namespace
}  // namespace assay::agents

int main(int argc, char** argv) { return assay::agents::serve(argc > 1 ? argv[1] : ""); }
