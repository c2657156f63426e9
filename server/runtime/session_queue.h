// Sessions in the order in which they are to go on. Needs no memory: each names the next.
// Belongs to one thread, or to who holds its lock. REQUIRES: a session is in one queue at a time,
// and not destroyed while it is there.
#pragma once
#include <utility>

#include "server/runtime/session.h"

namespace assay::runtime {

class SessionQueue {
 public:
  bool empty() const { return first_ == nullptr; }
  void push(Session& session) {
    session.next_in_queue = nullptr;
    (empty() ? first_ : last_->next_in_queue) = &session;
    last_ = &session;
  }
  Session& pop() { return *std::exchange(first_, first_->next_in_queue); }  // REQUIRES: !empty()
  SessionQueue take() { return std::exchange(*this, {}); }

 private:
  Session* first_ = nullptr;
  Session* last_ = nullptr;  // where there is a first
};

}  // namespace assay::runtime
