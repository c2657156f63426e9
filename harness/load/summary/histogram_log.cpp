#include "harness/load/summary/histogram_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string_view>

#include <fmt/format.h>

#include "harness/load/histogram/histogram_encoding.h"
#include "harness/load/socket/descriptor.h"

namespace assay::load {
namespace {

constexpr double ns_per_ms = 1e6;  // by the format's custom, the greatest value is in milliseconds

// By ctime, as Java writes it, but in UTC.
std::string date_text(std::time_t time) {
  std::tm utc{};
  gmtime_r(&time, &utc);
  char text[64];
  return {text, std::strftime(text, sizeof text, "%a %b %d %H:%M:%S UTC %Y", &utc)};
}

bool is_special(const std::string& path) {
  struct stat found{};
  return stat(path.c_str(), &found) == 0 && !S_ISREG(found.st_mode);
}

bool write_all(const std::string& path, std::string_view text) {
  const Descriptor file(::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644));
  if (!file.is_open()) return false;
  while (!text.empty()) {
    const ssize_t written = write(file.number(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

std::string histogram_log(const Summary& summary, WallTime started) {
  const auto since_epoch = std::chrono::duration<double>(started.time_since_epoch()).count();
  std::string log = "#[Histogram log format version 1.3]\n";
  log += fmt::format("#[StartTime: {:.3f} (seconds since epoch), {}]\n", since_epoch,
                     date_text(std::chrono::system_clock::to_time_t(started)));
  log += fmt::format("#[BaseTime: {:.3f} (seconds since epoch)]\n", since_epoch);
  log +=
      "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\","
      "\"Interval_Compressed_Histogram\"\n";
  for (std::size_t number = 0; number < summary.seconds.size(); ++number) {
    const auto start = static_cast<double>(number);
    const CompactHistogram& latency = summary.seconds[number].latency;
    log += fmt::format("{:.3f},{:.3f},{:.3f},{}\n", start,
                       std::clamp(in_seconds(summary.duration) - start, 0.0, 1.0),
                       static_cast<double>(latency.max_ns) / ns_per_ms, encode(latency));
  }
  return log;
}

// Nothing is opened that is no file: a pipe may have no reader yet.
Result<void> check_histogram_log(const std::string& path) {
  if (path.empty()) return {};
  struct stat found{};
  const bool is_there = stat(path.c_str(), &found) == 0;
  if (is_there && S_ISDIR(found.st_mode)) {
    return LoadError::unwritable_file(path, strerror(EISDIR));
  }
  bool is_writable = false;
  if (is_special(path)) {
    is_writable = access(path.c_str(), W_OK) == 0;
  } else {
    const std::string beside = path + ".new";
    is_writable = write_all(beside, "");
    if (is_writable) unlink(beside.c_str());
  }
  if (is_writable) return {};
  return LoadError::unwritable_file(path, strerror(errno));
}

Result<void> write_histogram_log(const std::string& path, const Summary& summary,
                                 WallTime started) {
  const bool in_place = is_special(path);
  const std::string beside = in_place ? path : path + ".new";
  const bool is_kept = write_all(beside, histogram_log(summary, started)) &&
                       (in_place || std::rename(beside.c_str(), path.c_str()) == 0);
  if (is_kept) return {};
  const std::string reason = strerror(errno);
  if (!in_place) unlink(beside.c_str());
  return LoadError::unwritable_file(path, reason);
}

}  // namespace assay::load
