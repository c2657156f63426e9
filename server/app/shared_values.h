// Values that are made once in the life of an application, when they are first asked for.
//
// Any thread may ask; one that is there costs no wait for one that is being made. Undone in the
// reverse order of their making.
#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "server/app/scope.h"

namespace assay {

class SharedValues {
 public:
  // `make(scope)` keeps the value in the scope and returns it; it may ask for others meanwhile.
  template <class T, class Make>
  T& get(const void* key, Make&& make) {
    Slot& slot = slot_of(key);
    if (void* const made = slot.value.load(std::memory_order_acquire))
      return *static_cast<T*>(made);
    const std::lock_guard making(slot.making);
    void* made = slot.value.load(std::memory_order_relaxed);
    if (made == nullptr) {
      auto value = make();
      const std::lock_guard keeping(keeping_);
      made = &keep_in(scope_, key, std::move(value));
      slot.value.store(made, std::memory_order_release);
    }
    return *static_cast<T*>(made);
  }
  // REQUIRES: nobody asks any more. They are made anew if somebody asks later.
  void close(const Scope::OnFault& on_fault);

 private:
  struct Slot {
    std::atomic<void*> value = nullptr;
    std::mutex making;
  };

  Slot& slot_of(const void* key);

  std::shared_mutex mutex_;  // guards slots_; a slot stays where it is
  std::map<const void*, Slot> slots_;
  std::mutex keeping_;  // guards scope_
  Scope scope_;
};

}  // namespace assay
