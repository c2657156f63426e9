// For tests: a server in a thread of this process, whose handler can be held at a gate.
//
// "/gate" waits for the gate, "/silence" goes on and never says anything, "/large" is more than
// sockets hold, "/bug" throws; every other path is its own answer, or the body that came.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "server/runtime/server_thread.h"
#include "server/runtime/settings.h"
#include "server/runtime/test_client.h"
#include "server/wire/connection.h"

namespace assay::runtime {

inline constexpr std::size_t large_bytes = std::size_t{32} << 20U;

// What holds handlers until it is opened.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait_for(int handlers) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= handlers; });
  }

 private:
  std::mutex mutex_;  // guards waiting_, open_
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

class Answers final : public wire::Handler {
 public:
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override;
  Gate gate;
};

// Four workers, any port, deadlines looked at often.
Settings with(Model model);

class TestServer {
 public:
  explicit TestServer(const Settings& settings) : server_(settings, handler_) {}

  void stop() { server_.stop(); }
  void end() { server_.end(); }
  std::uint16_t port() const { return server_.port(); }
  Gate& gate() { return handler_.gate; }

 private:
  Answers handler_;
  ServerThread server_;
};

std::string get(const std::string& path, const std::string& fields = {});
std::string last(const std::string& path);

// Whether a request that the server knows nothing of yet is answered.
bool answers(const TestClient& client, const std::string& path);

template <class Condition>
bool soon(Condition&& condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace assay::runtime
