#include "harness/load/reply/reply_parser.h"

#include <algorithm>
#include <utility>

namespace assay::load {
namespace {

constexpr std::string_view end_of_head = "\r\n\r\n";
constexpr unsigned most_size_digits = 15;  // 2^60 bytes; more would overflow what remains

// Among the bytes from there on.
bool has_bare_line_feed(std::string_view head, std::size_t from = 0) {
  for (std::size_t at = head.find('\n', from); at != head.npos; at = head.find('\n', at + 1)) {
    if (at == 0 || head[at - 1] != '\r') return true;
  }
  return false;
}

int hex_digit(char byte) {
  if (byte >= '0' && byte <= '9') return byte - '0';
  if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
  if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
  return -1;
}

}  // namespace

void ReplyParser::start(bool asked_for_head_only) {
  state_ = State::head;
  asked_for_head_only_ = asked_for_head_only;
  split_head_.clear();
}

ReplyParser::Step ReplyParser::feed(std::string_view bytes) {
  switch (state_) {
    case State::head: return feed_head(bytes);
    case State::none: state_ = State::complete; return {Next::complete, 0, {}};
    case State::complete: return {Next::complete, 0, {}};
    case State::length: return feed_counted(bytes, State::none);
    case State::chunk: return feed_counted(bytes, State::chunk_return);
    case State::until_close:
      if (bytes.empty()) return {};
      return {Next::body, bytes.size(), bytes};
    default: return feed_framing(bytes);
  }
}

ReplyParser::Step ReplyParser::end_of_stream() {
  if (state_ == State::until_close || state_ == State::none) state_ = State::complete;
  return {state_ == State::complete ? Next::complete : Next::more, 0, {}};
}

ReplyParser::Step ReplyParser::feed_head(std::string_view bytes) {
  if (split_head_.empty()) {
    const std::size_t end = bytes.find(end_of_head);
    if (end != std::string_view::npos) return take_head(bytes.substr(0, end + 2), end + 4);
  }
  // The end of the head may itself be split, so look again at the last three bytes kept.
  const std::size_t kept = split_head_.size();
  split_head_.append(bytes.substr(0, head_limit_bytes));
  const std::size_t end = split_head_.find(end_of_head, kept < 3 ? 0 : kept - 3);
  if (end != std::string::npos) {
    return take_head(std::string_view(split_head_).substr(0, end + 2), end + 4 - kept);
  }
  if (split_head_.size() >= head_limit_bytes) return failed(Fault::endless_head, bytes.size());
  // A peer that speaks something else may never send the empty line; do not wait for it.
  constexpr std::string_view protocol = "HTTP/1.";
  const std::size_t known = std::min(split_head_.size(), protocol.size());
  if (split_head_.compare(0, known, protocol, 0, known) != 0) {
    return failed(Fault::status_line, bytes.size());
  }
  // Nor for one whose lines end in line feeds alone, so that the empty line is none.
  if (has_bare_line_feed(split_head_, kept)) return failed(Fault::line_end, bytes.size());
  return {Next::more, bytes.size(), {}};
}

ReplyParser::Step ReplyParser::take_head(std::string_view bytes, std::size_t used) {
  const auto parsed = parse_head(bytes);
  if (const Fault* fault = std::get_if<Fault>(&parsed)) {
    // Which is found first depends on how the bytes were split, unless this one always is.
    const bool is_http = *fault != Fault::status_line;
    return failed(is_http && has_bare_line_feed(bytes) ? Fault::line_end : *fault, used);
  }
  head_ = *std::get_if<ReplyHead>(&parsed);
  if (head_.status < 200 && head_.status != 101) {
    split_head_.clear();
    return {Next::more, used, {}};
  }
  remaining_ = head_.length;
  size_digits_ = 0;
  switch (asked_for_head_only_ ? ReplyHead::Body::none : head_.body) {
    case ReplyHead::Body::none: state_ = State::none; break;
    case ReplyHead::Body::length: state_ = remaining_ == 0 ? State::none : State::length; break;
    case ReplyHead::Body::chunked:
      state_ = State::size;
      remaining_ = 0;
      break;
    case ReplyHead::Body::until_close:
      state_ = State::until_close;
      head_.close = true;
      break;
  }
  return {Next::head, used, {}};
}

ReplyParser::Step ReplyParser::feed_counted(std::string_view bytes, State after) {
  if (bytes.empty()) return {};
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, bytes.size()));
  remaining_ -= size;
  if (remaining_ == 0) state_ = after;
  return {Next::body, size, bytes.substr(0, size)};
}

ReplyParser::Step ReplyParser::feed_framing(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size()) {
    if (!take_framing(bytes[used++])) return failed(Fault::chunk, used);
    if (state_ == State::complete) return {Next::complete, used, {}};
    if (state_ == State::chunk) {
      Step step = feed_counted(bytes.substr(used), State::chunk_return);
      step.used += used;
      return step;
    }
  }
  return {Next::more, used, {}};
}

// The bytes around chunks (RFC 9112, 7.1). Extensions and trailers are read and not used.
bool ReplyParser::take_framing(char byte) {
  const auto expect = [&](char wanted, State after) {
    state_ = after;
    return byte == wanted;
  };
  switch (state_) {
    case State::size: return take_size(byte);
    case State::size_ignored:
      if (byte == '\r') state_ = State::size_end;
      return byte != '\n';
    case State::size_end: return expect('\n', remaining_ == 0 ? State::trailer : State::chunk);
    case State::chunk_return: size_digits_ = 0; return expect('\r', State::chunk_end);
    case State::chunk_end: return expect('\n', State::size);
    case State::trailer_end: return expect('\n', State::complete);
    default: take_line_end(byte); return true;
  }
}

bool ReplyParser::take_size(char byte) {
  const int digit = hex_digit(byte);
  if (digit >= 0) {
    remaining_ = remaining_ * 16 + static_cast<unsigned>(digit);
    return ++size_digits_ <= most_size_digits;
  }
  state_ = byte == '\r' ? State::size_end : State::size_ignored;
  return size_digits_ > 0 && (byte == '\r' || byte == ';' || byte == ' ' || byte == '\t');
}

void ReplyParser::take_line_end(char byte) {
  if (state_ == State::trailer) {
    state_ = byte == '\r' ? State::trailer_end : State::trailer_ignored;
  } else if (byte == '\n') {
    state_ = State::trailer;
  }
}

ReplyParser::Step ReplyParser::failed(Fault fault, std::size_t used) {
  fault_ = fault;
  return {Next::fault, used, {}};
}

}  // namespace assay::load
