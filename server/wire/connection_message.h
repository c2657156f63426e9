// A request up to its body, which the views of `head` and `target` point in front of. One after the
// other, while the bytes of the first are there: those that are sent together nearly always have
// the same fields, which are then neither read nor judged again.
//
// For connection.cpp alone, which is fast because it sees all of this.
#pragma once
#include <cstddef>
#include <string_view>

#include "server/wire/connection.h"
#include "server/wire/head_parser.h"
#include "server/wire/head_rules.h"
#include "server/wire/request_target.h"
#include "server/wire/usual_head.h"

namespace assay::wire {

struct Connection::Message {
  RequestHead head;
  RequestTarget target;
  Framing framing;
  std::string_view fields;  // of a usual head, as they were sent, through the empty line
  bool has_same_fields = false;

  // The length of the usual head at the start of `bytes`, or 0.
  std::size_t read_usual(std::string_view bytes) {
    const int version = head.version;
    const std::size_t line = read_usual_line(bytes, head);
    const std::string_view rest = bytes.substr(line);
    has_same_fields =
        line > 0 && head.version == version && !fields.empty() && rest.starts_with(fields);
    if (!has_same_fields) {
      head.clear();
      fields = rest.substr(0, line == 0 ? 0 : read_usual_fields(rest, head));
    }
    return fields.empty() ? 0 : line + fields.size();
  }

  // `bytes` is one whole head, as head_length measures it. REQUIRES: no usual one was read
  Refusal parse(std::string_view bytes, const Limits& limits) {
    const Refusal fault = parse_head(bytes, head);
    return fault == Refusal::none ? judge(limits) : fault;
  }

  // REQUIRES: the head is read
  Refusal judge(const Limits& limits) {
    if (head.fields().size() > limits.fields) return Refusal::fields_too_large;
    const Framing found = has_same_fields ? framing : framing_of(head);
    if (found.refusal != Refusal::none) return found.refusal;
    // RFC 9110, 9.3.6: what follows a CONNECT may be a tunnel, so nothing after it is looked at.
    if (head.method == Method::connect) return Refusal::not_implemented;
    if (head.target.size() > limits.target_bytes) return Refusal::target_too_long;
    if (head.has_plain_target) {
      target = {head.target, {}, {}};
    } else {
      const auto parts = parse_target(head);
      if (!parts) return Refusal::malformed;
      target = *parts;
    }
    // Not before: what was just written byte by byte is read as a whole, for which the processor
    // would wait.
    framing = found;
    return is_misdirected(limits) ? Refusal::misdirected : Refusal::none;
  }

  // RFC 9110, 7.4: a target of https that comes in the clear is no such thing any more.
  bool is_misdirected(const Limits& limits) const {
    return !limits.secure && same_name(target.scheme, "https");
  }
};

}  // namespace assay::wire
