// One HTTP/1.1 connection without a socket: bytes in, bytes out, and what it needs next.
//
// Belongs to one driver: no two calls at once on one object; two objects share nothing but the
// buffers that a driver lends them. Views that the handler gets end with its answer. However the
// bytes are split, the output is the same. After a refusal nothing further is interpreted. Above
// `Limits::output_bytes` of unwritten replies it answers nothing more until they are written: a
// peer that asks and never reads costs no more than that.
//
// The handler, its sinks and late replies are called within `receive`, `proceed` and `when_ready`
// and nowhere else, but that it hears of refusals within those that refuse. What they wrote lies in
// the buffers lent to them: REQUIRES `wrote` before the same buffers are lent again, with 0 if
// nothing could be written yet. The connection then keeps what is left.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/wire/after_reply.h"
#include "server/wire/body_sink.h"
#include "server/wire/head_rules.h"
#include "server/wire/incoming_body.h"
#include "server/wire/late_reply.h"
#include "server/wire/limits.h"
#include "server/wire/refusal.h"
#include "server/wire/reply_buffers.h"
#include "server/wire/reply_report.h"
#include "server/wire/reply_stream.h"
#include "server/wire/reply_writer.h"
#include "server/wire/request.h"
#include "server/wire/unwritten.h"

namespace assay::wire {

// Answers requests; called once for each, in order, on the thread that drives the connection. What
// it throws answers 500 and ends the connection.
class Handler {
 public:
  virtual ~Handler() = default;
  virtual void answer(const Request& request, ReplyWriter& reply) = 0;
  // Asked of a head whose peer waits to hear that its body is wanted. false: it is answered without
  // the body, and the connection ends.
  virtual bool wants_body(const Request& /*without its body*/) { return true; }
  // Who takes the body, asked once when a head that announces one (even of length 0) is whole, and
  // before 100 Continue. nullptr: it is collected up to Limits::body_bytes, and `request.body`.
  virtual std::unique_ptr<BodySink> sink(const Request& /*without its body*/) { return nullptr; }
  // Hears of each reply when its head is built, where Limits::reports says so.
  virtual void replied(const ReplyReport& /*report*/) noexcept {}
  // Called in each process that serves, before its first request and after its last. What `start`
  // throws ends the process; `stop` may take so long for what is still to be done.
  virtual void start() {}
  virtual void stop(std::chrono::milliseconds /*drain_limit*/) {}
  // The calling thread has answered what was at hand, written what could be, and may wait next:
  // what it holds for several requests it lets go. Called by whoever drives connections, once for
  // all that was answered together, and before the thread leaves; also where nothing was answered.
  virtual void before_wait() noexcept {}
};

class Connection {
 public:
  // `turn`: call `proceed`; requests wait to be answered, or a reply goes on. `wait`: a reply is
  // being made elsewhere; call `when_ready` once, and `proceed` when woken.
  enum class Needs : std::uint8_t { bytes, write, turn, wait, close };
  // What the peer is at, for deadlines: nothing, sending a head, a body, or taking a reply.
  enum class Phase : std::uint8_t { idle, head, body, reply };

  // `date_field` is read at each reply; its owner renews it (see runtime/date_field.h).
  Connection(const Limits& limits, const std::string& date_field, Handler& handler)
      : limits_(limits), date_field_(date_field), handler_(handler) {}

  // REQUIRES: needs() is bytes, or close: then they are thrown away
  void receive(std::string_view bytes, ReplyBuffers& buffers);
  void proceed(ReplyBuffers& buffers);
  // `wake` is called once, from any thread, possibly before this returns and possibly after the
  // connection is gone; `proceed` has to wait until this has returned. What it throws is for the
  // driver. REQUIRES: needs() is wait
  void when_ready(std::function<void()> wake);
  // Refuses what the peer has begun, or has not begun in time, or waits for, and takes nothing
  // more: the reply that is being made is let go. REQUIRES: needs() is bytes, wait or close
  void refuse_now(Refusal refusal, ReplyBuffers& buffers);
  // 400 and `text` for `bytes` that begin with a request which the driver knows to be misplaced.
  // REQUIRES: nothing was received
  void refuse_first(std::string_view bytes, std::string_view text, ReplyBuffers& buffers);

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
  // While one is on its way pending_ holds the head of its request, and nothing else.
  struct PartialBody {
    std::size_t head_bytes;
    IncomingBody incoming;
    std::string decoded;
  };
  struct Awaited {
    std::unique_ptr<LateReply> reply;
    ReplyForm form;
    std::string fields;        // that the handler added
    std::string request_line;  // for the report
    std::vector<std::unique_ptr<AfterReply>> after;
  };

  void receive_more(std::string_view bytes, ReplyBuffers& buffers);
  std::string_view receive_body(std::string_view bytes, ReplyBuffers& buffers);
  void consume_pending(ReplyBuffers& buffers);
  std::size_t consume(std::string_view bytes, ReplyBuffers& buffers);
  std::size_t consume_one(std::string_view bytes, Message& message, ReplyBuffers& buffers);
  std::size_t read_head(std::string_view bytes, Message& message, ReplyBuffers& buffers);
  std::size_t consume_body(const Message& message, std::size_t head_bytes, std::string_view rest,
                           ReplyBuffers& buffers);
  std::size_t consume_collected(const Message& message, std::size_t head_bytes,
                                std::string_view rest, ReplyBuffers& buffers);
  std::size_t consume_passing(const Message& message, std::size_t head_bytes, std::string_view rest,
                              IncomingBody body, ReplyBuffers& buffers);
  std::size_t pass_over_empty_line(ReplyBuffers& buffers);
  std::size_t head_length(std::string_view bytes, ReplyBuffers& buffers);
  std::size_t refuse(Refusal refusal, ReplyBuffers& buffers, std::string_view text = {});
  bool must_write_first(const ReplyBuffers& buffers) const;
  void answer(const Message& message, std::string_view body, BodySink* sink, ReplyBuffers& buffers);
  template <class Write>
  void reply_as(const ReplyForm& form, ReplyBuffers& buffers, Write write);
  void answer_for_the_handler(std::size_t before, bool head_only, ReplyBuffers& buffers);
  void note_request(std::string_view bytes, ReplyBuffers& buffers) const;
  void report(bool head_only, ReplyBuffers& buffers);
  void finish_late(ReplyBuffers& buffers);
  void go_on_streaming(ReplyBuffers& buffers);
  void lend(ReplyBuffers& buffers);

  const Limits& limits_;
  const std::string& date_field_;
  Handler& handler_;
  ReplyBuffers* lent_ = nullptr;  // where the output lies, until `wrote`
  std::string pending_;           // a request that is not yet whole, or requests that wait
  Unwritten unwritten_;
  std::unique_ptr<PartialBody> body_;
  std::unique_ptr<Awaited> awaited_;
  ReplyStream stream_;
  std::uint64_t answered_ = 0;
  std::size_t searched_ = 0;  // so far no head ends in pending_
  std::size_t expected_ = 0;  // of a request whose body is being collected; 0: there is none
  bool waiting_ = false;      // pending_ was not looked at to its end: output has to leave first
  bool to_head_ = false;      // the request begins as HEAD does: no reply to it has a body
  bool empty_line_ = false;   // one was passed over before this request
  bool close_soon_ = false;
  bool closing_ = false;
  bool refused_ = false;
  bool asked_to_close_ = false;
  bool broken_ = false;
};

}  // namespace assay::wire
