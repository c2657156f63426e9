// One HTTP/1.1 connection without a socket: bytes in, bytes out, and what it needs next.
//
// Belongs to one driver: no two calls at once on one object; two objects share nothing. Views that
// the handler gets point into the bytes last received and end with the next `receive`. However the
// bytes are split, the output is the same. After a refusal nothing further is interpreted.
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
  bool keep_alive = true;  // false: every reply ends its connection
};

// Answers requests; called once for each, in order, on the thread that called `receive`.
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
  void end();  // the peer sent its last byte

  Needs needs() const;
  std::string_view output() const;  // valid until the next call that is not const
  void wrote(std::size_t bytes);    // REQUIRES: bytes <= output().size()
  // The peer was refused in the middle of what it sends: closing at once would reset the connection
  // and take the reply with it (RFC 9112, 9.6), so read on and throw away for a while.
  bool refused() const { return refused_; }
  bool idle() const { return pending_.empty() && buffers_.output.empty(); }  // between requests

 private:
  std::size_t consume(std::string_view bytes);
  std::size_t consume_one(std::string_view bytes);
  std::size_t head_length(std::string_view bytes);
  std::size_t refuse(Refusal refusal);
  void answer(const RequestHead& head, std::string_view body, bool keep_alive);

  const Limits& limits_;
  const std::string& date_field_;
  Handler& handler_;
  ReplyBuffers buffers_;
  std::string pending_;       // the start of a request that is not yet whole
  std::size_t searched_ = 0;  // so far no head ends in pending_
  std::size_t expected_ = 0;  // no need to look again before this many bytes are pending
  std::size_t written_ = 0;   // of output
  bool closing_ = false;
  bool refused_ = false;
};

}  // namespace assay::wire
