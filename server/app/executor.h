// Where handlers go on that had to wait, and where work that blocks is done: one thread that
// resumes coroutines and keeps their timers, and a few for what blocks.
//
// Any thread may call it. Threads begin with the first use, so that a process may fork before it.
// What is not begun when it stops is dropped. Where no thread can be had, posting throws
// std::system_error, and nothing was taken.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace assay {

class Executor {
 public:
  using Work = std::function<void()>;
  using Clock = std::chrono::steady_clock;

  // At most `workers` threads for what blocks.
  explicit Executor(std::size_t workers = 16) : most_workers_(workers) {}
  ~Executor() { stop(); }
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  void post(Work work);  // soon, on the thread that resumes
  void post_at(Clock::time_point when, Work work);
  void post_blocking(Work work);  // on a thread of its own; what waits is begun in order
  void stop();  // ends what is being done, begins nothing more; it may be used again

 private:
  bool takes_more();
  void add_worker();
  void resume();
  void work();

  std::size_t most_workers_;
  std::mutex mutex_;  // guards all below
  std::condition_variable resumer_wanted_;
  std::condition_variable worker_wanted_;
  std::multimap<Clock::time_point, Work> timed_;
  std::deque<Work> soon_;
  std::deque<Work> blocking_;
  std::thread resumer_;
  std::vector<std::thread> workers_;
  std::size_t idle_workers_ = 0;
  bool stopping_ = false;
};

}  // namespace assay
