#include "harness/agents/line_channel.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

#include "harness/load/socket/readiness.h"

namespace assay::agents {
namespace {

constexpr std::size_t read_bytes = 65536;

}  // namespace

LineReader::Got LineReader::read() {
  std::array<char, read_bytes> buffer;
  const ssize_t count = ::read(pipe_, buffer.data(), buffer.size());
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return Got::nothing;
  if (count <= 0) return Got::end;
  text_.erase(0, taken_);
  searched_ -= taken_;
  taken_ = 0;
  text_.append(buffer.data(), static_cast<std::size_t>(count));
  return Got::bytes;
}

std::optional<std::string> LineReader::line() {
  const std::size_t end = text_.find('\n', searched_);
  if (end == std::string::npos) {
    searched_ = text_.size();
    return std::nullopt;
  }
  std::string line = text_.substr(taken_, end - taken_);
  taken_ = searched_ = end + 1;
  return line;
}

// A pipe that is ready to be written takes PIPE_BUF bytes at least without a wait (POSIX).
bool write_line(int pipe, std::string_view line, load::TimePoint deadline) {
  std::string text(line);
  text += '\n';
  std::string_view rest = text;
  while (!rest.empty()) {
    if (!load::is_ready(pipe, POLLOUT, deadline)) return false;
    const ssize_t count = ::write(pipe, rest.data(), std::min<std::size_t>(rest.size(), PIPE_BUF));
    if (count < 0 && errno != EINTR && errno != EAGAIN) return false;
    if (count > 0) rest.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace assay::agents
