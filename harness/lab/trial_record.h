// One trial as it is kept: a line of the journal, and an element of result.json. A typed model.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "server/model/field.h"

namespace assay::lab {

using model::field;

struct Latency {
  double mean = 0;
  double p50 = 0;
  std::optional<double> p90;  // these only where a hundred replies lie beyond
  std::optional<double> p99;
  std::optional<double> p99_9;
  std::optional<double> p99_99;
  double max = 0;
  static constexpr auto model() {
    return std::tuple{field<"mean">(&Latency::mean),   field<"p50">(&Latency::p50),
                      field<"p90">(&Latency::p90),     field<"p99">(&Latency::p99),
                      field<"p99_9">(&Latency::p99_9), field<"p99_99">(&Latency::p99_99),
                      field<"max">(&Latency::max)};
  }
};

// What the machine did beside a trial while it was measured; nothing where it does not tell.
struct Conditions {
  double seconds = 0;                   // over which that was taken
  std::optional<double> steal;          // share of all cores' time that the hypervisor took
  std::optional<double> foreign_cores;  // busy for neither the server nor the client: 1 is a core
  std::optional<double> pressure;       // share of the time in which some task waited for a core
  std::optional<double> temperature_c;  // the processor's highest
  std::optional<double> frequency_mhz;  // mean of its cores
  std::optional<std::uint64_t> throttled;  // times that it was slowed down for its heat
  static constexpr auto model() {
    return std::tuple{field<"seconds">(&Conditions::seconds),
                      field<"steal">(&Conditions::steal),
                      field<"foreign_cores">(&Conditions::foreign_cores),
                      field<"pressure">(&Conditions::pressure),
                      field<"temperature_c">(&Conditions::temperature_c),
                      field<"frequency_mhz">(&Conditions::frequency_mhz),
                      field<"throttled">(&Conditions::throttled)};
  }
};

// What the server's processes held and did, beside their processor time.
struct ServerState {
  std::uint64_t memory_idle_bytes = 0;  // before the load
  std::uint64_t memory_peak_bytes = 0;  // of what was seen while it was measured
  std::uint64_t processes = 0;          // these three at the end
  std::uint64_t threads = 0;
  std::optional<std::uint64_t> open_files;
  std::optional<std::uint64_t> voluntary_switches;  // while it was measured
  std::optional<std::uint64_t> involuntary_switches;
  static constexpr auto model() {
    return std::tuple{field<"memory_idle_bytes">(&ServerState::memory_idle_bytes),
                      field<"memory_peak_bytes">(&ServerState::memory_peak_bytes),
                      field<"processes">(&ServerState::processes),
                      field<"threads">(&ServerState::threads),
                      field<"open_files">(&ServerState::open_files),
                      field<"voluntary_switches">(&ServerState::voluntary_switches),
                      field<"involuntary_switches">(&ServerState::involuntary_switches)};
  }
};

// One measurement of one cell on a freshly started server.
struct Trial {
  int block = 0;
  int order = 0;  // within its block
  std::string workload;
  std::string baseline;
  std::string load;
  bool twin = false;  // of the cell that is there to show the host's noise
  int attempt = 0;    // above 0: those before it in its block were lost to the host or the client
  std::string started;
  bool valid = false;
  std::vector<std::string> reasons;  // why it is not
  std::string fault;                 // whose that is: "host", "client" or "server"; empty: nobody's
  std::vector<std::string> warnings;  // of a valid one: what a reader must know
  std::uint64_t requests = 0;
  std::optional<double> warm_up_s;  // until the load was steady; nothing: the client has none
  bool steady = true;               // no: it was not within the time that the plan gives
  double duration_s = 0;
  std::optional<double> asked_rate;  // of an open loop
  double rate = 0;
  std::map<std::string, std::uint64_t> errors;
  std::map<std::string, std::uint64_t> status;
  std::uint64_t bytes = 0;
  Latency latency_us;
  double client_cpu = 0;                 // of its busiest thread: 1 is a whole core
  std::optional<double> client_wait;     // share of the time in which it waited for a core
  std::optional<double> longest_gap_ms;  // for which the whole client stood still
  std::optional<double> lag_p99_us;      // of an open loop: sent after it was due
  double server_cpu_us_per_request = 0;
  std::uint64_t memory_bytes = 0;
  std::string program_sha256;  // of the file that was started
  std::optional<Conditions> conditions;
  std::optional<ServerState> server;

  std::uint64_t failed() const {  // of all requests
    std::uint64_t count = 0;
    for (const auto& [kind, of_kind] : errors) count += of_kind;
    return count;
  }
  static constexpr auto model() {
    return std::tuple{field<"block">(&Trial::block),
                      field<"order">(&Trial::order),
                      field<"workload">(&Trial::workload),
                      field<"baseline">(&Trial::baseline),
                      field<"load">(&Trial::load),
                      field<"twin">(&Trial::twin),
                      field<"attempt">(&Trial::attempt),
                      field<"started">(&Trial::started),
                      field<"valid">(&Trial::valid),
                      field<"reasons">(&Trial::reasons),
                      field<"fault">(&Trial::fault),
                      field<"warnings">(&Trial::warnings),
                      field<"requests">(&Trial::requests),
                      field<"warm_up_s">(&Trial::warm_up_s),
                      field<"steady">(&Trial::steady),
                      field<"duration_s">(&Trial::duration_s),
                      field<"asked_rate">(&Trial::asked_rate),
                      field<"rate">(&Trial::rate),
                      field<"errors">(&Trial::errors),
                      field<"status">(&Trial::status),
                      field<"bytes">(&Trial::bytes),
                      field<"latency_us">(&Trial::latency_us),
                      field<"client_cpu">(&Trial::client_cpu),
                      field<"client_wait">(&Trial::client_wait),
                      field<"longest_gap_ms">(&Trial::longest_gap_ms),
                      field<"lag_p99_us">(&Trial::lag_p99_us),
                      field<"server_cpu_us_per_request">(&Trial::server_cpu_us_per_request),
                      field<"memory_bytes">(&Trial::memory_bytes),
                      field<"program_sha256">(&Trial::program_sha256),
                      field<"conditions">(&Trial::conditions),
                      field<"server">(&Trial::server)};
  }
};

}  // namespace assay::lab
