// One HTTP/1.1 connection without a socket: bytes in, bytes out, and what it needs next.
//
// Belongs to one driver: no two calls at once on one object; two objects share nothing but the
// buffers that a driver lends them. Views that the handler gets end with its answer. However the
// bytes are split, the output is the same. After a refusal nothing further is interpreted. Above
// `Limits::output_bytes` of unwritten replies it answers nothing more until they are written: a
// peer that asks and never reads costs no more than that.
//
// The handler is called within `receive` and `proceed` and nowhere else. What they wrote lies in
// the buffers lent to them: REQUIRES `wrote` before the same buffers are lent again, with 0 if
// nothing could be written yet. The connection then keeps what is left.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "server/wire/chunked_decoder.h"
#include "server/wire/head_rules.h"
#include "server/wire/limits.h"
#include "server/wire/refusal.h"
#include "server/wire/reply_buffers.h"
#include "server/wire/reply_writer.h"
#include "server/wire/request.h"
#include "server/wire/unwritten.h"

namespace assay::wire {

// Answers requests; called once for each, in order, on the thread that drives the connection.
class Handler {
 public:
  virtual ~Handler() = default;
  virtual void answer(const Request& request, ReplyWriter& reply) = 0;
};

class Connection {
 public:
  // `turn`: call `proceed`; requests wait to be answered, or a reply goes on.
  enum class Needs : std::uint8_t { bytes, write, turn, close };
  // What the peer is at, for deadlines: nothing, sending a head, a body, or taking a reply.
  enum class Phase : std::uint8_t { idle, head, body, reply };

  // `date_field` is read at each reply; its owner renews it (see runtime/date_field.h).
  Connection(const Limits& limits, const std::string& date_field, Handler& handler)
      : limits_(limits), date_field_(date_field), handler_(handler) {}

  // REQUIRES: needs() is bytes, or close: then they are thrown away
  void receive(std::string_view bytes, ReplyBuffers& buffers);
  void proceed(ReplyBuffers& buffers);
  // Refuses what the peer has begun, or has not begun in time, and takes nothing more.
  void refuse_now(Refusal refusal, ReplyBuffers& buffers);

  // The next reply is the last: the server is about to end.
  void close_soon() { close_soon_ = true; }

  Needs needs() const;
  Output output() const;          // valid until the next call that is not const
  void wrote(std::size_t bytes);  // REQUIRES: bytes <= output().size()

  Phase phase() const;
  std::uint64_t answered() const { return answered_; }  // requests so far
  // The peer was refused in the middle of what it sends: closing at once would reset the connection
  // and take the reply with it (RFC 9112, 9.6), so read on and throw away for a while.
  bool refused() const { return refused_; }
  // It said that its last request was the last, so nothing should be on its way.
  bool asked_to_close() const { return asked_to_close_; }
  // Part of a reply is missing and never comes: the end of the connection must not look orderly.
  bool broken() const { return broken_; }

 private:
  struct Message;

  void receive_more(std::string_view bytes, ReplyBuffers& buffers);
  std::string_view receive_chunks(std::string_view bytes, ReplyBuffers& buffers);
  void consume_pending(ReplyBuffers& buffers);
  std::size_t consume(std::string_view bytes, ReplyBuffers& buffers);
  std::size_t consume_one(std::string_view bytes, ReplyBuffers& buffers);
  std::size_t consume_chunked(const Message& message, std::string_view bytes,
                              ReplyBuffers& buffers);
  std::size_t pass_over_empty_line(ReplyBuffers& buffers);
  std::size_t head_length(std::string_view bytes, ReplyBuffers& buffers);
  std::size_t refuse(Refusal refusal, ReplyBuffers& buffers);
  bool must_write_first(const ReplyBuffers& buffers) const;
  void ask_for_body(const Framing& framing, ReplyBuffers& buffers);
  void answer(const Message& message, std::string_view body, ReplyBuffers& buffers);
  void answer_for_the_handler(std::size_t before, ReplyBuffers& buffers);
  void go_on_streaming(ReplyBuffers& buffers);
  void append_pieces(ReplyBuffers& buffers);
  void lend(ReplyBuffers& buffers);
  ChunkLimits chunk_limits() const;

  const Limits& limits_;
  const std::string& date_field_;
  Handler& handler_;
  ReplyBuffers* lent_ = nullptr;  // where the output lies, until `wrote`
  std::string pending_;           // a request that is not yet whole, or requests that wait
  Unwritten unwritten_;
  std::string decoded_;  // of a body in chunks that is not yet whole
  std::unique_ptr<BodySource> source_;
  ChunkedDecoder decoder_;
  std::uint64_t answered_ = 0;
  std::size_t searched_ = 0;     // so far no head ends in pending_
  std::size_t expected_ = 0;     // no need to look again before this many bytes are pending
  std::size_t head_bytes_ = 0;   // of the request whose chunks are being decoded; 0: there is none
  bool waiting_ = false;         // pending_ was not looked at to its end: output has to leave first
  bool to_head_ = false;         // the request begins as HEAD does: no reply to it has a body
  bool empty_line_ = false;      // one was passed over before this request
  bool body_asked_for_ = false;  // with 100 Continue
  bool source_is_chunked_ = false;
  bool close_soon_ = false;
  bool closing_ = false;
  bool refused_ = false;
  bool asked_to_close_ = false;
  bool broken_ = false;
};

}  // namespace assay::wire
