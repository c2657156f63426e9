// Values that live as long as one request, or as long as the application: each is made once, and
// all are undone in the reverse order of their making, also where something failed.
//
// Belongs to one request or is guarded by its owner. A key is an address that stands for whatever
// made the value.
#pragma once
#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

// A value, and what has to be done when nobody needs it any more, beyond destroying it.
template <class T>
struct Provided {
  T value;
  std::function<void(T&)> undo{};
};

class Scope {
 public:
  using OnFault = std::function<void(std::string_view)>;

  Scope() = default;
  ~Scope() {
    if (!is_empty()) close({});
  }
  Scope(Scope&&) = default;
  Scope& operator=(Scope&&) = delete;

  bool is_empty() const { return entries_.empty(); }

  void* find(const void* key) const {
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
      if (entry->key == key) return entry->value.get();  // the last of several
    }
    return nullptr;
  }
  // `undo` is called with the value before it is destroyed; it may be empty.
  template <class T>
  T& keep(const void* key, T value, std::function<void(T&)> undo = {}) {
    auto kept = std::make_shared<T>(std::move(value));
    T& made = *kept;
    std::function<void()> undo_made;
    if (undo) undo_made = [undo = std::move(undo), &made] { undo(made); };
    entries_.push_back({key, std::move(kept), std::move(undo_made)});
    return made;
  }
  // What an undoing throws is told, and the others go on.
  void close(const OnFault& on_fault);

 private:
  struct Entry {
    const void* key;
    std::shared_ptr<void> value;
    std::function<void()> undo;
  };
  std::vector<Entry> entries_;
};

template <class T>
T& keep_in(Scope& scope, const void* key, T made) {
  return scope.keep(key, std::move(made));
}
template <class T>
T& keep_in(Scope& scope, const void* key, Provided<T> made) {
  return scope.keep(key, std::move(made.value), std::move(made.undo));
}

}  // namespace assay
