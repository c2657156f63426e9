// Does a started server answer a workload as every server must? Asked before anything is timed.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "harness/lab/server_process.h"
#include "harness/lab/workload.h"
#include "harness/load/expectation.h"
#include "harness/load/stop.h"

namespace assay::lab {

inline constexpr auto server_host = "127.0.0.1";

// What every reply to the workload's request must be.
load::Expectation expectation_of(const Workload& workload);

// What differs, as a sentence with both sides; empty when the reply is the expected one.
std::string difference(const Workload& workload, const load::Reply& reply);

// The port of the line "listening on http://127.0.0.1:8080" that a server writes to its log when it
// is ready. Each is started on port 0 and says which it got: nobody can have taken it before.
std::optional<std::uint16_t> announced_port(const std::filesystem::path& log);

struct Readiness {
  std::uint16_t port = 0;
  std::string reason;  // why it is not ready; empty when it is
};

// Waits until the server listens and gives the workload's reply, for 20 s at most.
Readiness await_reply(ServerProcess& server, const Workload& workload,
                      const std::filesystem::path& log, const load::Stop& stop);

}  // namespace assay::lab
