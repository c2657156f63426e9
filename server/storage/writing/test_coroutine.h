// A coroutine, and a thread that resumes it, as an application has them: for tests and benchmarks.
#pragma once
#include <condition_variable>
#include <coroutine>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace assay::storage {

class TestExecutor {
 public:
  TestExecutor() : thread_([this] { run(); }) {}
  ~TestExecutor() { stop(); }
  TestExecutor(const TestExecutor&) = delete;
  TestExecutor& operator=(const TestExecutor&) = delete;

  void post(std::function<void()> work) {
    const std::lock_guard lock(mutex_);
    if (std::exchange(has_no_thread_, false)) {
      throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
    }
    ++posted_;
    works_.push_back(std::move(work));
    changed_.notify_all();
  }

  // What was posted by then is done, or dropped where it is held.
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
  }

  void refuse_once() {
    const std::lock_guard lock(mutex_);
    has_no_thread_ = true;
  }

  // Nothing is done until it is let go.
  void hold() { set_held(true); }
  void let_go() { set_held(false); }
  void wait_until_posted(int works) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return posted_ >= works; });
  }
  int posted() {
    const std::lock_guard lock(mutex_);
    return posted_;
  }
  std::thread::id thread() const { return thread_.get_id(); }

 private:
  void set_held(bool held) {
    const std::lock_guard lock(mutex_);
    held_ = held;
    changed_.notify_all();
  }

  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return stopping_ || (!held_ && !works_.empty()); });
      if (held_ || works_.empty()) return;
      const std::function<void()> work = std::move(works_.front());
      works_.pop_front();
      lock.unlock();
      work();
      lock.lock();
    }
  }

  std::mutex mutex_;  // guards all below but the thread
  std::condition_variable changed_;
  std::deque<std::function<void()>> works_;
  int posted_ = 0;
  bool held_ = false;
  bool stopping_ = false;
  bool has_no_thread_ = false;
  std::thread thread_;
};

// Begins at once, on the thread that calls it; ends itself, or when its owner does.
class TestCoroutine {
 public:
  struct Promise {
    TestExecutor* executor;

    template <class... Args>
    explicit Promise(TestExecutor& given, Args&...) : executor(&given) {}
    TestCoroutine get_return_object() {
      return TestCoroutine(std::coroutine_handle<Promise>::from_promise(*this));
    }
    std::suspend_never initial_suspend() const noexcept { return {}; }
    std::suspend_always final_suspend() const noexcept { return {}; }
    void return_void() const {}
    [[noreturn]] void unhandled_exception() const { std::terminate(); }
  };

  using promise_type = Promise;

  explicit TestCoroutine(std::coroutine_handle<Promise> handle) : handle_(handle) {}
  TestCoroutine(TestCoroutine&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  TestCoroutine& operator=(TestCoroutine&&) = delete;
  ~TestCoroutine() {
    if (handle_) handle_.destroy();
  }

 private:
  std::coroutine_handle<Promise> handle_;
};

}  // namespace assay::storage
