// Days and moments of the calendar as RFC 3339 writes them.
//
// A DateTime keeps microseconds and its offset from UTC: what was read is written again, and two of
// the same moment with different offsets are not equal (compare `since_epoch` for the moment). It
// must be given with an offset. Plain values; any thread.
#pragma once
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/model/problem.h"

namespace assay::model {

struct Date {
  std::int32_t year = 1970;  // 0 to 9999
  std::uint32_t month = 1;
  std::uint32_t day = 1;

  auto operator<=>(const Date&) const = default;
  std::string text() const;  // "2026-02-28"

  static constexpr std::string_view format = "date";
  static constexpr std::size_t longest_text = 10;
  static constexpr FixedProblem wrong_type = no_date;
  static std::optional<Problem> parse(std::string_view text, Date& out);
  char* write(char* to) const;
};

struct DateTime {
  Date date;
  std::uint32_t hour = 0;
  std::uint32_t minute = 0;
  std::uint32_t second = 0;  // up to 59: a leap second has no place in UTC of POSIX
  std::uint32_t microsecond = 0;
  std::int32_t offset_minutes = 0;  // east of UTC

  bool operator==(const DateTime&) const = default;
  std::string text() const;  // "2026-02-28T23:59:59.25Z", "...+02:00"
  std::chrono::microseconds since_epoch() const;

  static constexpr std::string_view format = "date-time";
  static constexpr std::size_t longest_text = 32;  // 2026-02-28T23:59:59.123456+02:00
  static constexpr FixedProblem wrong_type = no_datetime;
  static std::optional<Problem> parse(std::string_view text, DateTime& out);
  char* write(char* to) const;
};

}  // namespace assay::model
