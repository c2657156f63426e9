#include "harness/truth/truth_witness.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "harness/load/loop/fetch.h"
#include "server/model/json_read.h"

namespace assay::truth {
namespace {

TimePoint at(std::int64_t ns) { return TimePoint(nanoseconds(ns)); }

LogLine log_line(const std::string& text) {
  std::istringstream words(text);
  std::vector<std::string> columns;
  for (std::string column; std::getline(words, column, ',');) columns.push_back(column);
  EXPECT_EQ(columns.size(), 7U) << text;
  LogLine line;
  line.visit.request = std::stoull(columns.at(0));
  const auto fate = model::enumerator_named<Fate>(columns.at(1));
  EXPECT_TRUE(fate.has_value()) << text;
  line.visit.fate = fate.value_or(Fate::right);
  line.visit.arrival = at(std::stoll(columns.at(2)));
  line.visit.start = at(std::stoll(columns.at(3)));
  line.visit.service = nanoseconds(std::stoll(columns.at(4)));
  line.visit.due = at(std::stoll(columns.at(5)));
  line.written_ns = std::stoll(columns.at(6));
  return line;
}

}  // namespace

TruthRecord record_of(std::uint16_t port) {
  const auto reply = load::fetch("127.0.0.1", port, {"GET", "/__truth__", {}, {}});
  EXPECT_TRUE(reply.has_value());
  if (!reply) return {};
  auto reading = model::from_json<TruthRecord>(reply->body);
  EXPECT_TRUE(reading.ok()) << reply->body;
  return std::move(reading.value);
}

TruthRecord record_when(std::uint16_t port, const std::function<bool(const TruthRecord&)>& is_so) {
  const load::TimePoint deadline = load::Clock::now() + std::chrono::seconds(60);
  TruthRecord record = record_of(port);
  while (!is_so(record) && load::Clock::now() < deadline) record = record_of(port);
  EXPECT_TRUE(is_so(record));
  return record;
}

TruthRecord record_after(std::uint64_t requests, std::uint16_t port) {
  return record_when(port, [&](const TruthRecord& now) { return now.requests == requests; });
}

std::vector<LogLine> log_lines(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string text;
  std::getline(file, text);
  EXPECT_EQ(text, "request,fate,arrival_ns,start_ns,service_ns,due_ns,written_ns");
  std::vector<LogLine> lines;
  while (std::getline(file, text)) lines.push_back(log_line(text));
  std::sort(lines.begin(), lines.end(), [](const LogLine& one, const LogLine& other) {
    return one.visit.request < other.visit.request;
  });
  for (std::size_t index = 0; index < lines.size(); ++index) {
    EXPECT_EQ(lines[index].visit.request, index);
  }
  return lines;
}

std::int64_t in_ns(TimePoint time) { return nanoseconds(time.time_since_epoch()).count(); }

}  // namespace assay::truth
