// A handler that waits without holding a thread: a coroutine that returns Async<T>.
//
//   app.get("/slow", []() -> Async<Item> {
//     co_await sleep_for(std::chrono::milliseconds(10));
//     co_return co_await in_background([] { return load_item(); });   // blocks, elsewhere
//   });
//
// Begins when it is awaited, on the thread that awaits it; after a wait it goes on, on the
// executor's thread. Never two threads at once in one of them. Destroying it while it waits
// destroys what it holds; REQUIRES: then its executor no longer resumes it.
#pragma once
#include <algorithm>
#include <atomic>
#include <chrono>
#include <coroutine>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "server/app/executor.h"

namespace assay {

template <class T>
class Async;

namespace async {

struct PromiseBase {
  Executor* executor = nullptr;
  std::coroutine_handle<> awaiter;  // goes on when this one has ended
  std::exception_ptr failure;

  struct Ending {
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> ended) const noexcept {
      const auto awaiter = ended.promise().awaiter;
      return awaiter ? awaiter : std::noop_coroutine();
    }
    void await_resume() const noexcept {}
  };

  std::suspend_always initial_suspend() const noexcept { return {}; }
  Ending final_suspend() const noexcept { return {}; }
  void unhandled_exception() { failure = std::current_exception(); }
};

template <class T>
struct Promise : PromiseBase {
  std::optional<T> value;
  Async<T> get_return_object();
  template <class U>
  void return_value(U&& result) {
    value.emplace(std::forward<U>(result));
  }
  T take() {
    if (failure) std::rethrow_exception(failure);
    return std::move(*value);
  }
};

template <>
struct Promise<void> : PromiseBase {
  Async<void> get_return_object();
  void return_void() const {}
  void take() const {
    if (failure) std::rethrow_exception(failure);
  }
};

}  // namespace async

template <class T>
class [[nodiscard]] Async {
 public:
  using promise_type = async::Promise<T>;
  using Handle = std::coroutine_handle<promise_type>;
  using Value = T;

  Async() = default;
  explicit Async(Handle handle) : handle_(handle) {}
  Async(Async&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Async& operator=(Async&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Async() {
    if (handle_) handle_.destroy();
  }

  // For whoever is no coroutine: begins it. `is_done` once it has ended.
  void begin(Executor& executor) {
    handle_.promise().executor = &executor;
    handle_.resume();
  }
  bool is_done() const { return handle_.done(); }
  T take() { return handle_.promise().take(); }

  bool await_ready() const noexcept { return false; }
  template <class Awaiter>
  Handle await_suspend(std::coroutine_handle<Awaiter> awaiter) {
    handle_.promise().executor = awaiter.promise().executor;
    handle_.promise().awaiter = awaiter;
    return handle_;
  }
  T await_resume() { return take(); }

 private:
  Handle handle_;
};

template <class T>
Async<T> async::Promise<T>::get_return_object() {
  return Async<T>(std::coroutine_handle<Promise>::from_promise(*this));
}
inline Async<void> async::Promise<void>::get_return_object() {
  return Async<void>(std::coroutine_handle<Promise>::from_promise(*this));
}

template <class T>
inline constexpr bool is_async = false;
template <class T>
inline constexpr bool is_async<Async<T>> = true;

namespace async {

struct Sleep {
  std::chrono::nanoseconds length;
  bool await_ready() const noexcept { return length <= std::chrono::nanoseconds::zero(); }
  template <class P>
  void await_suspend(std::coroutine_handle<P> waiting) const {
    constexpr std::chrono::nanoseconds longest = std::chrono::hours(24 * 365);  // no overflow
    const auto when =
        Executor::Clock::now() +
        std::chrono::duration_cast<Executor::Clock::duration>(std::min(length, longest));
    waiting.promise().executor->post_at(when, [waiting] { waiting.resume(); });
  }
  void await_resume() const noexcept {}
};

// What the other thread writes outlives a coroutine that is destroyed meanwhile.
template <class T>
struct Outcome {
  using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;
  std::optional<Value> value;
  std::exception_ptr failure;

  // What the work holds is let go before whoever waits for it goes on.
  template <class Work>
  void run_and_drop(Work& given) noexcept {
    try {
      Work work = std::move(given);
      if constexpr (std::is_void_v<T>) {
        work();
        value.emplace();
      } else {
        value.emplace(work());
      }
    } catch (...) {
      failure = std::current_exception();
    }
  }
  T take() {
    if (failure) std::rethrow_exception(failure);
    if constexpr (!std::is_void_v<T>) return std::move(*value);
  }
};

template <class Work>
struct Blocking {
  using T = std::invoke_result_t<Work&>;
  Work work;
  std::shared_ptr<Outcome<T>> outcome = std::make_shared<Outcome<T>>();

  bool await_ready() const noexcept { return false; }
  template <class P>
  void await_suspend(std::coroutine_handle<P> waiting) {
    Executor* const executor = waiting.promise().executor;
    auto task = std::make_shared<Work>(std::move(work));
    executor->post_blocking([task, outcome = outcome, executor, waiting] {
      outcome->run_and_drop(*task);
      executor->post([waiting] { waiting.resume(); });
    });
  }
  T await_resume() { return outcome->take(); }
};

// Several at once; the last to end resumes who waits.
template <class Work>
struct AllBlocking {
  using T = std::invoke_result_t<Work&>;
  struct Shared {
    explicit Shared(std::vector<Work> all) : works(std::move(all)), outcomes(works.size()) {}
    std::vector<Work> works;
    std::vector<Outcome<T>> outcomes;
    std::atomic<std::size_t> running{works.size()};
  };
  std::shared_ptr<Shared> shared;

  bool await_ready() const noexcept { return shared->works.empty(); }
  template <class P>
  void await_suspend(std::coroutine_handle<P> waiting) {
    Executor* const executor = waiting.promise().executor;
    const std::shared_ptr<Shared> all = shared;
    for (std::size_t i = 0; i < all->works.size(); ++i) {
      executor->post_blocking([all, i, executor, waiting] {
        all->outcomes[i].run_and_drop(all->works[i]);
        if (--all->running == 0) executor->post([waiting] { waiting.resume(); });
      });
    }
  }
  std::vector<T> await_resume() {
    std::vector<T> values;
    for (Outcome<T>& outcome : shared->outcomes) values.push_back(outcome.take());
    return values;
  }
};

}  // namespace async

inline async::Sleep sleep_for(std::chrono::nanoseconds length) { return {length}; }

// Does `work()` on a thread that may block, and goes on with what it returns.
template <class Work>
async::Blocking<Work> in_background(Work work) {
  return {std::move(work)};
}

// The same for several, side by side; gives their values in the order of the works. If some throw,
// the first of them counts, when all have ended.
template <class Work>
async::AllBlocking<Work> all_in_background(std::vector<Work> works) {
  return {std::make_shared<typename async::AllBlocking<Work>::Shared>(std::move(works))};
}

}  // namespace assay
