// What a controller and its agents say to each other: a JSON object a line, told apart by its
// member "message". docs/agents.md has them as a table. Plain values; pure functions; any thread.
//
// Reading is strict: an unknown member, a missing one or a wrong value is refused by its name, so
// that nobody runs half of what was asked for. Who changes a message raises `protocol`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "harness/agents/job_record.h"
#include "harness/agents/summary_record.h"
#include "server/model/field.h"
#include "server/model/rules.h"

namespace assay::agents {

using model::tagged;

inline constexpr std::uint64_t protocol = 2;

// Both begin with it.
struct Hello {
  std::uint64_t version = 0;  // of the protocol
  std::string program;        // "assay 0.1.0"
  std::string machine;        // of agents_host.h
  static constexpr bool refuse_unknown = true;
  static constexpr auto tag = tagged<"message">("hello");
  static constexpr auto model() {
    return std::tuple{field<"version">(&Hello::version), field<"program">(&Hello::program),
                      field<"machine">(&Hello::machine)};
  }
};

Hello our_hello();  // of this program on this machine

// To an agent.

struct Ping {
  std::uint64_t number = 0;
  static constexpr bool refuse_unknown = true;
  static constexpr auto tag = tagged<"message">("ping");
  static constexpr auto model() { return std::tuple{field<"number">(&Ping::number)}; }
};

struct JobMessage {
  JobRecord job;
  static constexpr bool refuse_unknown = true;
  static constexpr auto tag = tagged<"message">("job");
  static constexpr auto model() { return std::tuple{field<"job">(&JobMessage::job)}; }
};

struct Start {
  std::int64_t at_ns = 0;  // by the agent's clock, and still to come
  static constexpr bool refuse_unknown = true;
  static constexpr auto tag = tagged<"message">("start");
  static constexpr auto model() { return std::tuple{field<"at_ns">(&Start::at_ns)}; }
};

struct Cut {
  static constexpr bool refuse_unknown = true;
  static constexpr auto tag = tagged<"message">("cut");
  static constexpr auto model() { return std::tuple{}; }
};

// From an agent.

struct Pong {
  std::uint64_t number = 0;  // of the ping
  std::int64_t clock_ns = 0;
  static constexpr bool refuse_unknown = true;
  static constexpr auto tag = tagged<"message">("pong");
  static constexpr auto model() {
    return std::tuple{field<"number">(&Pong::number), field<"clock_ns">(&Pong::clock_ns)};
  }
};

// The server was reached, the threads stand.
struct Ready {
  static constexpr bool refuse_unknown = true;
  static constexpr auto tag = tagged<"message">("ready");
  static constexpr auto model() { return std::tuple{}; }
};

// Each second from the start on: counts of all so far, and the seconds that no heartbeat had.
struct Heartbeat {
  std::uint64_t requests = 0;
  std::uint64_t errors = 0;
  double client_cpu = 0;
  std::uint64_t first_second = 0;  // the number of the first of `seconds`
  std::vector<SecondRecord> seconds;
  static constexpr bool refuse_unknown = true;
  static constexpr auto tag = tagged<"message">("heartbeat");
  static constexpr auto model() {
    return std::tuple{field<"requests">(&Heartbeat::requests), field<"errors">(&Heartbeat::errors),
                      field<"client_cpu">(&Heartbeat::client_cpu),
                      field<"first_second">(&Heartbeat::first_second),
                      field<"seconds">(&Heartbeat::seconds)};
  }
};

// The last that an agent says, as is `Trouble`. Its seconds begin with the last one that was told
// before, because what ends late belongs to it.
struct Done {
  SummaryRecord summary;
  std::uint64_t first_second = 0;
  std::vector<SecondRecord> seconds;
  static constexpr bool refuse_unknown = true;
  static constexpr auto tag = tagged<"message">("summary");
  static constexpr auto model() {
    return std::tuple{field<"summary">(&Done::summary), field<"first_second">(&Done::first_second),
                      field<"seconds">(&Done::seconds)};
  }
};

struct Trouble {
  std::string what;
  std::string remedy;
  static constexpr bool refuse_unknown = true;
  static constexpr auto tag = tagged<"message">("error");
  static constexpr auto model() {
    return std::tuple{field<"what">(&Trouble::what), field<"remedy">(&Trouble::remedy)};
  }
};

using ToAgent = std::variant<Hello, Ping, JobMessage, Start, Cut>;
using FromAgent = std::variant<Hello, Pong, Ready, Heartbeat, Done, Trouble>;

template <class Message>
struct Heard {
  std::optional<Message> message;
  std::string problem;  // if there is none: "job.rate.arrivals: Input should be 'constant', ..."
};

std::string line_of(const ToAgent& message);
std::string line_of(const FromAgent& message);
Heard<ToAgent> to_agent(std::string_view line);
Heard<FromAgent> from_agent(std::string_view line);

}  // namespace assay::agents
