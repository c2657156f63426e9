// A reply that is being made elsewhere, while its connection waits.
//
// Belongs to one connection, which calls it on the thread that drives. Made by a handler that calls
// ReplyWriter::later; whatever of the request it needs it has copied. Destroyed when the reply is
// written or refused, or the connection is gone: whoever works on it then lets go.
#pragma once
#include <functional>

namespace assay::wire {

class ReplyWriter;

class LateReply {
 public:
  virtual ~LateReply() = default;
  // `wake` is called once, from any thread, possibly before this returns and possibly after this
  // object is gone.
  virtual void when_ready(std::function<void()> wake) = 0;
  // REQUIRES: woken. Writes the reply, as a handler does; what it throws is a 500. It may be late
  // again, or a stream.
  virtual void finish(ReplyWriter& reply) = 0;
};

}  // namespace assay::wire
