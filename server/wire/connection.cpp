#include "server/wire/connection.h"

#include <algorithm>

#include "server/wire/head_parser.h"
#include "server/wire/head_rules.h"
#include "server/wire/request_target.h"

namespace assay::wire {
namespace {

constexpr std::size_t incomplete = 0;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// What one large message needed is not kept for the life of the connection.
void clear(std::string& buffer) {
  constexpr std::size_t kept_bytes = 64 * 1024;
  buffer.clear();
  if (buffer.capacity() > kept_bytes) buffer.shrink_to_fit();
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
  if (!waiting_ && pending_.size() >= expected_) consume_pending();
}

void Connection::consume_pending() {
  pending_.erase(0, consume(pending_));
  if (pending_.empty()) clear(pending_);
}

// Answers every whole request in `bytes` while there is room for replies; returns how many bytes
// that took.
std::size_t Connection::consume(std::string_view bytes) {
  std::size_t used = 0;
  waiting_ = false;
  while (used < bytes.size() && !closing_) {
    waiting_ = buffers_.output.size() >= limits_.output_bytes;
    if (waiting_) return used;
    const std::size_t length = consume_one(bytes.substr(used));
    if (length == incomplete) return used;
    used += length;
    searched_ = 0;
    expected_ = 0;
  }
  return closing_ ? bytes.size() : used;
}

std::size_t Connection::consume_one(std::string_view bytes) {
  if (bytes.substr(0, 2) == "\r\n") return pass_over_empty_line();
  if (bytes == "\r") return incomplete;
  const std::size_t head_bytes = head_length(bytes);
  if (head_bytes == incomplete || closing_) return head_bytes;

  RequestHead head;
  const Refusal fault = parse_head(bytes.substr(0, head_bytes), head);
  if (fault != Refusal::none) return refuse(fault);
  const Framing framing = framing_of(head);
  if (framing.refusal != Refusal::none) return refuse(framing.refusal);
  if (head.target.size() > limits_.target_bytes) return refuse(Refusal::target_too_long);
  const auto target = parse_target(head);
  if (!target) return refuse(Refusal::malformed);
  if (framing.body_bytes > limits_.body_bytes) return refuse(Refusal::body_too_large);

  const std::size_t length = head_bytes + static_cast<std::size_t>(framing.body_bytes);
  if (bytes.size() < length) {
    expected_ = length;
    return incomplete;
  }
  const std::string_view body = bytes.substr(head_bytes, length - head_bytes);
  answer({head, target->path, target->query, body}, framing.keep_alive);
  return length;
}

// RFC 9112, 2.2: an empty line before a request is ignored, for clients that send one too many. Not
// more than one: they would keep a connection open that asks for nothing.
std::size_t Connection::pass_over_empty_line() {
  if (empty_line_) return refuse(Refusal::malformed);
  empty_line_ = true;
  return 2;
}

// The length of the head at the start of `bytes`. Looks at each byte once, however they arrive, and
// refuses as soon as they are there: a line that ends in a bare LF, and one that starts with a
// blank, which continues the field before it (RFC 9112, 5.2). Beast would join such a field in a
// buffer that is gone before the handler reads it.
std::size_t Connection::head_length(std::string_view bytes) {
  // No further, so that the verdict on a long head does not depend on how much of it is here.
  const std::string_view head = bytes.substr(0, limits_.head_bytes);
  std::size_t from = searched_;
  for (;;) {
    const bool starts_line = from > 0 && from < head.size() && head[from - 1] == '\n';
    if (starts_line && is_blank(head[from])) return refuse(Refusal::malformed);
    const std::size_t at = head.find('\n', from);
    if (at == head.npos) break;
    if (at == 0 || head[at - 1] != '\r') return refuse(Refusal::malformed);
    if (at >= 3 && head[at - 2] == '\n') return at + 1;
    from = at + 1;
  }
  searched_ = head.size();
  if (bytes.size() <= limits_.head_bytes) return incomplete;
  const bool first_line = head.find('\n') == head.npos;
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

void Connection::answer(const Request& request, bool keep_alive) {
  const bool stays = keep_alive && limits_.keep_alive;
  ReplyWriter reply(buffers_, date_field_, stays, request.head.method == Method::head);
  handler_.answer(request, reply);
  if (!reply.sent()) reply.send(500, "text/plain; charset=utf-8", "Internal Server Error\n");
  empty_line_ = false;
  asked_to_close_ = !keep_alive;
  closing_ = !stays;
}

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
  clear(buffers_.output);
  clear(buffers_.body);
  if (waiting_) consume_pending();
}

}  // namespace assay::wire
