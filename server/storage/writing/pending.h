// The outcome of a write that is under way: it is there when its transaction is on the disk.
//
//   const bool added = co_await table.add("key", "value");   // an asynchronous handler
//   const bool added = table.add("key", "value").get();      // one that may block its thread
//
// Either once, by one thread. Letting go of it does not take the write back. In a coroutine it
// goes on by the promise's `executor->post(work)`, and not on the writer's thread. A coroutine that
// is destroyed while it waits is not resumed; REQUIRES: that is done on the executor's thread, or
// when the executor resumes nothing any more.
#pragma once
#include <coroutine>
#include <memory>
#include <utility>

#include "server/storage/writing/write_operation.h"

namespace assay::storage {

template <class T>
class [[nodiscard]] Pending {
 public:
  explicit Pending(std::shared_ptr<WriteOutcome<T>> write) : write_(std::move(write)) {}

  bool is_finished() const { return write_->is_finished(); }
  T get() {  // throws what the write threw
    const auto write = std::move(write_);
    write->wait();
    return write->take();
  }

  // Lives in the waiting coroutine, and ends with it.
  class Awaiter {
   public:
    explicit Awaiter(std::shared_ptr<WriteOutcome<T>> write) : write_(std::move(write)) {}
    ~Awaiter() {
      if (waits_) write_->abandon();
    }
    Awaiter(const Awaiter&) = delete;
    Awaiter& operator=(const Awaiter&) = delete;

    bool await_ready() const noexcept { return write_->is_finished(); }
    template <class Promise>
    bool await_suspend(std::coroutine_handle<Promise> waiting) noexcept {
      waits_ = true;
      // Once it is told, the coroutine may go on at any moment: nothing here is touched after that.
      if (write_->suspend(waiting, Resumer::of(waiting.promise().executor))) return true;
      waits_ = false;
      return false;
    }
    T await_resume() {
      waits_ = false;
      return write_->take();
    }

   private:
    std::shared_ptr<WriteOutcome<T>> write_;
    bool waits_ = false;
  };

  Awaiter operator co_await() { return Awaiter(std::move(write_)); }

 private:
  std::shared_ptr<WriteOutcome<T>> write_;
};

}  // namespace assay::storage
