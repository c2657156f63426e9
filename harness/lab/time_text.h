// Times as text: "2026-11-21T12:03:01Z" in results, "20261121T120301Z" in names, "4 min 20 s" for
// people. Pure; any thread.
#pragma once
#include <chrono>
#include <string>

namespace assay::lab {

std::string utc_text(std::chrono::system_clock::time_point time);
std::string utc_name(std::chrono::system_clock::time_point time);
std::string span_text(double seconds);

}  // namespace assay::lab
