// Where handlers go on that had to wait, and where work that blocks is done: one thread that
// resumes coroutines and keeps their timers, and a few for what blocks.
//
// Any thread may call it. Threads begin with the first use, so that a process may fork before it.
// What is not begun when it stops is dropped, and so is what is posted after that, until it is
// opened again: whoever posts from outside may not know that the one who waited is gone. Where no
// thread can be had, posting throws std::system_error, and nothing was taken.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
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

  // What each of its threads does that has worked and may wait next. REQUIRES: before the first use
  void set_before_wait(std::function<void()> act) { before_wait_ = std::move(act); }

  void post(Work work);  // soon, on the thread that resumes
  void post_at(Clock::time_point when, Work work);
  void post_blocking(Work work);  // on a thread of its own; what waits is begun in order
  void stop();                    // lets what is being done end, begins nothing more
  void open();                    // it is so at first. REQUIRES: `stop` has returned

 private:
  bool takes_more();
  void add_worker();
  void do_one(std::deque<Work>& works, std::unique_lock<std::mutex>& lock);
  void rest(int& done, std::unique_lock<std::mutex>& lock) const;
  void resume();
  void work();

  std::function<void()> before_wait_ = [] {};
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
  bool stopped_ = false;
};

}  // namespace assay
