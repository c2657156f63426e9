// What tests ask of a running truth server beside its replies: its record and its log.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "harness/truth/service.h"
#include "harness/truth/truth_record.h"

namespace assay::truth {

TruthRecord record_of(std::uint16_t port);
// Asks until it is so: what was sent is read at some time, and nothing else says when.
TruthRecord record_when(std::uint16_t port, const std::function<bool(const TruthRecord&)>& is_so);
// When so many requests have arrived.
TruthRecord record_after(std::uint64_t requests, std::uint16_t port);

struct LogLine {
  Visit visit;
  std::int64_t written_ns = 0;
};
// The lines of a log in the order of arrival, each request exactly once.
std::vector<LogLine> log_lines(const std::filesystem::path& path);

std::int64_t in_ns(TimePoint time);

}  // namespace assay::truth
