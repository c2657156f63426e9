#include "harness/cost/reply_count.h"

#include <algorithm>

namespace assay::cost {
namespace {

constexpr std::string_view beginning = "HTTP/1.1 200";

constexpr int ok = 200;

}  // namespace

ReplyCount::ReplyCount(std::optional<std::size_t> reply_bytes)
    : reply_bytes_(reply_bytes.value_or(0)) {
  parser_.start(false);
}

std::size_t ReplyCount::in(std::string_view bytes) {
  return reply_bytes_ == 0 ? in_different(bytes) : in_alike(bytes);
}

std::size_t ReplyCount::in_different(std::string_view bytes) {
  using Next = load::ReplyParser::Next;
  std::size_t count = 0;
  while (is_right_) {
    const load::ReplyParser::Step step = parser_.feed(bytes);
    bytes.remove_prefix(step.used);
    offset_ += step.used;
    if (step.next == Next::more) break;
    if (step.next == Next::fault) is_right_ = false;
    if (step.next == Next::head) is_right_ = parser_.head().status == ok;
    if (step.next != Next::complete) continue;
    offset_ = 0;
    ++count;
    parser_.start(false);
  }
  return count;
}

std::size_t ReplyCount::in_alike(std::string_view bytes) noexcept {
  std::size_t count = 0;
  while (!bytes.empty()) {
    if (offset_ < beginning.size()) {
      const std::string_view awaited = beginning.substr(offset_, bytes.size());
      is_right_ = is_right_ && bytes.starts_with(awaited);
    }
    const std::size_t taken = std::min(reply_bytes_ - offset_, bytes.size());
    bytes.remove_prefix(taken);
    offset_ += taken;
    if (offset_ < reply_bytes_) continue;
    offset_ = 0;
    ++count;
  }
  return count;
}

}  // namespace assay::cost
