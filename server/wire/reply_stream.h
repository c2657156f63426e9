// The body of a reply that is streamed: asks its source for pieces, and frames them.
//
// Belongs to one connection. Never gives more than a length that was promised; a source that throws
// or does not keep that promise breaks the stream, and nothing of it follows.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/wire/body_source.h"

namespace assay::wire {

class ReplyStream {
 public:
  enum class State : std::uint8_t { more, ended, broken };

  ReplyStream() = default;
  static ReplyStream in_chunks(std::unique_ptr<BodySource> source);
  static ReplyStream of_length(std::unique_ptr<BodySource> source, std::uint64_t bytes);
  // Of any length: where the connection ends, so does the body.
  static ReplyStream to_the_end(std::unique_ptr<BodySource> source);

  bool is_open() const { return source_ != nullptr; }
  void close() { source_.reset(); }
  // Appends to `out` what is enough for one write, but only so many pieces: others want their turn.
  // Closes itself where there is no more. REQUIRES: is_open(); `scratch` is anybody's
  State append_pieces(std::string& out, std::string& scratch);

 private:
  ReplyStream(std::unique_ptr<BodySource> source, std::uint64_t left);

  State append_piece(std::string& out, std::string& scratch);
  State append_plain(std::string& out);

  std::unique_ptr<BodySource> source_;
  std::uint64_t left_ = 0;  // of the length, or one of two that no body has
};

// One piece of a body in chunks: its size, itself, and the end of a line (RFC 9112, 7.1).
void append_chunk(std::string& out, std::string_view piece);
void append_last_chunk(std::string& out);

}  // namespace assay::wire
