#include "server/wire/connection.h"

#include <algorithm>
#include <cstring>

#include "server/wire/head_parser.h"
#include "server/wire/head_rules.h"

namespace assay::wire {
namespace {

constexpr std::size_t incomplete = 0;

Request request_of(const RequestHead& head, std::string_view body) {
  const std::size_t mark = std::min(head.target.find('?'), head.target.size());
  const std::size_t query = std::min(mark + 1, head.target.size());
  return {head, head.target.substr(0, mark), head.target.substr(query), body};
}

}  // namespace

void Connection::receive(std::string_view bytes) {
  if (closing_) return;
  if (pending_.empty()) {
    // The usual case: whole requests, answered where they lie, nothing copied.
    pending_ = bytes.substr(consume(bytes));
    return;
  }
  pending_ += bytes;
  if (pending_.size() < expected_) return;
  pending_.erase(0, consume(pending_));
}

// Answers every whole request in `bytes`; returns how many bytes that took.
std::size_t Connection::consume(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && !closing_) {
    const std::size_t length = consume_one(bytes.substr(used));
    if (length == incomplete) return used;
    used += length;
    searched_ = 0;
    expected_ = 0;
  }
  return closing_ ? bytes.size() : used;
}

std::size_t Connection::consume_one(std::string_view bytes) {
  // RFC 9112, 2.2: an empty line before a request is ignored, for clients that send one too many.
  if (bytes.substr(0, 2) == "\r\n") return 2;
  if (bytes == "\r") return incomplete;
  const std::size_t head_bytes = head_length(bytes);
  if (head_bytes == incomplete || closing_) return head_bytes;

  RequestHead head;
  const Refusal fault = parse_head(bytes.substr(0, head_bytes), head);
  if (fault != Refusal::none) return refuse(fault);
  const Framing framing = framing_of(head);
  if (framing.refusal != Refusal::none) return refuse(framing.refusal);
  if (head.target.size() > limits_.target_bytes) return refuse(Refusal::target_too_long);
  if (framing.body_bytes > limits_.body_bytes) return refuse(Refusal::body_too_large);

  const std::size_t length = head_bytes + static_cast<std::size_t>(framing.body_bytes);
  if (bytes.size() < length) {
    expected_ = length;
    return incomplete;
  }
  answer(head, bytes.substr(head_bytes, length - head_bytes), framing.keep_alive);
  return length;
}

// The length of the head at the start of `bytes`. Looks at each byte once, however they arrive, and
// refuses a line that ends in a bare LF as soon as it is there.
std::size_t Connection::head_length(std::string_view bytes) {
  std::size_t from = std::min(searched_, bytes.size());
  for (;;) {
    const auto* found =
        static_cast<const char*>(std::memchr(bytes.data() + from, '\n', bytes.size() - from));
    if (found == nullptr) break;
    const auto at = static_cast<std::size_t>(found - bytes.data());
    if (at + 1 > limits_.head_bytes) return refuse(Refusal::fields_too_large);
    if (at == 0 || bytes[at - 1] != '\r') return refuse(Refusal::malformed);
    if (at >= 3 && bytes[at - 2] == '\n') return at + 1;
    from = at + 1;
  }
  searched_ = bytes.size();
  if (bytes.size() <= limits_.head_bytes) return incomplete;
  const bool first_line = bytes.find('\n') == bytes.npos;
  return refuse(first_line ? Refusal::target_too_long : Refusal::fields_too_large);
}

// Answers with the refusal's status and lets nothing after it be read.
std::size_t Connection::refuse(Refusal refusal) {
  const int status = status_of(refusal);
  ReplyWriter reply(buffers_, date_field_, false, false);
  reply.body().append(reason_of(status)) += '\n';
  reply.send_body(status, "text/plain; charset=utf-8");
  refused_ = true;
  closing_ = true;
  return 1;
}

void Connection::answer(const RequestHead& head, std::string_view body, bool keep_alive) {
  const bool stays = keep_alive && limits_.keep_alive;
  ReplyWriter reply(buffers_, date_field_, stays, head.method == Method::head);
  handler_.answer(request_of(head, body), reply);
  if (!reply.sent()) reply.send(500, "text/plain; charset=utf-8", "Internal Server Error\n");
  closing_ = !stays;
}

void Connection::end() { closing_ = true; }

Connection::Needs Connection::needs() const {
  if (written_ < buffers_.output.size()) return Needs::write;
  return closing_ ? Needs::close : Needs::bytes;
}

std::string_view Connection::output() const {
  return std::string_view(buffers_.output).substr(written_);
}

void Connection::wrote(std::size_t bytes) {
  written_ += bytes;
  if (written_ < buffers_.output.size()) return;
  written_ = 0;
  buffers_.output.clear();
}

}  // namespace assay::wire
