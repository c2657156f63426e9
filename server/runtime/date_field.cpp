#include "server/runtime/date_field.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace assay::runtime {

// RFC 9110, 5.6.7. Not strftime: it would follow the locale.
void DateField::renew(std::time_t now) {
  constexpr std::array<std::string_view, 7> days = {"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 64> text{};
  const auto end =
      fmt::format_to_n(text.begin(), text.size(), "Date: {}, {:02} {} {} {:02}:{:02}:{:02} GMT\r\n",
                       days.at(static_cast<std::size_t>(utc.tm_wday)), utc.tm_mday,
                       months.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900,
                       utc.tm_hour, utc.tm_min, utc.tm_sec)
          .out;
  line_.assign(text.begin(), end);  // into the room that it has
}

}  // namespace assay::runtime
