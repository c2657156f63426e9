#include "harness/load/watch/core_wait.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "harness/load/socket/descriptor.h"

namespace assay::load {

// "12345 678 90": on a core, waiting for one (both in nanoseconds), and how often it got one.
std::optional<nanoseconds> thread_core_wait() noexcept {
  const Descriptor file(open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return std::nullopt;
  std::array<char, 128> text;
  const ssize_t size = read(file.number(), text.data(), text.size());
  if (size <= 0) return std::nullopt;
  const char* const begin = text.data();
  const char* const end = begin + size;
  const char* const space = std::find(begin, end, ' ');
  if (space == end) return std::nullopt;
  nanoseconds::rep waited = 0;
  const auto [stop, error] = std::from_chars(space + 1, end, waited);
  return error == std::errc() ? std::optional(nanoseconds(waited)) : std::nullopt;
}

}  // namespace assay::load
