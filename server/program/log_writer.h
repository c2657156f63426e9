// Writes lines that threads hand over, on a thread of its own: nobody who answers waits for a disk,
// or for who reads at the other end of a pipe.
//
// What comes faster than it can be written, beyond 4 MiB, is lost, and so is what cannot be written
// at all; how many lines that were and why is said on standard error, not more often than every ten
// seconds. Several processes may write to one file: each write appends whole lines (to a pipe, of
// which a line of more than 4 KiB may be mixed with others). Any thread may hand over. A process
// that is ended by force loses what it has not written yet.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "server/runtime/descriptor.h"

namespace assay {

class LogWriter {
 public:
  // `path` is made where it is missing; "-": standard output. Throws StartError.
  explicit LogWriter(const std::string& path);
  ~LogWriter() { stop(std::chrono::milliseconds(0)); }
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  void start();  // in the process that hands over; throws StartError
  // Writes what is here, but not for longer than that.
  void stop(std::chrono::milliseconds limit);
  // `lines` are `count` whole ones, and empty afterwards.
  void hand_over(std::string& lines, std::size_t count) noexcept;
  void count_lost(std::size_t lines) noexcept;  // for which there was no memory

 private:
  using Time = std::chrono::steady_clock::time_point;
  enum class Kind : std::uint8_t { file, socket, other };

  static Kind kind_of(int file);
  bool takes(std::string_view lines) noexcept;
  void run() noexcept;
  bool has_work() const { return stopping_ || refused_ > 0 || !waiting_.empty(); }
  void write_all(std::string_view lines);
  std::string_view next_piece(std::string_view lines) const;
  ssize_t write_some(std::string_view piece) const;
  bool has_room();
  bool is_over();
  void lose(std::string_view lines, int error);
  void tell_lost(bool is_last);

  std::string path_;
  runtime::Descriptor file_;
  Kind kind_;
  std::thread thread_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::string waiting_;
  std::size_t refused_ = 0;  // lines for which there was no room
  bool stopping_ = false;
  Time end_{};
  // Of the thread alone:
  std::size_t lost_ = 0;  // not told yet
  int error_ = 0;         // of the last loss; 0: they came too fast
  Time told_{};
  bool in_line_ = false;  // the last write was cut off
};

}  // namespace assay
