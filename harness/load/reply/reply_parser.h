// Finds one HTTP/1.x reply in bytes that arrive in pieces, and hands out its body piece by piece,
// without copying it: only a head that is split over two receives is put together in a buffer.
//
// Belongs to one connection. However the bytes are split, the head, the sum of the pieces and the
// end are the same. Views end with the next call. Interim replies (100, 103) are passed over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "harness/load/reply/reply_head.h"

namespace assay::load {

class ReplyParser {
 public:
  enum class Next { more, head, body, complete, fault };
  struct Step {
    Next next = Next::more;  // what this step found; `more`: it needs further bytes
    std::size_t used = 0;    // bytes of the input that it took
    std::string_view body;   // the piece, for Next::body; points into the input
  };
  static constexpr std::size_t head_limit_bytes = 65536;

  void start(bool asked_for_head_only);  // before each reply
  Step feed(std::string_view bytes);     // call again with the rest until it says more or complete
  Step end_of_stream();                  // complete, or more when the reply is cut short

  const ReplyHead& head() const { return head_; }  // once a step said head
  Fault fault() const { return fault_; }           // once a step said fault
  // What was kept of a head that came in pieces, up to the fault.
  std::string_view split_head() const { return split_head_; }
  bool has_begun() const { return state_ != State::head || !split_head_.empty(); }

 private:
  enum class State {
    head,
    none,
    length,
    until_close,
    size,
    size_ignored,
    size_end,
    chunk,
    chunk_return,
    chunk_end,
    trailer,
    trailer_ignored,
    trailer_end,
    complete
  };

  Step feed_head(std::string_view bytes);
  Step take_head(std::string_view head, std::size_t used);
  Step feed_counted(std::string_view bytes, State after);
  Step feed_framing(std::string_view bytes);
  bool take_framing(char byte);
  bool take_size(char byte);
  void take_line_end(char byte);
  Step failed(Fault fault, std::size_t used);

  State state_ = State::head;
  bool asked_for_head_only_ = false;
  ReplyHead head_;
  Fault fault_ = Fault::status_line;
  std::uint64_t remaining_ = 0;  // of a body of known length, or of a chunk
  unsigned size_digits_ = 0;     // of the chunk size read so far
  std::string split_head_;       // what came so far of a head that came in pieces
};

}  // namespace assay::load
