// What other threads leave for an event loop: sessions that are to go on, connections to take over,
// and the word to stop. Any thread may call it.
#pragma once
#include <chrono>
#include <mutex>
#include <optional>
#include <vector>

#include "server/runtime/descriptor.h"
#include "server/runtime/session_queue.h"

namespace assay::runtime {

class Inbox {
 public:
  using Time = std::chrono::steady_clock::time_point;

  struct Content {
    SessionQueue sessions;
    std::vector<Descriptor> connections;
    std::optional<Time> end;  // that it is to stop, and by when
    bool empty() const { return sessions.empty() && connections.empty() && !end; }
  };

  // Each of these: true if nothing lay there before, so that the loop must be woken.
  bool leave(Session& session) noexcept {
    return leave([&](Content& content) { content.sessions.push(session); });
  }
  bool leave(Descriptor connection) {
    return leave([&](Content& content) { content.connections.push_back(std::move(connection)); });
  }
  bool leave_stop(Time end) noexcept {
    return leave([end](Content& content) { content.end = end; });
  }

  Content take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(content_, {});
  }

 private:
  template <class Act>
  bool leave(Act act) {
    const std::lock_guard lock(mutex_);
    const bool was_empty = content_.empty();
    act(content_);
    return was_empty;
  }

  std::mutex mutex_;  // guards content_
  Content content_;
};

}  // namespace assay::runtime
