// The head of an HTTP/1.x reply as a client reads it: what it says of the reply and where the body
// ends. Pure; any thread; views point into the bytes given.
//
// As strict as our server is with requests, because a baseline whose replies are read in two ways
// is not doing equal work: no bare line feeds, no folded fields, one agreed length.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

namespace assay::load {

// What was wrong with the bytes of a reply. `text` says it as part of a sentence.
enum class Fault {
  status_line,
  field,
  line_end,
  length,
  two_lengths,
  coding,
  chunk,
  endless_head,
  excess
};
std::string_view text(Fault fault) noexcept;

struct ReplyHead {
  enum class Body { none, length, chunked, until_close };

  int status = 0;
  std::string_view content_type;
  Body body = Body::until_close;
  std::uint64_t length = 0;  // of a Body::length
  bool close = false;        // the server says that it takes no further request on this connection
};

// `head` runs from the status line through the CR LF of the last field, without the empty line.
std::variant<ReplyHead, Fault> parse_head(std::string_view head) noexcept;

}  // namespace assay::load
