#include "harness/truth/request_ends.h"

#include <algorithm>

namespace assay::truth {
namespace {

constexpr std::string_view end = "\r\n\r\n";

std::uint8_t matched_after(std::uint8_t matched, char byte) {
  if (byte == end[matched]) return matched + 1;
  return byte == end.front() ? 1 : 0;
}

}  // namespace

// Byte by byte only where an end may have been split; in between the library searches faster.
std::size_t RequestEnds::in(std::string_view bytes) noexcept {
  std::size_t count = 0;
  std::size_t at = 0;
  for (; matched_ > 0 && at < bytes.size(); ++at) {
    matched_ = matched_after(matched_, bytes[at]);
    if (matched_ < end.size()) continue;
    matched_ = 0;
    ++count;
  }
  if (matched_ > 0) return count;
  for (std::size_t found = bytes.find(end, at); found != bytes.npos; found = bytes.find(end, at)) {
    at = found + end.size();
    ++count;
  }
  at = std::max(at, bytes.size() - std::min(bytes.size(), end.size() - 1));
  for (; at < bytes.size(); ++at) matched_ = matched_after(matched_, bytes[at]);
  return count;
}

}  // namespace assay::truth
