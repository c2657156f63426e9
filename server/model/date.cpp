#include "server/model/date.h"

#include <algorithm>

namespace assay::model {
namespace {

// Steps over a text from the left; each says whether what it wants was there.
class Steps {
 public:
  explicit Steps(std::string_view text) : text_(text) {}
  bool digits(std::size_t count, std::uint32_t& value) {
    if (text_.size() < count) return false;
    value = 0;
    for (const char c : text_.substr(0, count)) {
      if (c < '0' || c > '9') return false;
      value = value * 10 + static_cast<std::uint32_t>(c - '0');
    }
    text_.remove_prefix(count);
    return true;
  }
  bool one_of(std::string_view choices) {
    if (text_.empty() || choices.find(text_.front()) == choices.npos) return false;
    text_.remove_prefix(1);
    return true;
  }
  // Digits of a fraction as millionths; what is finer is cut off, as pydantic does.
  bool millionths(std::uint32_t& value) {
    const std::size_t count = std::min(text_.find_first_not_of("0123456789"), text_.size());
    if (count == 0) return false;
    value = 0;
    for (std::size_t i = 0; i < 6; ++i) {
      value = value * 10 + (i < count ? static_cast<std::uint32_t>(text_[i] - '0') : 0);
    }
    text_.remove_prefix(count);
    return true;
  }
  bool at_end() const { return text_.empty(); }

 private:
  std::string_view text_;
};

bool is_leap(std::int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

std::uint32_t days_of(std::int32_t year, std::uint32_t month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// Why the text is none; empty when it is one.
std::string_view read_date(Steps& steps, Date& out) {
  std::uint32_t year = 0;
  if (!steps.digits(4, year)) return "invalid character in year";
  out.year = static_cast<std::int32_t>(year);
  if (!steps.one_of("-")) return "invalid date separator, expected `-`";
  if (!steps.digits(2, out.month)) return "invalid character in month";
  if (!steps.one_of("-")) return "invalid date separator, expected `-`";
  if (!steps.digits(2, out.day)) return "invalid character in day";
  if (out.month < 1 || out.month > 12) return "month value is outside expected range of 1-12";
  if (out.day < 1 || out.day > days_of(out.year, out.month)) {
    return "day value is outside expected range";
  }
  return {};
}

std::string_view read_time(Steps& steps, DateTime& out) {
  if (!steps.digits(2, out.hour)) return "invalid character in hour";
  if (!steps.one_of(":")) return "invalid time separator, expected `:`";
  if (!steps.digits(2, out.minute)) return "invalid character in minute";
  if (!steps.one_of(":")) return "invalid time separator, expected `:`";
  if (!steps.digits(2, out.second)) return "invalid character in second";
  if (out.hour > 23) return "hour value is outside expected range of 0-23";
  if (out.minute > 59) return "minute value is outside expected range of 0-59";
  if (out.second > 59) return "second value is outside expected range of 0-59";
  out.microsecond = 0;
  if (steps.one_of(".") && !steps.millionths(out.microsecond))
    return "invalid fraction of a second";
  return {};
}

std::string_view read_offset(Steps& steps, DateTime& out) {
  out.offset_minutes = 0;
  if (steps.one_of("Zz")) return {};
  const bool east = steps.one_of("+");
  if (!east && !steps.one_of("-")) return "invalid timezone sign";
  std::uint32_t hours = 0;
  std::uint32_t minutes = 0;
  if (!steps.digits(2, hours)) return "invalid timezone hour";
  if (!steps.one_of(":")) return "invalid timezone separator, expected `:`";
  if (!steps.digits(2, minutes)) return "invalid timezone minute";
  if (hours > 23 || minutes > 59) return "timezone offset must be less than 24 hours";
  const auto offset = static_cast<std::int32_t>(hours * 60 + minutes);
  out.offset_minutes = east ? offset : -offset;
  return {};
}

char* put_digits(char* to, std::uint32_t value, int count) {
  for (int i = count - 1; i >= 0; --i, value /= 10) to[i] = static_cast<char>('0' + value % 10);
  return to + count;
}

char* put(char* to, char c) {
  *to = c;
  return to + 1;
}

char* put_microseconds(char* to, std::uint32_t microsecond) {
  if (microsecond == 0) return to;
  char* end = put_digits(put(to, '.'), microsecond, 6);
  while (end[-1] == '0') --end;
  return end;
}

char* put_offset(char* to, std::int32_t minutes) {
  if (minutes == 0) return put(to, 'Z');
  const auto size = static_cast<std::uint32_t>(minutes < 0 ? -minutes : minutes);
  to = put_digits(put(to, minutes < 0 ? '-' : '+'), size / 60, 2);
  return put_digits(put(to, ':'), size % 60, 2);
}

// Days from 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
std::int64_t days_since_epoch(const Date& date) {
  const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t month = (date.month + 9) % 12;
  const std::int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

template <class T>
std::string text_of(const T& value) {
  char text[T::longest_text];
  return {text, value.write(text)};
}

}  // namespace

std::optional<Problem> Date::parse(std::string_view text, Date& out) {
  Steps steps(text);
  Date read;
  std::string_view why = read_date(steps, read);
  if (why.empty() && !steps.at_end()) why = "unexpected extra characters at the end of the input";
  if (!why.empty()) return unparsed("date_parsing", "date in the format YYYY-MM-DD", why);
  out = read;
  return std::nullopt;
}

std::optional<Problem> DateTime::parse(std::string_view text, DateTime& out) {
  Steps steps(text);
  DateTime read;
  std::string_view why = read_date(steps, read.date);
  if (why.empty() && !steps.one_of("Tt _")) why = "invalid datetime separator, expected `T`";
  if (why.empty()) why = read_time(steps, read);
  if (why.empty() && steps.at_end()) return problem_of(no_timezone);
  if (why.empty()) why = read_offset(steps, read);
  if (why.empty() && !steps.at_end()) why = "unexpected extra characters at the end of the input";
  if (!why.empty()) return unparsed("datetime_parsing", "datetime", why);
  out = read;
  return std::nullopt;
}

char* Date::write(char* to) const {
  to = put_digits(to, static_cast<std::uint32_t>(year), 4);
  to = put_digits(put(to, '-'), month, 2);
  return put_digits(put(to, '-'), day, 2);
}

char* DateTime::write(char* to) const {
  to = date.write(to);
  to = put_digits(put(to, 'T'), hour, 2);
  to = put_digits(put(to, ':'), minute, 2);
  to = put_digits(put(to, ':'), second, 2);
  return put_offset(put_microseconds(to, microsecond), offset_minutes);
}

std::string Date::text() const { return text_of(*this); }
std::string DateTime::text() const { return text_of(*this); }

std::chrono::microseconds DateTime::since_epoch() const {
  const std::int64_t seconds = days_since_epoch(date) * 86400 + hour * 3600 +
                               (std::int64_t{minute} - offset_minutes) * 60 + second;
  return std::chrono::seconds(seconds) + std::chrono::microseconds(microsecond);
}

}  // namespace assay::model
