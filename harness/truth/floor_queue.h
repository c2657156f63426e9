// Which sockets of one worker are ready: epoll or kqueue with nothing around them, level-triggered,
// so that one read and one write an event are enough. One thread at a time.
//
// Not load's Poller, which is edge-triggered and always reports both directions: a client that
// watches a socket once is cheapest so, a server that answers at once is not.
#pragma once

#include <span>
#include <vector>

#include "harness/load/socket/descriptor.h"

namespace assay::truth {

class FloorQueue {
 public:
  FloorQueue();

  bool is_open() const { return queue_.is_open(); }  // if not, errno says why
  bool watch(int file);                              // for bytes to read; false: refused
  void await_room(int file);                         // now only for room to write
  void await_bytes(int file);                        // now again only for bytes
  std::span<const int> wait();  // the files that are ready; until the next call
  std::span<const int> look();  // the same without waiting: perhaps none

 private:
  std::span<const int> gather(bool waits);

  load::Descriptor queue_;
  std::vector<int> ready_;
};

// The next connection, non-blocking and closed in children; not open when there is none (errno).
load::Descriptor accept_connection(int listener);

// Whether listeners of one port share its connections evenly, so that each worker has its own.
extern const bool listeners_share_a_port;

}  // namespace assay::truth
