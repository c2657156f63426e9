#include "server/wire/connection.h"

#include <utility>

#include "server/wire/characters.h"
#include "server/wire/connection_message.h"

namespace assay::wire {
namespace {

constexpr std::size_t incomplete = 0;

}  // namespace

void Connection::receive(std::string_view bytes, ReplyBuffers& buffers) {
  if (closing_) return;
  receive_more(bytes, buffers);
  lend(buffers);
}

void Connection::receive_more(std::string_view bytes, ReplyBuffers& buffers) {
  if (body_) bytes = receive_body(bytes, buffers);
  if (bytes.empty() || closing_) return;
  if (pending_.empty() && !must_write_first(buffers)) {
    // The usual case: whole requests, answered where they lie, nothing copied.
    const std::string_view rest = bytes.substr(consume(bytes, buffers));
    // Of a request whose body passes only the head is kept.
    if (!rest.empty()) pending_ = body_ ? rest.substr(0, body_->head_bytes) : rest;
    return;
  }
  pending_ += bytes;
  if (pending_.size() >= expected_) consume_pending(buffers);
}

// Goes on where the last bytes ended; returns the bytes that come after the body.
std::string_view Connection::receive_body(std::string_view bytes, ReplyBuffers& buffers) {
  note_request(pending_, buffers);
  const bool has_sink = body_->incoming.sink() != nullptr;
  buffers.decoded.clear();
  const IncomingBody::Step step =
      body_->incoming.take(bytes, has_sink ? buffers.decoded : body_->decoded);
  if (step.state == IncomingBody::State::refused) refuse(step.refusal, buffers);
  if (step.state != IncomingBody::State::done) return {};
  Message message;
  message.parse(pending_, limits_);  // was good before
  const std::unique_ptr<PartialBody> body = std::move(body_);
  answer(message, body->decoded, body->incoming.sink(), buffers);
  std::string().swap(pending_);
  searched_ = 0;
  return bytes.substr(step.used);
}

void Connection::consume_pending(ReplyBuffers& buffers) {
  pending_.erase(0, consume(pending_, buffers));
  if (body_) pending_.resize(body_->head_bytes);
  if (pending_.empty() || body_) pending_.shrink_to_fit();  // what only waits holds no memory
}

// Answers every whole request in `bytes` while there is room for replies; returns how many bytes
// that took.
std::size_t Connection::consume(std::string_view bytes, ReplyBuffers& buffers) {
  std::size_t used = 0;
  waiting_ = false;
  Message message;
  while (used < bytes.size() && !closing_) {
    waiting_ = must_write_first(buffers);
    if (waiting_) return used;
    const std::size_t length = consume_one(bytes.substr(used), message, buffers);
    if (length == incomplete) return used;
    used += length;
    searched_ = 0;
    expected_ = 0;
  }
  return closing_ ? bytes.size() : used;
}

bool Connection::must_write_first(const ReplyBuffers& buffers) const {
  return buffers.output.size() >= limits_.output_bytes || !buffers.tail.empty() ||
         buffers.split_at > 0 || stream_.is_open() || awaited_ != nullptr || !buffers.after.empty();
}

std::size_t Connection::consume_one(std::string_view bytes, Message& message,
                                    ReplyBuffers& buffers) {
  if (bytes.substr(0, 2) == "\r\n") return pass_over_empty_line(buffers);
  if (bytes == "\r") return incomplete;
  note_request(bytes, buffers);
  to_head_ = bytes.starts_with("HEAD ");
  const std::size_t head_bytes = read_head(bytes, message, buffers);
  if (head_bytes == incomplete || closing_) return head_bytes;
  const std::string_view rest = bytes.substr(head_bytes);
  if (message.framing.announces_body) return consume_body(message, head_bytes, rest, buffers);
  answer(message, {}, nullptr, buffers);
  return head_bytes;
}

// The length of the head at the start of `bytes`. One that is not usual goes the strict way, and so
// does one of which a look before this found no end: that look is not repeated.
std::size_t Connection::read_head(std::string_view bytes, Message& message, ReplyBuffers& buffers) {
  std::size_t length = incomplete;
  Refusal fault = Refusal::none;
  if (searched_ == 0) length = message.read_usual(bytes.substr(0, limits_.head_bytes));
  if (length > 0) {
    fault = message.judge(limits_);
  } else {
    length = head_length(bytes, buffers);
    if (length == incomplete || closing_) return length;
    fault = message.parse(bytes.substr(0, length), limits_);
  }
  return fault == Refusal::none ? length : refuse(fault, buffers);
}

// `rest` is what follows the head. Returns the length of the whole request.
std::size_t Connection::consume_body(const Message& message, std::size_t head_bytes,
                                     std::string_view rest, ReplyBuffers& buffers) {
  if (expected_ > 0) return consume_collected(message, head_bytes, rest, buffers);
  const Framing& framing = message.framing;
  const Request asked{message.head, message.target.path, message.target.query, {}, nullptr};
  std::unique_ptr<BodySink> sink;
  ChunkLimits limits{limits_.body_bytes, limits_.extension_bytes, limits_.trailer_bytes,
                     limits_.fields};
  bool is_wanted = true;
  try {
    is_wanted = !framing.expects_continue || handler_.wants_body(asked);
    if (is_wanted) sink = handler_.sink(asked);
    if (sink) limits.body_bytes = sink->limit();
  } catch (...) {
    return refuse(Refusal::failed, buffers);
  }
  if (!is_wanted) {
    close_soon_ = true;
    refused_ = true;  // the body may come all the same
    answer(message, {}, nullptr, buffers);
    return head_bytes;
  }
  if (framing.body_bytes > limits.body_bytes) return refuse(Refusal::body_too_large, buffers);
  // RFC 9110, 10.1.1. Asked for even where the body is here already: then the replies do not depend
  // on how the request was cut.
  if (framing.expects_continue) buffers.output += "HTTP/1.1 100 Continue\r\n\r\n";
  if (!sink && !framing.chunked) return consume_collected(message, head_bytes, rest, buffers);
  return consume_passing(message, head_bytes, rest, {framing, limits, std::move(sink)}, buffers);
}

// A body that is answered where it lies, behind its head.
std::size_t Connection::consume_collected(const Message& message, std::size_t head_bytes,
                                          std::string_view rest, ReplyBuffers& buffers) {
  const auto body_bytes = static_cast<std::size_t>(message.framing.body_bytes);
  if (rest.size() < body_bytes) {
    expected_ = head_bytes + body_bytes;
    return incomplete;
  }
  answer(message, rest.substr(0, body_bytes), nullptr, buffers);
  return head_bytes + body_bytes;
}

// A body that is decoded or goes to a sink. What is not whole yet goes on in `receive_body`.
std::size_t Connection::consume_passing(const Message& message, std::size_t head_bytes,
                                        std::string_view rest, IncomingBody body,
                                        ReplyBuffers& buffers) {
  buffers.decoded.clear();
  const IncomingBody::Step step = body.take(rest, buffers.decoded);
  if (step.state == IncomingBody::State::refused) return refuse(step.refusal, buffers);
  if (step.state == IncomingBody::State::more) {
    body_ = std::make_unique<PartialBody>(PartialBody{head_bytes, std::move(body), {}});
    body_->decoded.swap(buffers.decoded);
    return incomplete;
  }
  answer(message, buffers.decoded, body.sink(), buffers);
  return head_bytes + step.used;
}

// RFC 9112, 2.2: an empty line before a request is ignored, for clients that send one too many. Not
// more than one: they would keep a connection open that asks for nothing.
std::size_t Connection::pass_over_empty_line(ReplyBuffers& buffers) {
  if (empty_line_) {
    note_request({}, buffers);
    return refuse(Refusal::malformed, buffers);
  }
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

// Answers with the refusal's status, and its reason or `text`, and lets nothing after it be read.
std::size_t Connection::refuse(Refusal refusal, ReplyBuffers& buffers, std::string_view text) {
  const int status = status_of(refusal);
  ReplyWriter reply(buffers, date_field_, {.keep_alive = false, .head_only = to_head_});
  reply.body().append(text.empty() ? reason_of(status) : text) += '\n';
  reply.send_body(status, "text/plain; charset=utf-8");
  report(to_head_, buffers);
  refused_ = true;
  closing_ = true;
  body_.reset();
  return 1;
}

void Connection::refuse_now(Refusal refusal, ReplyBuffers& buffers) {
  if (closing_) return;
  const std::unique_ptr<Awaited> late = std::move(awaited_);
  if (late) to_head_ = late->form.head_only;
  note_request(late ? late->request_line : pending_, buffers);
  refuse(refusal, buffers);
  std::string().swap(pending_);
  lend(buffers);
}

void Connection::refuse_first(std::string_view bytes, std::string_view text,
                              ReplyBuffers& buffers) {
  to_head_ = bytes.starts_with("HEAD ");
  note_request(bytes, buffers);
  refuse(Refusal::malformed, buffers, text);
  lend(buffers);
}

void Connection::answer(const Message& message, std::string_view body, BodySink* sink,
                        ReplyBuffers& buffers) {
  ++answered_;
  to_head_ = false;
  empty_line_ = false;
  asked_to_close_ = !message.framing.keep_alive;
  const bool is_last = close_soon_ || (limits_.requests > 0 && answered_ >= limits_.requests);
  const ReplyForm form{.keep_alive = !asked_to_close_ && limits_.keep_alive && !is_last,
                       .head_only = message.head.method == Method::head,
                       .for_http_1_0 = message.head.version == 10,
                       .split = limits_.split_write};
  const Request request{message.head, message.target.path, message.target.query, body, sink};
  reply_as(form, buffers, [&](ReplyWriter& reply) { handler_.answer(request, reply); });
}

// Calls `write` for exactly one reply, or a later one.
template <class Write>
void Connection::reply_as(const ReplyForm& form, ReplyBuffers& buffers, Write write) {
  const std::size_t before = buffers.output.size();
  ReplyWriter reply(buffers, date_field_, form);
  try {
    write(reply);
    if (!reply.sent()) reply.send(500, "text/plain; charset=utf-8", "Internal Server Error\n");
    closing_ = !reply.keep_alive() && buffers.late == nullptr;
  } catch (...) {
    answer_for_the_handler(before, form.head_only, buffers);
    closing_ = true;
  }
  if (buffers.stream.is_open()) stream_ = std::move(buffers.stream);
  if (buffers.late == nullptr) return report(form.head_only, buffers);
  awaited_ = std::make_unique<Awaited>(Awaited{std::move(buffers.late), form, {}, {}, {}});
  if (limits_.reports) awaited_->request_line = buffers.report.request_line;
  awaited_->fields.swap(buffers.extra_fields);
  awaited_->after.swap(buffers.after);
}

// One that throws has a bug that is its own to report. What it has said of this reply is taken
// back; the replies before it leave.
void Connection::answer_for_the_handler(std::size_t before, bool head_only, ReplyBuffers& buffers) {
  buffers.output.resize(before);
  buffers.tail.clear();
  buffers.split_at = 0;
  buffers.stream.close();
  buffers.late.reset();
  ReplyWriter reply(buffers, date_field_, {.keep_alive = false, .head_only = head_only});
  reply.send(500, "text/plain; charset=utf-8", "Internal Server Error\n");
}

// `bytes` begin with the request that is answered next.
void Connection::note_request(std::string_view bytes, ReplyBuffers& buffers) const {
  if (!limits_.reports) return;
  const std::string_view start = bytes.substr(0, limits_.head_bytes);
  buffers.report.request_line = start.substr(0, start.find_first_of("\r\n"));
}

// On the reply whose head was just built.
void Connection::report(bool head_only, ReplyBuffers& buffers) {
  if (!limits_.reports) return;
  if (head_only) buffers.report.body_bytes = 0;
  handler_.replied(buffers.report);
}

void Connection::proceed(ReplyBuffers& buffers) {
  if (stream_.is_open()) {
    go_on_streaming(buffers);
  } else if (awaited_) {
    finish_late(buffers);
  } else if (waiting_) {
    consume_pending(buffers);
  }
  lend(buffers);
}

void Connection::when_ready(std::function<void()> wake) {
  awaited_->reply->when_ready(std::move(wake));
}

void Connection::finish_late(ReplyBuffers& buffers) {
  const std::unique_ptr<Awaited> late = std::move(awaited_);
  late->form.keep_alive = late->form.keep_alive && !close_soon_;
  note_request(late->request_line, buffers);
  reply_as(late->form, buffers, [&](ReplyWriter& reply) {
    buffers.extra_fields.swap(late->fields);
    buffers.after.swap(late->after);
    late->reply->finish(reply);
  });
  if (closing_) std::string().swap(pending_);
}

void Connection::go_on_streaming(ReplyBuffers& buffers) {
  if (stream_.append_pieces(buffers.output, buffers.body) != ReplyStream::State::broken) return;
  closing_ = true;
  broken_ = true;
}

Connection::Needs Connection::needs() const {
  if (output().size() > 0) return Needs::write;
  if (stream_.is_open()) return Needs::turn;
  if (awaited_) return Needs::wait;
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
  ReplyBuffers& buffers = *std::exchange(lent_, nullptr);
  unwritten_.take(buffers, bytes);
  buffers.after.clear();
}

Connection::Phase Connection::phase() const {
  const Needs now = needs();
  if (now == Needs::write || now == Needs::turn || now == Needs::wait) return Phase::reply;
  if (body_ || expected_ > 0) return Phase::body;
  return pending_.empty() ? Phase::idle : Phase::head;
}

}  // namespace assay::wire
