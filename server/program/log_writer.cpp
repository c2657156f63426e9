#include "server/program/log_writer.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <exception>
#include <new>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "server/program/serving.h"
#include "server/runtime/start_error.h"

namespace assay {
namespace {

using runtime::Descriptor;
using runtime::StartError;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t most_waiting = std::size_t{4} << 20U;
constexpr std::size_t many_waiting = most_waiting / 4;
constexpr milliseconds gather_time(50);  // so long a line waits for others, and a reader for it
constexpr std::chrono::seconds pause_between_warnings(10);

std::string words_of(int error) { return std::generic_category().message(error); }

// A pipe or terminal is opened once more, so that who else has it does not notice that we do not
// wait for it; where that cannot be done it is shared. A file has one place to write for all.
Descriptor open_standard_output() {
  const int mode = fcntl(STDOUT_FILENO, F_GETFL);
  if (mode < 0 || (mode & O_ACCMODE) == O_RDONLY) {
    throw StartError("standard output cannot be written: name a file for the access log");
  }
  struct stat facts{};
  const bool is_file = fstat(STDOUT_FILENO, &facts) != 0 || S_ISREG(facts.st_mode);
  Descriptor own(is_file ? -1 : open("/proc/self/fd/1", O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  return own.number() >= 0 ? std::move(own) : Descriptor(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0));
}

// A pipe that nobody reads is to be said, and not waited for.
Descriptor open_log(const std::string& path) {
  constexpr int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK;
  if (path == "-") return open_standard_output();
  Descriptor file(open(path.c_str(), flags, 0644));
  if (file.number() >= 0) return file;
  if (errno == ENXIO) {
    throw StartError(fmt::format("nobody reads the access log's pipe {}: start who does", path));
  }
  throw StartError(fmt::format(
      "cannot write the access log {}: {}; name a file in a folder that is there, or - for "
      "standard output",
      path, words_of(errno)));
}

std::size_t lines_in(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

LogWriter::LogWriter(const std::string& path)
    : path_(path == "-" ? "standard output" : path),
      file_(open_log(path)),
      kind_(kind_of(file_.number())) {}

LogWriter::Kind LogWriter::kind_of(int file) {
  struct stat facts{};
  if (fstat(file, &facts) != 0) return Kind::other;
  if (S_ISREG(facts.st_mode)) return Kind::file;
  return S_ISSOCK(facts.st_mode) ? Kind::socket : Kind::other;
}

void LogWriter::start() {
  try {
    thread_ = std::thread([this] { run(); });
  } catch (const std::system_error& failure) {
    throw StartError(fmt::format(
        "cannot start the thread that writes the access log: {}; raise the limit (ulimit -u)",
        failure.what()));
  }
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
  const bool had_work = has_work();
  const bool had_many = waiting_.size() >= many_waiting;
  if (!takes(lines)) refused_ += count;
  const bool wakes = !had_work || (!had_many && waiting_.size() >= many_waiting);
  lock.unlock();
  lines.clear();
  if (wakes) changed_.notify_one();
}

void LogWriter::count_lost(std::size_t lines) noexcept {
  const std::lock_guard lock(mutex_);
  refused_ += lines;
  changed_.notify_one();
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

// Not woken for each line: that would cost whoever answers more than all the rest of it. Wants no
// memory but to tell what is lost.
void LogWriter::run() noexcept {
  std::string taken;
  std::unique_lock lock(mutex_);
  for (bool is_last = false; !is_last;) {
    const auto works = [this] { return has_work(); };
    lost_ == 0
        ? changed_.wait(lock, works)
        : static_cast<void>(changed_.wait_until(lock, told_ + pause_between_warnings, works));
    changed_.wait_for(lock, gather_time,
                      [this] { return stopping_ || waiting_.size() >= many_waiting; });
    is_last = stopping_;
    taken.swap(waiting_);
    lost_ += std::exchange(refused_, 0);
    lock.unlock();
    write_all(taken);
    taken.clear();
    tell_lost(is_last);
    lock.lock();
  }
}

// Where the last was cut off, its end comes first: of a half line one is lost, and not the next.
void LogWriter::write_all(std::string_view lines) {
  if (in_line_ && !lines.empty() && has_room()) in_line_ = write_some("\n") != 1;
  while (!lines.empty()) {
    if (!has_room()) return lose(lines, 0);
    const ssize_t count = write_some(next_piece(lines));
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count <= 0) return lose(lines, count < 0 ? errno : EIO);
    in_line_ = lines[static_cast<std::size_t>(count) - 1] != '\n';
    lines.remove_prefix(static_cast<std::size_t>(count));
  }
}

// Whole lines, and no more than a pipe takes at once, or a disk within a moment.
std::string_view LogWriter::next_piece(std::string_view lines) const {
  const std::size_t most = kind_ == Kind::file ? std::size_t{256} * 1024 : PIPE_BUF;
  if (lines.size() <= most) return lines;
  const std::size_t last_end = lines.rfind('\n', most - 1);
  return lines.substr(0, last_end == lines.npos ? most : last_end + 1);
}

ssize_t LogWriter::write_some(std::string_view piece) const {
  if (kind_ != Kind::socket) return write(file_.number(), piece.data(), piece.size());
  return send(file_.number(), piece.data(), piece.size(), MSG_DONTWAIT);
}

// Waits for whoever reads. false: it is time to end.
bool LogWriter::has_room() {
  while (!is_over()) {
    pollfd file{file_.number(), POLLOUT, 0};
    if (kind_ == Kind::file || poll(&file, 1, 20) > 0) return true;
  }
  return false;
}

bool LogWriter::is_over() {
  const std::lock_guard lock(mutex_);
  return stopping_ && steady_clock::now() >= end_;
}

void LogWriter::lose(std::string_view lines, int error) {
  lost_ += lines_in(lines);
  error_ = error;
}

void LogWriter::tell_lost(bool is_last) {
  const Time now = steady_clock::now();
  if (lost_ == 0 || (!is_last && now - told_ < pause_between_warnings)) return;
  told_ = now;
  try {
    say(fmt::format(
        "warning: lines of the access log {} that are lost: {} ({})\n", path_, lost_,
        error_ == 0 ? "they came faster than they could be written" : words_of(error_)));
    lost_ = 0;
    error_ = 0;
  } catch (const std::exception&) {  // there is no memory to say so; later, perhaps
  }
}

}  // namespace assay
