// What a reader must know before believing a measurement, as values: terminal, result file and
// report say it from the same place. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

namespace assay::load {

// The load generator was the limit, not the server.
struct ClientBound {
  double client_cpu = 0;  // share of a core that the busiest thread used
  std::size_t threads = 1;
};
// Rate, mean latency and connections do not fit together, so one of them is wrong.
struct LittlesLawOff {
  double residual = 0;
};
// Some requests were answered wrongly, or not at all.
struct RequestsFailed {
  std::uint64_t failed = 0;
  std::uint64_t in_all = 0;
};
// Stopped by hand; what was measured until then stands.
struct CutShort {
  double after_s = 0;
};
using Warning = std::variant<ClientBound, LittlesLawOff, RequestsFailed, CutShort>;

inline constexpr double highest_client_cpu = 0.85;
inline constexpr double highest_littles_law_residual = 0.02;

std::string text(const Warning& warning);  // one sentence, with what to do about it

}  // namespace assay::load
