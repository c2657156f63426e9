// Does a running server answer a workload as every server must? Asked before anything is timed.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "harness/lab/baseline.h"
#include "harness/lab/server_process.h"
#include "harness/lab/workload.h"
#include "harness/load/expectation.h"

namespace assay::lab {

// What differs, as a sentence with both sides; empty when the reply is the expected one.
std::string difference(const Workload& workload, const load::Reply& reply);

// Waits until the server gives the workload's reply. Empty when it does; else the reason: it ended,
// it never answered, or it answers something else.
std::string await_reply(ServerProcess& server, const Workload& workload, const std::string& host,
                        std::uint16_t port, const std::filesystem::path& log);

}  // namespace assay::lab
