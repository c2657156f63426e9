// What is left to do when a reply has been handed to the system: it is done by being destroyed.
//
// Given to a ReplyWriter, kept with the buffers, destroyed on the thread that drives once what was
// built has been taken for the first time, by the socket or by what seals it on its way there, or
// the connection is over. Nothing further on the connection is answered before that: what one
// request holds, the next may wait for.
#pragma once

namespace assay::wire {

class AfterReply {
 public:
  virtual ~AfterReply() = default;
};

}  // namespace assay::wire
