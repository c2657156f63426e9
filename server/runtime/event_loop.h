// One thread's worth of server: an io_context, an acceptor, and the sessions it accepted.
//
// Made and run by LoopServer. `run` returns when `stop` was asked for and the sessions have ended;
// `stop` may be called from any thread, everything else happens on the one that runs.
#pragma once
#include <chrono>
#include <memory>
#include <vector>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "server/runtime/date_field.h"
#include "server/runtime/session.h"
#include "server/runtime/settings.h"

namespace assay::runtime {

class EventLoop {
 public:
  using Executor = boost::asio::io_context::executor_type;
  using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Executor>;

  EventLoop(const Settings& settings, wire::Handler& handler);

  // Binds and listens; throws boost::system::system_error. Returns the port.
  std::uint16_t listen(const boost::asio::ip::tcp::endpoint& endpoint, bool shared_port);
  void accept_for(
      std::vector<EventLoop*> others);  // hands connections round instead of keeping them
  void run();
  void stop();

 private:
  using Timer = boost::asio::basic_waitable_timer<
      std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;

  void accept();
  void accept_again_later();
  void admit(Socket socket);
  void drop_closed();
  void sweep();
  void drain();

  const Settings& settings_;
  wire::Handler& handler_;
  boost::asio::io_context context_{1};  // one thread: Asio may leave out what many would need
  Acceptor acceptor_{context_};
  Timer sweep_timer_{context_};
  Timer accept_timer_{context_};
  DateField date_;
  std::vector<std::shared_ptr<Session>> sessions_;
  std::size_t drop_size_ = 64;  // with so many sessions, look for closed ones
  std::vector<EventLoop*> others_;
  std::size_t next_other_ = 0;
  bool stopping_ = false;
  std::chrono::steady_clock::time_point drain_end_{};
};

}  // namespace assay::runtime
