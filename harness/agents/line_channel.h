// Lines of text over two pipes, as the two ends of the protocol speak them: never waits without a
// deadline, keeps no more than one line of the longest kind.
//
// One thread at a time. The pipes stay the caller's and stay blocking ones, because they may be a
// terminal that others use too: it is asked before each call whether it would wait. REQUIRES:
// SIGPIPE is ignored.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "harness/load/clock.h"

namespace assay::agents {

// A job with a body of 40 MiB, or the seconds of a run of many hours.
inline constexpr std::size_t longest_line = std::size_t{64} << 20U;

class LineReader {
 public:
  enum class Got { bytes, nothing, end };

  explicit LineReader(int pipe, std::size_t longest = longest_line)
      : pipe_(pipe), longest_(longest) {}

  int pipe() const { return pipe_; }
  // Reads what is there, once. Nothing: it was not ready after all.
  Got read();
  // The next whole line, without its end.
  std::optional<std::string> line();
  std::string_view rest() const { return std::string_view(text_).substr(taken_); }  // no line yet
  bool is_too_long() const { return rest().size() > longest_; }

 private:
  int pipe_;
  std::size_t longest_;
  std::string text_;
  std::size_t taken_ = 0;     // of text_, as lines
  std::size_t searched_ = 0;  // of text_, for an end of line
};

// Adds the end of the line. False when the other side has gone or did not read until the deadline.
bool write_line(int pipe, std::string_view line, load::TimePoint deadline);

}  // namespace assay::agents
