// A body of multipart/form-data as it arrives, without I/O (RFC 7578; RFC 2046, 5.1).
//
// Belongs to one request. However the body is split, the events are the same, but for how a part's
// content is divided. Time is linear in the body, also for one full of almost-boundaries, and of
// the content nothing is kept. Refuses a line that starts with the boundary and is no delimiter: of
// two readers one might take it for content. Nothing after the closing boundary is interpreted.
//
//   body      = [preamble CRLF] dash-boundary *WSP CRLF part *(delimiter *WSP CRLF part) delimiter
//   "--" delimiter = CRLF "--" boundary        part = *(field CRLF) CRLF content
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/forms/form_error.h"
#include "server/forms/form_limits.h"
#include "server/forms/part_head.h"

namespace assay::forms {

// The boundary of a multipart Content-Type's parameter: 1 to 70 of RFC 2046's characters, the last
// one no space.
bool is_boundary(std::string_view text);

class MultipartReader {
 public:
  enum class Event : std::uint8_t { more, part, content, part_end, error };
  struct Step {
    Event event = Event::more;
    std::string_view content;                 // valid until the reader or the bytes change
    FormError error = FormError::unfinished;  // what `error` means
  };

  explicit MultipartReader(std::string_view boundary);  // REQUIRES: is_boundary(boundary)

  // Takes the bytes of one event off the front; `more` when all are used. The same limits always.
  Step next(std::string_view& bytes, const FormLimits& limits);
  const PartHead& part() const { return part_; }  // since the last event `part`
  bool is_whole() const { return state_ == State::epilogue; }

 private:
  // What the next byte belongs to.
  enum class State : std::uint8_t {
    preamble,
    content,
    after_boundary,
    padding,
    padding_end,
    closing,
    head,
    epilogue,
    refused
  };
  struct Found {
    std::size_t at;       // where the delimiter starts, or what may become one, or the end
    std::size_t matched;  // how much of the delimiter stands there
  };

  Step take(std::string_view& bytes, const FormLimits& limits);
  Step take_content(std::string_view& bytes, const FormLimits& limits);
  Step take_held(std::string_view& bytes, const FormLimits& limits);
  Step passed(std::string_view content, const FormLimits& limits);
  Step end_content();
  Step take_head(std::string_view& bytes, const FormLimits& limits);
  Step end_head(const FormLimits& limits);
  Step take_margin(std::size_t count, const FormLimits& limits);
  Step take_delimiter_end(std::string_view& bytes);
  static State after_delimiter_byte(State state, char byte);
  Step refuse(FormError error);
  Found find_delimiter(std::string_view bytes) const;
  Found find_start(std::string_view bytes, std::size_t at) const;
  static std::size_t same_length(std::string_view bytes, std::string_view other);

  std::string delimiter_;                  // CR LF "--" boundary
  std::array<std::uint8_t, 256> shift_{};  // by the byte at a delimiter's last place: how far to go
  State state_ = State::preamble;
  std::size_t matched_ = 2;  // of the delimiter, at the end of what came; at first its CR LF
  std::size_t margin_bytes_ = 0;
  std::size_t line_from_ = 0;  // in head_
  std::string head_;
  PartHead part_;
  FormError error_ = FormError::unfinished;
};

}  // namespace assay::forms
