// Where an event loop waits: for its sockets, for new connections, and for a call from another
// thread, by epoll or kqueue.
//
// Belongs to one thread, but for `wake`. A socket is watched from `add` to `remove`, which comes
// before it is closed, and stays ready until what made it so was taken away. Nothing is asked of
// the system for a request but what moves its bytes.
#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

#include "server/runtime/descriptor.h"

namespace assay::runtime {

class Session;

class SocketWatch {
 public:
  enum class For : std::uint8_t { nothing, bytes, room };

  struct Ready {
    std::span<Session* const> sessions;  // some at a time; valid until the next `wait`
    bool listener = false;
    bool woken = false;
  };

  SocketWatch();  // throws std::system_error
  SocketWatch(const SocketWatch&) = delete;
  SocketWatch& operator=(const SocketWatch&) = delete;

  bool add(int socket, Session& session, For what);  // false: `errno` says why
  void change(int socket, Session& session, For what);
  void remove(int socket);

  // One socket that listens; it is the caller's. Throws std::system_error.
  void add_listener(int listener);
  // A pause does not keep a listener that is shut down from being ready.
  void pause_listener(int listener);
  void resume_listener(int listener);
  void remove_listener(int listener);

  // What is ready within the time; it may also come back early with nothing.
  Ready wait(std::chrono::milliseconds most);
  // Lets this `wait` end, or the next. Any thread.
  void wake() noexcept;

 private:
  static constexpr std::size_t at_a_time = 256;

  Descriptor queue_;
  Descriptor waker_;                          // where the queue alone does not do
  std::array<Session*, at_a_time> sessions_;  // that were ready at the last `wait`
};

}  // namespace assay::runtime
