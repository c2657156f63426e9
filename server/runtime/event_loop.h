// One thread's worth of server: an io_context, a listening socket, and the sessions it accepted.
//
// `run` returns when `stop` was asked for and the sessions have ended; `stop`, `adopt` and
// `run_soon` may be called from any thread, everything else happens on the one that runs.
#pragma once
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>

#include "server/runtime/date_field.h"
#include "server/runtime/descriptor.h"
#include "server/runtime/session.h"
#include "server/runtime/settings.h"
#include "server/runtime/socket_watch.h"
#include "server/runtime/tls_context.h"
#include "server/runtime/worker_pool.h"
#include "server/runtime/workspace.h"

namespace assay::runtime {

class EventLoop {
 public:
  using Executor = boost::asio::io_context::executor_type;

  // At most `connections` at once. Throws boost::system::system_error.
  // Without `tls` in the clear; without `workers` the loop runs the handlers itself.
  EventLoop(const Settings& settings, std::size_t connections, wire::Handler& handler,
            const TlsContext* tls, WorkerPool* workers);

  // Accepts from a socket that is the caller's and outlives the loop, for itself or, in turn, for
  // all of `owners`. Throws boost::system::system_error.
  void accept_from(int listener, std::vector<EventLoop*> owners);
  void run();
  void stop();
  void adopt(Descriptor file);

  // For its sessions.
  const Settings& settings() const { return settings_; }
  wire::Handler& handler() { return handler_; }
  const TlsContext* tls() const { return tls_; }
  const std::string& date() const { return date_.line(); }
  Workspace& workspace() { return *workspace_; }
  SocketWatch& watch() { return watch_; }
  std::uint64_t next_turn() { return ++turn_; }
  bool stopping() const { return stopping_; }
  bool has_workers() const { return workers_ != nullptr; }
  void give_to_worker(WorkerPool::Work work) { workers_->run(std::move(work)); }
  template <class Work>
  void run_soon(Work work) {
    boost::asio::post(context_, std::move(work));
  }
  void remove(Session& session);  // destroys it

 private:
  using Timer = boost::asio::basic_waitable_timer<
      std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;
  using Readable = boost::asio::posix::basic_stream_descriptor<Executor>;

  void wait_for_sessions();
  void serve_ready();
  void serve(Session& session);
  void wait_for_connections();
  bool accept_one();
  void accept_again_later();
  void admit(Descriptor file);
  bool make_room();
  void sweep();
  void drain();

  const Settings& settings_;
  const std::size_t most_;
  wire::Handler& handler_;
  const TlsContext* tls_;
  WorkerPool* workers_;
  // One thread uses the sockets, so the reactor needs no locks; posting from others stays safe.
  boost::asio::io_context context_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
  SocketWatch watch_;
  Readable sessions_ready_{context_, dup(watch_.number())};  // Asio closes what it is given
  std::optional<Readable> listener_;
  Timer sweep_timer_{context_};
  Timer accept_timer_{context_};
  DateField date_;
  std::unique_ptr<Workspace> workspace_ = std::make_unique<Workspace>();
  std::vector<std::unique_ptr<Session>> sessions_;
  std::vector<EventLoop*> owners_;
  std::size_t next_owner_ = 0;
  std::uint64_t turn_ = 0;
  std::uint64_t draw_ = 1;  // of a cheap random sequence
  bool stopping_ = false;
  std::chrono::steady_clock::time_point drain_end_{};
};

}  // namespace assay::runtime
