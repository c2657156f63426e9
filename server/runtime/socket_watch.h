// Tells an event loop which of its sockets have something for it, by epoll or kqueue.
//
// Belongs to one thread. A socket is watched from `add` until it is closed. Nothing is asked of the
// system for a request but what moves its bytes: Asio, which asks for each operation anew, tries
// each read before there is anything to read, and that cost a sixth of a small request. Its own
// descriptor can be waited for with Asio: it is readable while any socket is ready.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "server/runtime/descriptor.h"

namespace assay::runtime {

class Session;

class SocketWatch {
 public:
  SocketWatch();  // throws std::system_error

  int number() const { return queue_.number(); }
  bool add(int socket, Session& session);  // for its bytes; false: `errno` says why
  // Which of the two, or neither, is waited for from now on.
  void await_bytes(int socket, Session& session);
  void await_room(int socket, Session& session);
  void await_nothing(int socket, Session& session);

  // Those that are ready now, some at a time, without waiting. Valid until the next call.
  std::span<Session* const> ready();

 private:
  static constexpr std::size_t at_a_time = 256;

  Descriptor queue_;
  std::vector<Session*> ready_;
};

}  // namespace assay::runtime
