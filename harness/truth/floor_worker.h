// One event loop of the floor: accepts, reads, answers with copies of one reply, and nothing else.
//
// `run` is called once, in the worker's thread, and returns once `ending` is readable. Workers
// share only the replies, which nobody changes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "harness/load/socket/descriptor.h"
#include "harness/truth/floor_queue.h"
#include "harness/truth/floor_reply.h"
#include "harness/truth/request_ends.h"

namespace assay::truth {

class FloorWorker {
 public:
  // `ending` is a file that becomes readable when all is over, and stays so.
  FloorWorker(load::Descriptor listener, int ending, const ReplyRun& replies, bool closes);

  bool is_usable() const { return is_usable_; }  // if not, errno said why when it was made
  void run();

 private:
  struct Connection {
    load::Descriptor socket;
    RequestEnds ends;
    std::uint64_t owed = 0;  // bytes of whole replies that the socket did not take yet
  };

  void accept_some();
  void admit(load::Descriptor socket);
  void serve(int file);
  std::uint64_t read(Connection& connection);
  bool send_owed(Connection& connection) const;

  FloorQueue queue_;
  load::Descriptor listener_;
  int ending_;
  const ReplyRun& replies_;
  bool closes_;
  bool is_usable_;
  std::size_t likely_ = 1;               // connections that wait together
  std::vector<Connection> connections_;  // by the number of their socket
  std::vector<char> buffer_;
};

}  // namespace assay::truth
