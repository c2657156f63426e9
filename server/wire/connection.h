// One HTTP/1.1 connection without a socket: bytes in, bytes out, and what it needs next.
//
// Belongs to one driver: no two calls at once on one object; two objects share nothing. Views that
// the handler gets end with its answer. However the bytes are split, the output is the same. After
// a refusal nothing further is interpreted. Above `Limits::output_bytes` of unwritten replies it
// answers nothing more until they are written: a peer that asks and never reads costs no more than
// that.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/wire/refusal.h"
#include "server/wire/reply_writer.h"
#include "server/wire/request.h"

namespace assay::wire {

struct Limits {
  std::size_t head_bytes = 16 * 1024;
  std::size_t target_bytes = 8 * 1024;
  std::uint64_t body_bytes = 1024 * 1024;
  std::size_t output_bytes = 256 * 1024;  // unwritten, before the next request has to wait
  bool keep_alive = true;                 // false: every reply ends its connection
};

// Answers requests; called once for each, in order, on the thread that drives the connection.
class Handler {
 public:
  virtual ~Handler() = default;
  virtual void answer(const Request& request, ReplyWriter& reply) = 0;
};

class Connection {
 public:
  enum class Needs : std::uint8_t { bytes, write, close };

  // `date_field` is read at each reply; its owner renews it (see runtime/date_field.h).
  Connection(const Limits& limits, const std::string& date_field, Handler& handler)
      : limits_(limits), date_field_(date_field), handler_(handler) {}

  void receive(std::string_view bytes);

  Needs needs() const;
  std::string_view output() const;  // valid until the next call that is not const
  // Goes on answering if requests had to wait. REQUIRES: bytes <= output().size()
  void wrote(std::size_t bytes);
  // The peer was refused in the middle of what it sends: closing at once would reset the connection
  // and take the reply with it (RFC 9112, 9.6), so read on and throw away for a while.
  bool refused() const { return refused_; }
  // It said that its last request was the last, so nothing should be on its way.
  bool asked_to_close() const { return asked_to_close_; }
  bool idle() const { return pending_.empty() && buffers_.output.empty(); }  // between requests
  // A request has begun and the peer owes the rest of it.
  bool in_request() const { return !pending_.empty() && buffers_.output.empty(); }

 private:
  void consume_pending();
  std::size_t consume(std::string_view bytes);
  std::size_t consume_one(std::string_view bytes);
  std::size_t pass_over_empty_line();
  std::size_t head_length(std::string_view bytes);
  std::size_t refuse(Refusal refusal);
  void answer(const Request& request, bool keep_alive);

  const Limits& limits_;
  const std::string& date_field_;
  Handler& handler_;
  ReplyBuffers buffers_;
  std::string pending_;       // a request that is not yet whole, or requests that wait
  std::size_t searched_ = 0;  // so far no head ends in pending_
  std::size_t expected_ = 0;  // no need to look again before this many bytes are pending
  std::size_t written_ = 0;   // of output
  bool waiting_ = false;      // pending_ was not looked at to its end: too much is unwritten
  bool empty_line_ = false;   // one was passed over before this request
  bool closing_ = false;
  bool refused_ = false;
  bool asked_to_close_ = false;
};

}  // namespace assay::wire
