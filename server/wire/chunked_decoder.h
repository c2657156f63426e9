// The body of a message in chunks (RFC 9112, 7.1), decoded as it arrives.
//
// One decoder for one body, used by one connection. However the bytes are split, the outcome is the
// same, and nothing of them is kept. Refuses what two readers may frame differently: a bare CR or
// LF, a blank after a size, a size of more than 16 digits. Extensions and trailers are checked and
// dropped. After `done` or `refused` it takes nothing more.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/wire/refusal.h"

namespace assay::wire {

struct ChunkLimits {
  std::uint64_t body_bytes;
  std::size_t extension_bytes = 4096;  // of all chunks together
  std::size_t trailer_bytes = 4096;    // of all field lines together, with their line ends
  std::size_t trailers = 100;
};

class ChunkedDecoder {
 public:
  enum class State : std::uint8_t { more, done, refused };
  struct Step {
    State state = State::more;
    std::size_t used = 0;  // of the input: for `more` all of it, for `done` through the last CRLF
    Refusal refusal = Refusal::none;
  };

  // Appends what it decodes to `body`. REQUIRES: the same limits for the whole of a body
  Step decode(std::string_view bytes, std::string& body, const ChunkLimits& limits);

 private:
  // What the next byte belongs to. The order counts: is_extension and decode compare.
  enum class Part : std::uint8_t {
    size,
    size_end,
    before_semicolon,
    before_name,
    name,
    after_name,
    before_value,
    token_value,
    quoted_value,
    escaped,
    after_value,
    data,
    data_return,
    data_end,
    line_start,
    field_name,
    field_value,
    field_end,
    last_end,
    done,
    refused
  };

  static bool is_extension(Part part);
  static Part after_element(char byte);
  static Part after_blank(Part part, char byte);
  static Part after_name_byte(Part part, char byte);
  static Part after_value_byte(Part part, char byte);
  static Part after_trailer_byte(Part part, char byte);
  Part after(char byte, const ChunkLimits& limits);
  Part after_size_byte(char byte, const ChunkLimits& limits);
  Part counted(Part next, const ChunkLimits& limits);
  Part counted_trailer(char byte, const ChunkLimits& limits);
  std::size_t take_data(std::string_view bytes, std::string& body);

  Part part_ = Part::size;
  Refusal refusal_ = Refusal::malformed;  // what `refused` means, unless a limit says otherwise
  unsigned size_digits_ = 0;
  std::uint64_t remaining_ = 0;  // of the chunk
  std::uint64_t decoded_ = 0;    // of all chunks, this one included
  std::size_t extension_bytes_ = 0;
  std::size_t trailer_bytes_ = 0;
  std::size_t trailers_ = 0;
};

}  // namespace assay::wire
