// Quantities as people read them in a terminal: three digits and a unit, thousands set apart. Pure;
// any thread.
#pragma once

#include <cstdint>
#include <string>

#include "harness/load/clock.h"

namespace assay::load {

std::string time_text(nanoseconds time);      // "850 ns", "12.3 us", "1.00 ms", "75.0 s"
std::string count_text(std::uint64_t count);  // "1,234,567"
std::string rate_text(double per_second);     // "41,237", "7.25"
std::string bytes_text(std::uint64_t bytes);  // "512 B", "1.25 kB", "3.00 GB"
std::string share_text(double share);         // "61 %", "0.4 %"

}  // namespace assay::load
