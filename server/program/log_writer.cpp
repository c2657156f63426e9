#include "server/program/log_writer.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <new>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "server/program/serving.h"
#include "server/runtime/start_error.h"

namespace assay {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t most_waiting = std::size_t{4} << 20U;
constexpr std::size_t many_waiting = most_waiting / 4;
constexpr milliseconds gather_time(50);  // so long a line waits for others, and a reader for it
constexpr auto too_slow = "they came faster than they could be written";

// A pipe that nobody reads is to be said, and not waited for.
runtime::Descriptor open_log(const std::string& path) {
  constexpr int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK;
  const bool is_output = path == "-";
  runtime::Descriptor file(is_output ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)
                                     : open(path.c_str(), flags, 0644));
  if (file.number() >= 0) return file;
  throw runtime::StartError(
      fmt::format("cannot write the access log {}: {}; name a file in a folder that is there, or - "
                  "for standard output",
                  path, std::generic_category().message(errno)));
}

bool is_regular(int file) {
  struct stat facts{};
  return fstat(file, &facts) == 0 && S_ISREG(facts.st_mode);
}

std::size_t lines_in(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

LogWriter::LogWriter(const std::string& path)
    : path_(path == "-" ? "standard output" : path),
      file_(open_log(path)),
      is_regular_(is_regular(file_.number())) {}

void LogWriter::start() {
  thread_ = std::thread([this] { run(); });
}

void LogWriter::stop(milliseconds limit) {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    end_ = steady_clock::now() + limit;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void LogWriter::hand_over(std::string& lines, std::size_t count) noexcept {
  std::unique_lock lock(mutex_);
  const std::size_t before = waiting_.size();
  if (!takes(lines)) refused_ += count;
  const bool wakes = before == 0 || (before < many_waiting && waiting_.size() >= many_waiting);
  lock.unlock();
  lines.clear();
  if (wakes) changed_.notify_one();
}

// REQUIRES: the lock is held
bool LogWriter::takes(std::string_view lines) noexcept {
  if (waiting_.size() + lines.size() > most_waiting) return false;
  try {
    waiting_ += lines;
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

// Not woken for each line: that would cost whoever answers more than all the rest of it.
void LogWriter::run() {
  std::string taken;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty() || refused_ > 0; });
    changed_.wait_for(lock, gather_time,
                      [this] { return stopping_ || waiting_.size() >= many_waiting; });
    if (waiting_.empty() && refused_ == 0) break;
    taken.swap(waiting_);
    const std::size_t refused = std::exchange(refused_, 0);
    lock.unlock();
    if (refused > 0) lose(refused, too_slow);
    write_all(taken);
    taken.clear();
    tell_lost(false);
    lock.lock();
  }
  lock.unlock();
  tell_lost(true);
}

void LogWriter::write_all(std::string_view lines) {
  while (!lines.empty()) {
    if (!has_room()) return lose(lines_in(lines), too_slow);
    const std::string_view piece = next_piece(lines);
    const ssize_t count = write(file_.number(), piece.data(), piece.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) return lose(lines_in(lines), std::generic_category().message(errno));
    lines.remove_prefix(static_cast<std::size_t>(count));
  }
}

// To a pipe no more than it takes in one piece.
std::string_view LogWriter::next_piece(std::string_view lines) const {
  if (is_regular_ || lines.size() <= PIPE_BUF) return lines;
  const std::size_t last_end = lines.rfind('\n', PIPE_BUF - 1);
  return lines.substr(0, last_end == lines.npos ? PIPE_BUF : last_end + 1);
}

// Waits for whoever reads. false: it is time to end.
bool LogWriter::has_room() {
  if (is_regular_) return true;
  for (;;) {
    pollfd file{file_.number(), POLLOUT, 0};
    if (poll(&file, 1, 20) > 0) return true;
    const std::lock_guard lock(mutex_);
    if (stopping_ && steady_clock::now() >= end_) return false;
  }
}

void LogWriter::lose(std::size_t lines, std::string why) {
  lost_ += lines;
  why_ = std::move(why);
}

void LogWriter::tell_lost(bool is_last) {
  constexpr std::chrono::seconds pause(10);
  const Time now = steady_clock::now();
  if (lost_ == 0 || (!is_last && now - told_ < pause)) return;
  say(fmt::format("warning: lines of the access log {} that are lost: {} ({})\n", path_, lost_,
                  why_));
  lost_ = 0;
  told_ = now;
}

}  // namespace assay
