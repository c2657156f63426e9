#include "server/wire/reply_stream.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <limits>
#include <utility>

namespace assay::wire {
namespace {

constexpr std::string_view end_of_line = "\r\n";

// Lengths that no body has.
constexpr std::uint64_t chunks = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t any = chunks - 1;

}  // namespace

ReplyStream::ReplyStream(std::unique_ptr<BodySource> source, std::uint64_t left)
    : source_(std::move(source)), left_(left) {}

ReplyStream ReplyStream::in_chunks(std::unique_ptr<BodySource> source) {
  return {std::move(source), chunks};
}

ReplyStream ReplyStream::of_length(std::unique_ptr<BodySource> source, std::uint64_t bytes) {
  return {std::move(source), bytes};
}

ReplyStream ReplyStream::to_the_end(std::unique_ptr<BodySource> source) {
  return {std::move(source), any};
}

ReplyStream::State ReplyStream::append_pieces(std::string& out, std::string& scratch) {
  constexpr std::size_t enough_bytes = 16 * 1024;  // for one write
  constexpr int enough_pieces = 64;                // for one turn
  State state = State::more;
  for (int i = 0; i < enough_pieces && out.size() < enough_bytes && state == State::more; ++i) {
    const std::size_t before = out.size();
    // A source that throws has no end to give: the peer sees a body that is cut off.
    try {
      state = append_piece(out, scratch);
    } catch (...) {
      state = State::broken;
    }
    if (state == State::broken) out.resize(before);
  }
  if (state != State::more) close();
  return state;
}

ReplyStream::State ReplyStream::append_piece(std::string& out, std::string& scratch) {
  if (left_ != chunks) return append_plain(out);
  scratch.clear();
  const bool more = source_->more(scratch);
  append_chunk(out, scratch);
  if (!more) append_last_chunk(out);
  return more ? State::more : State::ended;
}

ReplyStream::State ReplyStream::append_plain(std::string& out) {
  const std::size_t before = out.size();
  const bool more = source_->more(out);
  if (left_ == any) return more ? State::more : State::ended;
  const std::size_t given = out.size() - before;
  if (given > left_) return State::broken;
  left_ -= given;
  if (more) return State::more;
  return left_ == 0 ? State::ended : State::broken;
}

void append_chunk(std::string& out, std::string_view piece) {
  if (piece.empty()) return;  // a size of 0 would end the body
  std::array<char, 16> digits;
  char* const begin = digits.data();
  const char* end = std::to_chars(begin, begin + digits.size(), piece.size(), 16).ptr;
  const std::string_view size(begin, static_cast<std::size_t>(end - begin));
  out.append(size).append(end_of_line).append(piece).append(end_of_line);
}

void append_last_chunk(std::string& out) { out += "0\r\n\r\n"; }

}  // namespace assay::wire
