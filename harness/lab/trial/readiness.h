// When a started server can be asked: it has said where it listens, answers there, and nobody else
// does.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "harness/lab/trial/server_process.h"
#include "harness/load/stop.h"

namespace assay::lab {

inline constexpr auto server_host = "127.0.0.1";

// The port of the line "listening on http://127.0.0.1:8080" that a server writes to its log when it
// is ready. Each is started on port 0 and says which it got: nobody can have taken it before.
std::optional<std::uint16_t> announced_port(const std::filesystem::path& log);

// Whether a server has said that and nothing else.
bool is_announcement_only(const std::filesystem::path& log);

struct Readiness {
  std::uint16_t port = 0;
  std::string reason;  // why it is not ready; empty when it is
};

// Waits until the server listens and answers a request with anything, for 60 s at most: an
// interpreter's imports can take half a minute on a busy disk.
Readiness await_ready(ServerProcess& server, const std::filesystem::path& log,
                      const load::Stop& stop);

}  // namespace assay::lab
