#include "server/runtime/event_loop.h"

#include <algorithm>
#include <ctime>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/socket_base.hpp>

#include "server/runtime/port_sharing.h"

namespace assay::runtime {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

}  // namespace

EventLoop::EventLoop(const Settings& settings, wire::Handler& handler)
    : settings_(settings), handler_(handler) {
  date_.renew(std::time(nullptr));
}

std::uint16_t EventLoop::listen(const tcp::endpoint& endpoint, bool shared_port) {
  acceptor_.open(endpoint.protocol());
  acceptor_.set_option(tcp::acceptor::reuse_address(true));
  if (shared_port) acceptor_.set_option(ReusePort());
  acceptor_.bind(endpoint);
  acceptor_.listen(4096);
  return acceptor_.local_endpoint().port();
}

void EventLoop::accept_for(std::vector<EventLoop*> others) { others_ = std::move(others); }

void EventLoop::run() {
  if (acceptor_.is_open()) accept();
  sweep();
  context_.run();
}

void EventLoop::stop() {
  boost::asio::post(context_, [this] {
    stopping_ = true;
    drain_end_ = std::chrono::steady_clock::now() + settings_.drain_limit;
    error_code ignored;
    acceptor_.close(ignored);
    accept_timer_.cancel();
    sweep_timer_.cancel();  // its handler runs now and drains
  });
}

void EventLoop::accept() {
  EventLoop* owner = this;
  if (!others_.empty()) owner = others_[next_other_++ % others_.size()];
  acceptor_.async_accept(owner->context_, [this, owner](error_code error, Socket socket) {
    if (!acceptor_.is_open()) return;
    // Out of files, or the peer is gone already: the first would come back at once, again and
    // again.
    if (error) return accept_again_later();
    if (owner == this) {
      admit(std::move(socket));
    } else {
      auto moved = std::make_shared<Socket>(std::move(socket));
      boost::asio::post(owner->context_, [owner, moved] { owner->admit(std::move(*moved)); });
    }
    accept();
  });
}

void EventLoop::accept_again_later() {
  accept_timer_.expires_after(std::chrono::milliseconds(10));
  accept_timer_.async_wait([this](error_code error) {
    if (!error && acceptor_.is_open()) accept();
  });
}

void EventLoop::admit(Socket socket) {
  if (stopping_) return;
  error_code ignored;
  socket.set_option(tcp::no_delay(settings_.tcp_no_delay), ignored);
  // Sessions that ended are dropped by the sweep; where connections are short, that is here too.
  if (sessions_.size() >= drop_size_) drop_closed();
  sessions_.push_back(
      std::make_shared<Session>(std::move(socket), settings_.limits, date_.line(), handler_));
  sessions_.back()->start();
}

// Looks again when there are twice as many: so each admission pays for one look or two, however
// many sessions stay.
void EventLoop::drop_closed() {
  std::erase_if(sessions_, [](const auto& session) { return session->closed(); });
  drop_size_ = 2 * sessions_.size() + 64;
}

// Once a second, instead of a timer for each request: renews the date and ends idle sessions.
void EventLoop::sweep() {
  date_.renew(std::time(nullptr));
  for (const auto& session : sessions_) session->second_passed(settings_);
  drop_closed();
  sweep_timer_.expires_after(std::chrono::seconds(1));
  sweep_timer_.async_wait([this](error_code) { stopping_ ? drain() : sweep(); });
}

// At shutdown: idle sessions end at once, the others when their reply is out or time is up.
void EventLoop::drain() {
  const bool late = std::chrono::steady_clock::now() >= drain_end_;
  for (const auto& session : sessions_) {
    if (late || session->idle()) session->close();
  }
  drop_closed();
  if (sessions_.empty()) return;
  sweep_timer_.expires_after(std::chrono::milliseconds(20));
  sweep_timer_.async_wait([this](error_code) { drain(); });
}

}  // namespace assay::runtime
