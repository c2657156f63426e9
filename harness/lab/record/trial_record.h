// One trial as it is kept: a line of the journal, and an element of result.json. A typed model.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "server/model/annotations.h"
#include "server/model/field.h"

namespace assay::lab {

using model::description;
using model::field;

struct Latency {
  double mean = 0;
  double p50 = 0;
  std::optional<double> p90;
  std::optional<double> p99;
  std::optional<double> p99_9;
  std::optional<double> p99_99;
  double max = 0;
  static constexpr auto model() {
    return std::tuple{
        field<"mean">(&Latency::mean, description("Microseconds, as are all of these")),
        field<"p50">(&Latency::p50, description("The median")),
        field<"p90">(
            &Latency::p90,
            description("This and the higher ones only where a hundred replies lie beyond")),
        field<"p99">(&Latency::p99),
        field<"p99_9">(&Latency::p99_9),
        field<"p99_99">(&Latency::p99_99),
        field<"max">(&Latency::max, description("The longest"))};
  }
};

// What the machine did beside a trial while it was measured; nothing where it does not tell.
struct Conditions {
  double seconds = 0;
  std::optional<double> steal;
  std::optional<double> foreign_cores;
  std::optional<double> pressure;
  std::optional<double> temperature_c;
  std::optional<double> frequency_mhz;
  std::optional<std::uint64_t> throttled;
  static constexpr auto model() {
    return std::tuple{
        field<"seconds">(&Conditions::seconds, description("Over which the rest was taken")),
        field<"steal">(&Conditions::steal,
                       description("Share of all cores' time that the hypervisor took")),
        field<"foreign_cores">(
            &Conditions::foreign_cores,
            description("Busy for neither the server nor the client: 1 is a core")),
        field<"pressure">(&Conditions::pressure,
                          description("Share of the time in which some task waited for a core")),
        field<"temperature_c">(&Conditions::temperature_c, description("The processor's highest")),
        field<"frequency_mhz">(&Conditions::frequency_mhz, description("Mean of its cores")),
        field<"throttled">(&Conditions::throttled,
                           description("Times that it was slowed down for its heat"))};
  }
};

// What the server's processes held and did, beside their processor time.
struct ServerState {
  std::uint64_t memory_idle_bytes = 0;
  std::uint64_t memory_peak_bytes = 0;
  std::uint64_t processes = 0;
  std::uint64_t threads = 0;
  std::optional<std::uint64_t> open_files;
  std::optional<std::uint64_t> voluntary_switches;
  std::optional<std::uint64_t> involuntary_switches;
  static constexpr auto model() {
    return std::tuple{
        field<"memory_idle_bytes">(&ServerState::memory_idle_bytes, description("Before the load")),
        field<"memory_peak_bytes">(&ServerState::memory_peak_bytes,
                                   description("Highest that was seen while it was measured")),
        field<"processes">(&ServerState::processes, description("At the end")),
        field<"threads">(&ServerState::threads, description("At the end")),
        field<"open_files">(&ServerState::open_files, description("At the end")),
        field<"voluntary_switches">(&ServerState::voluntary_switches,
                                    description("Of context, while it was measured")),
        field<"involuntary_switches">(&ServerState::involuntary_switches, description("Likewise"))};
  }
};

// One measurement of one cell on a freshly started server.
struct Trial {
  int block = 0;
  int order = 0;
  std::string workload;
  std::string baseline;
  std::string load;
  bool twin = false;
  int attempt = 0;
  std::string started;
  bool valid = false;
  std::vector<std::string> reasons;
  std::string fault;
  std::vector<std::string> warnings;
  std::uint64_t requests = 0;
  std::optional<double> warm_up_s;
  bool steady = true;
  double duration_s = 0;
  std::optional<double> asked_rate;
  double rate = 0;
  std::map<std::string, std::uint64_t> errors;
  std::map<std::string, std::uint64_t> status;
  std::uint64_t bytes = 0;
  std::optional<std::uint64_t> closed;
  Latency latency_us;
  double client_cpu = 0;
  std::optional<double> client_wait;
  std::optional<double> longest_gap_ms;
  std::optional<double> lag_p99_us;
  double server_cpu_us_per_request = 0;
  std::uint64_t memory_bytes = 0;
  std::string program_sha256;
  std::optional<Conditions> conditions;
  std::optional<ServerState> server;

  std::uint64_t failed() const {  // of all requests
    std::uint64_t count = 0;
    for (const auto& [kind, of_kind] : errors) count += of_kind;
    return count;
  }
  static constexpr auto model() {
    return std::tuple{
        field<"block">(&Trial::block, description("Counted from 0")),
        field<"order">(&Trial::order, description("Within its block")),
        field<"workload">(&Trial::workload, description("What was asked")),
        field<"baseline">(&Trial::baseline, description("Who answered")),
        field<"load">(&Trial::load, description("How it was asked")),
        field<"twin">(&Trial::twin,
                      description("Of the cell that is there to show the host's noise")),
        field<"attempt">(
            &Trial::attempt,
            description(
                "Above 0: those before it in its block were lost to the host or the client")),
        field<"started">(&Trial::started, description("UTC")),
        field<"valid">(&Trial::valid, description("Whether its figures may be used")),
        field<"reasons">(&Trial::reasons, description("Why they may not")),
        field<"fault">(&Trial::fault,
                       description("Whose that is: host, client or server; empty: nobody's")),
        field<"warnings">(&Trial::warnings, description("What a reader must know of it")),
        field<"requests">(&Trial::requests, description("Right replies that were measured")),
        field<"warm_up_s">(&Trial::warm_up_s,
                           description("Until the load was steady; null: the client has none")),
        field<"steady">(&Trial::steady,
                        description("false: it was not within the time that the plan gives")),
        field<"duration_s">(&Trial::duration_s, description("That was measured")),
        field<"asked_rate">(&Trial::asked_rate, description("Of an open loop")),
        field<"rate">(&Trial::rate, description("Right replies a second")),
        field<"errors">(&Trial::errors, description("Requests by what went wrong")),
        field<"status">(&Trial::status, description("Replies by status")),
        field<"bytes">(&Trial::bytes, description("That were received")),
        field<"closed">(&Trial::closed,
                        description("Replies after which the server closed a connection that was "
                                    "to be kept, where it did")),
        field<"latency_us">(&Trial::latency_us, description("Of the right replies")),
        field<"client_cpu">(
            &Trial::client_cpu,
            description("Of our client: of its busiest thread, 1 is a whole core. Of a document's "
                        "client: of the cores that it could have had, one for each thread, one in "
                        "all with an interpreter lock, less what the server used of the same")),
        field<"client_wait">(&Trial::client_wait,
                             description("Share of the time in which it waited for a core")),
        field<"longest_gap_ms">(&Trial::longest_gap_ms,
                                description("For which the whole client stood still")),
        field<"lag_p99_us">(&Trial::lag_p99_us,
                            description("Of an open loop: sent after it was due")),
        field<"server_cpu_us_per_request">(&Trial::server_cpu_us_per_request,
                                           description("Of all its processes")),
        field<"memory_bytes">(
            &Trial::memory_bytes,
            description("Of all its processes: PSS on Linux, physical footprint on macOS")),
        field<"program_sha256">(&Trial::program_sha256,
                                description("Of the file that was started")),
        field<"conditions">(&Trial::conditions, description("What the machine did beside it")),
        field<"server">(&Trial::server, description("What its processes held and did"))};
  }
};

}  // namespace assay::lab
