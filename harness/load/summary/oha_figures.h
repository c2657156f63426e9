// What oha would have printed of a run: its own counts, with their flaws. Pure; any thread.
//
// Any whole reply is a success, a 500 as well. Requests that are under way when the time is over
// are aborted: they are no failures, yet they count as requests per second.
#pragma once

#include <cstdint>
#include <string>

namespace assay::load {

struct Summary;

struct OhaFigures {
  double success_rate = 0;  // 0 to 1
  double requests_per_second = 0;
  std::uint64_t not_2xx = 0;  // of those that it calls successes
};

OhaFigures as_oha_counts(const Summary& summary);
std::string text(const OhaFigures& figures);
std::string to_json(const OhaFigures& figures);

}  // namespace assay::load
