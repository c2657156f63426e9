#include "server/wire/connection.h"

#include <algorithm>
#include <utility>

#include "server/wire/characters.h"
#include "server/wire/head_parser.h"
#include "server/wire/request_target.h"

namespace assay::wire {
namespace {

constexpr std::size_t incomplete = 0;

}  // namespace

// A request up to its body, which the views of `head` and `target` point in front of.
struct Connection::Message {
  RequestHead head;
  RequestTarget target;
  Framing framing;

  Refusal read(std::string_view bytes, const Limits& limits) {
    const Refusal fault = parse_head(bytes, head);
    if (fault != Refusal::none) return fault;
    if (head.fields().size() > limits.fields) return Refusal::fields_too_large;
    framing = framing_of(head);
    if (framing.refusal != Refusal::none) return framing.refusal;
    // RFC 9110, 9.3.6: what follows a CONNECT may be a tunnel, so nothing after it is looked at.
    if (head.method == Method::connect) return Refusal::not_implemented;
    if (head.target.size() > limits.target_bytes) return Refusal::target_too_long;
    const auto parts = parse_target(head);
    if (!parts) return Refusal::malformed;
    target = *parts;
    if (is_misdirected(limits)) return Refusal::misdirected;
    return framing.body_bytes > limits.body_bytes ? Refusal::body_too_large : Refusal::none;
  }

  // RFC 9110, 7.4: a target of https that comes in the clear is no such thing any more.
  bool is_misdirected(const Limits& limits) const {
    return !limits.secure && same_name(target.scheme, "https");
  }
};

void Connection::receive(std::string_view bytes, ReplyBuffers& buffers) {
  if (closing_) return;
  receive_more(bytes, buffers);
  lend(buffers);
}

void Connection::receive_more(std::string_view bytes, ReplyBuffers& buffers) {
  if (head_bytes_ > 0) bytes = receive_chunks(bytes, buffers);
  if (bytes.empty() || closing_) return;
  if (pending_.empty() && !must_write_first(buffers)) {
    // The usual case: whole requests, answered where they lie, nothing copied.
    const std::string_view rest = bytes.substr(consume(bytes, buffers));
    // Of a request in chunks only the head is kept: the decoder has had the rest.
    if (!rest.empty()) pending_ = head_bytes_ > 0 ? rest.substr(0, head_bytes_) : rest;
    return;
  }
  pending_ += bytes;
  if (pending_.size() >= expected_) consume_pending(buffers);
}

// Decodes on where the last bytes ended; returns the bytes that come after the body.
std::string_view Connection::receive_chunks(std::string_view bytes, ReplyBuffers& buffers) {
  const ChunkedDecoder::Step step = decoder_.decode(bytes, decoded_, chunk_limits());
  if (step.state == ChunkedDecoder::State::refused) refuse(step.refusal, buffers);
  if (step.state != ChunkedDecoder::State::done) return {};
  Message message;
  message.read(std::string_view(pending_).substr(0, head_bytes_), limits_);  // was good before
  head_bytes_ = 0;
  answer(message, decoded_, buffers);
  std::string().swap(decoded_);
  std::string().swap(pending_);
  searched_ = 0;
  return bytes.substr(step.used);
}

void Connection::consume_pending(ReplyBuffers& buffers) {
  pending_.erase(0, consume(pending_, buffers));
  if (head_bytes_ > 0) pending_.resize(head_bytes_);
  if (pending_.empty()) std::string().swap(pending_);  // an idle connection holds no memory
}

// Answers every whole request in `bytes` while there is room for replies; returns how many bytes
// that took.
std::size_t Connection::consume(std::string_view bytes, ReplyBuffers& buffers) {
  std::size_t used = 0;
  waiting_ = false;
  while (used < bytes.size() && !closing_) {
    waiting_ = must_write_first(buffers);
    if (waiting_) return used;
    const std::size_t length = consume_one(bytes.substr(used), buffers);
    if (length == incomplete) return used;
    used += length;
    searched_ = 0;
    expected_ = 0;
  }
  return closing_ ? bytes.size() : used;
}

bool Connection::must_write_first(const ReplyBuffers& buffers) const {
  return buffers.output.size() >= limits_.output_bytes || !buffers.tail.empty() ||
         buffers.split_at > 0 || source_ != nullptr;
}

std::size_t Connection::consume_one(std::string_view bytes, ReplyBuffers& buffers) {
  if (bytes.substr(0, 2) == "\r\n") return pass_over_empty_line(buffers);
  if (bytes == "\r") return incomplete;
  to_head_ = bytes.starts_with("HEAD ");
  const std::size_t head_bytes = head_length(bytes, buffers);
  if (head_bytes == incomplete || closing_) return head_bytes;

  Message message;
  const Refusal fault = message.read(bytes.substr(0, head_bytes), limits_);
  if (fault != Refusal::none) return refuse(fault, buffers);
  ask_for_body(message.framing, buffers);
  const std::string_view rest = bytes.substr(head_bytes);
  if (message.framing.chunked) {
    head_bytes_ = head_bytes;
    return consume_chunked(message, rest, buffers);
  }
  const auto body_bytes = static_cast<std::size_t>(message.framing.body_bytes);
  if (rest.size() < body_bytes) {
    expected_ = head_bytes + body_bytes;
    return incomplete;
  }
  answer(message, rest.substr(0, body_bytes), buffers);
  return head_bytes + body_bytes;
}

// `bytes` is what follows the head. What is not whole yet goes on in `receive_chunks`.
std::size_t Connection::consume_chunked(const Message& message, std::string_view bytes,
                                        ReplyBuffers& buffers) {
  decoder_ = ChunkedDecoder();
  buffers.decoded.clear();
  const ChunkedDecoder::Step step = decoder_.decode(bytes, buffers.decoded, chunk_limits());
  if (step.state == ChunkedDecoder::State::refused) return refuse(step.refusal, buffers);
  if (step.state == ChunkedDecoder::State::more) {
    decoded_.swap(buffers.decoded);
    return incomplete;
  }
  const std::size_t length = std::exchange(head_bytes_, 0) + step.used;
  answer(message, buffers.decoded, buffers);
  return length;
}

// RFC 9112, 2.2: an empty line before a request is ignored, for clients that send one too many. Not
// more than one: they would keep a connection open that asks for nothing.
std::size_t Connection::pass_over_empty_line(ReplyBuffers& buffers) {
  if (empty_line_) return refuse(Refusal::malformed, buffers);
  empty_line_ = true;
  return 2;
}

// The length of the head at the start of `bytes`. Looks at each byte once, however they arrive, and
// refuses as soon as they are there: a line that ends in a bare LF, and one that starts with a
// blank, which continues the field before it (RFC 9112, 5.2). Beast would join such a field in a
// buffer that is gone before the handler reads it.
std::size_t Connection::head_length(std::string_view bytes, ReplyBuffers& buffers) {
  // No further, so that the verdict on a long head does not depend on how much of it is here.
  const std::string_view head = bytes.substr(0, limits_.head_bytes);
  std::size_t from = searched_;
  for (;;) {
    const bool starts_line = from > 0 && from < head.size() && head[from - 1] == '\n';
    if (starts_line && is_blank(head[from])) return refuse(Refusal::malformed, buffers);
    const std::size_t at = head.find('\n', from);
    if (at == head.npos) break;
    if (at == 0 || head[at - 1] != '\r') return refuse(Refusal::malformed, buffers);
    if (at >= 3 && head[at - 2] == '\n') return at + 1;
    from = at + 1;
  }
  searched_ = head.size();
  if (bytes.size() < limits_.head_bytes) return incomplete;
  const bool first_line = head.find('\n') == head.npos;
  return refuse(first_line ? Refusal::target_too_long : Refusal::fields_too_large, buffers);
}

// RFC 9110, 10.1.1. Asked for even where the body is here already: then the replies do not depend
// on how the request was cut.
void Connection::ask_for_body(const Framing& framing, ReplyBuffers& buffers) {
  if (!framing.expects_continue || std::exchange(body_asked_for_, true)) return;
  buffers.output += "HTTP/1.1 100 Continue\r\n\r\n";
}

// Answers with the refusal's status and lets nothing after it be read.
std::size_t Connection::refuse(Refusal refusal, ReplyBuffers& buffers) {
  const int status = status_of(refusal);
  ReplyWriter reply(buffers, date_field_, {.keep_alive = false, .head_only = to_head_});
  reply.body().append(reason_of(status)) += '\n';
  reply.send_body(status, "text/plain; charset=utf-8");
  refused_ = true;
  closing_ = true;
  head_bytes_ = 0;
  return 1;
}

void Connection::refuse_now(Refusal refusal, ReplyBuffers& buffers) {
  if (closing_) return;
  refuse(refusal, buffers);
  std::string().swap(pending_);
  lend(buffers);
}

void Connection::answer(const Message& message, std::string_view body, ReplyBuffers& buffers) {
  ++answered_;
  const bool is_last = close_soon_ || (limits_.requests > 0 && answered_ >= limits_.requests);
  const bool is_1_0 = message.head.version == 10;
  ReplyWriter reply(buffers, date_field_,
                    {.keep_alive = message.framing.keep_alive && limits_.keep_alive && !is_last,
                     .head_only = message.head.method == Method::head,
                     .for_http_1_0 = is_1_0,
                     .split = limits_.split_write});
  const std::size_t before = buffers.output.size();
  bool stays = true;
  try {
    handler_.answer({message.head, message.target.path, message.target.query, body}, reply);
    if (!reply.sent()) reply.send(500, "text/plain; charset=utf-8", "Internal Server Error\n");
    stays = reply.keep_alive();
  } catch (...) {
    answer_for_the_handler(before, buffers);
    stays = false;
  }
  source_ = std::move(buffers.source);
  source_is_chunked_ = !is_1_0;
  to_head_ = false;
  empty_line_ = false;
  body_asked_for_ = false;
  asked_to_close_ = !message.framing.keep_alive;
  closing_ = !stays;
}

// One that throws has a bug that is its own to report. What it has said of this reply is taken
// back; the replies before it leave.
void Connection::answer_for_the_handler(std::size_t before, ReplyBuffers& buffers) {
  buffers.output.resize(before);
  buffers.tail.clear();
  buffers.split_at = 0;
  buffers.source.reset();
  ReplyWriter reply(buffers, date_field_, {.keep_alive = false, .head_only = to_head_});
  reply.send(500, "text/plain; charset=utf-8", "Internal Server Error\n");
}

void Connection::proceed(ReplyBuffers& buffers) {
  if (source_) {
    go_on_streaming(buffers);
  } else if (waiting_) {
    consume_pending(buffers);
  }
  lend(buffers);
}

void Connection::go_on_streaming(ReplyBuffers& buffers) {
  // A source that throws has no end to give: the peer sees a body that is cut off.
  try {
    append_pieces(buffers);
  } catch (...) {
    source_.reset();
    closing_ = true;
    broken_ = true;
  }
}

void Connection::append_pieces(ReplyBuffers& buffers) {
  constexpr std::size_t enough_bytes = 16 * 1024;  // for one write
  constexpr int enough_pieces = 64;                // for one turn: others want theirs
  for (int i = 0; i < enough_pieces && buffers.output.size() < enough_bytes; ++i) {
    buffers.body.clear();
    const bool more = source_->more(buffers.body);
    if (source_is_chunked_) {
      append_chunk(buffers.output, buffers.body);
    } else {
      buffers.output += buffers.body;
    }
    if (more) continue;
    if (source_is_chunked_) append_last_chunk(buffers.output);
    source_.reset();
    return;
  }
}

Connection::Needs Connection::needs() const {
  if (output().size() > 0) return Needs::write;
  if (source_) return Needs::turn;
  if (closing_) return Needs::close;
  return waiting_ ? Needs::turn : Needs::bytes;
}

void Connection::lend(ReplyBuffers& buffers) {
  if (!buffers.output.empty()) lent_ = &buffers;
}

Output Connection::output() const {
  if (lent_ == nullptr) return unwritten_.output();
  const std::string_view output(lent_->output);
  if (lent_->split_at > 0) return {output.substr(0, lent_->split_at), {}};
  return {output, lent_->tail};
}

void Connection::wrote(std::size_t bytes) {
  if (lent_ == nullptr) return unwritten_.wrote(bytes);
  unwritten_.take(*lent_, bytes);
  lent_ = nullptr;
}

Connection::Phase Connection::phase() const {
  const Needs now = needs();
  if (now == Needs::write || now == Needs::turn) return Phase::reply;
  if (head_bytes_ > 0 || expected_ > 0) return Phase::body;
  return pending_.empty() ? Phase::idle : Phase::head;
}

ChunkLimits Connection::chunk_limits() const {
  return {limits_.body_bytes, limits_.extension_bytes, limits_.trailer_bytes};
}

}  // namespace assay::wire
