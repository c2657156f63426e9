#include "harness/validation/requests_log_reader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>

namespace assay::validation {
namespace {

constexpr std::size_t columns = 7;
constexpr std::string_view heading =
    "request,fate,arrival_ns,start_ns,service_ns,due_ns,written_ns";

std::optional<std::array<std::string_view, columns>> split(std::string_view line) {
  std::array<std::string_view, columns> cells;
  for (std::size_t i = 0; i < columns; ++i) {
    const std::size_t comma = line.find(',');
    if ((comma == line.npos) != (i + 1 == columns)) return std::nullopt;
    cells.at(i) = line.substr(0, comma);
    line.remove_prefix(std::min(line.size(), cells.at(i).size() + 1));
  }
  return cells;
}

bool read(std::string_view text, std::int64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

load::TimePoint at(std::int64_t ns) { return load::TimePoint(load::nanoseconds(ns)); }

std::optional<Served> served_of(std::string_view line) {
  const auto cells = split(line);
  if (!cells) return std::nullopt;
  const auto& [request, fate, arrival, start, service, due, written] = *cells;
  std::array<std::int64_t, columns - 1> numbers{};
  const std::array<std::string_view, columns - 1> texts{request, arrival, start,
                                                        service, due,     written};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!read(texts.at(i), numbers.at(i))) return std::nullopt;
  }
  const auto met = model::enumerator_named<truth::Fate>(fate);
  if (!met) return std::nullopt;
  Served served;
  served.visit = {
      static_cast<std::uint64_t>(numbers[0]), *met,          at(numbers[1]), at(numbers[2]),
      load::nanoseconds(numbers[3]),          at(numbers[4])};
  if (numbers[5] != 0) served.written = at(numbers[5]);
  return served;
}

}  // namespace

Result<std::vector<Served>> read_requests_log(const std::string& path) {
  std::ifstream file(path);
  if (!file) return ValidationError::unreadable_log(path, std::strerror(errno));
  std::string line;
  if (!std::getline(file, line) || line != heading) {
    return ValidationError::unreadable_log(path, "its first line is another one");
  }
  std::vector<Served> all;
  while (std::getline(file, line)) {
    const std::optional<Served> served = served_of(line);
    if (!served) return ValidationError::unreadable_log(path, "a line is not whole");
    all.push_back(*served);
  }
  std::sort(all.begin(), all.end(), [](const Served& one, const Served& other) {
    return one.visit.request < other.visit.request;
  });
  return all;
}

}  // namespace assay::validation
