#include "server/program/access_log.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <iterator>
#include <new>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace assay {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// What one thread has not handed over yet.
struct Batch {
  std::string lines;
  std::size_t count = 0;
  std::size_t lost = 0;  // lines, for want of memory
  std::time_t second = -1;
  std::string time;  // of that second
};

Batch& batch() {
  thread_local Batch own;
  return own;
}

// Not strftime: it would follow the locale.
void renew_time(Batch& own) {
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::time_t now = std::time(nullptr);
  if (now == own.second) return;
  std::tm utc{};
  gmtime_r(&now, &utc);
  own.time.clear();
  fmt::format_to(std::back_inserter(own.time), "{:02}/{}/{}:{:02}:{:02}:{:02} +0000", utc.tm_mday,
                 months.substr(static_cast<std::size_t>(utc.tm_mon) * 3, 3), utc.tm_year + 1900,
                 utc.tm_hour, utc.tm_min, utc.tm_sec);
  own.second = now;
}

// A peer must not be able to begin a line of its own, nor to speak to a terminal.
bool is_plain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

void append_quoted(std::string& out, std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_plain)) {
    out += text;
    return;
  }
  for (const char c : text) {
    if (is_plain(c)) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "\\x{:02X}", static_cast<unsigned char>(c));
    }
  }
}

void append_number(std::string& out, std::uint64_t value) {
  const fmt::format_int text(value);
  out.append(text.data(), text.size());
}

void append_line(Batch& own, const wire::ReplyReport& report) {
  renew_time(own);
  std::string& out = own.lines;
  out.append(report.peer).append(" - - [").append(own.time).append("] \"");
  append_quoted(out, report.request_line.empty() ? "-" : report.request_line);
  out += "\" ";
  append_number(out, static_cast<std::uint64_t>(report.status));
  out += ' ';
  report.body_bytes ? append_number(out, *report.body_bytes) : static_cast<void>(out += '-');
  out += '\n';
}

}  // namespace

void AccessLog::start() {
  inner_.start();
  writer_.start();
}

void AccessLog::stop(milliseconds drain_limit) {
  const auto end = steady_clock::now() + drain_limit;
  inner_.stop(drain_limit);
  hand_over();
  // Within the grace that a server has to say its last.
  constexpr milliseconds at_least(200);
  const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now());
  writer_.stop(std::max(left, at_least));
}

void AccessLog::replied(const wire::ReplyReport& report) noexcept {
  constexpr std::size_t enough = std::size_t{32} * 1024;
  Batch& own = batch();
  const std::size_t before = own.lines.size();
  try {
    append_line(own, report);
    ++own.count;
  } catch (const std::bad_alloc&) {  // then there is one line less, and no half one
    own.lines.resize(before);
    ++own.lost;
  }
  const bool is_stream = !report.body_bytes;  // which may go on for long
  if (is_stream || own.lines.size() >= enough) hand_over();
  inner_.replied(report);
}

void AccessLog::before_wait() noexcept {
  inner_.before_wait();
  hand_over();
}

void AccessLog::hand_over() noexcept {
  Batch& own = batch();
  if (own.count > 0) writer_.hand_over(own.lines, std::exchange(own.count, 0));
  if (own.lost > 0) writer_.count_lost(std::exchange(own.lost, 0));
}

}  // namespace assay
