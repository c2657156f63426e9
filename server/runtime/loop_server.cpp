#include "server/runtime/loop_server.h"

#include <system_error>
#include <thread>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/system/system_error.hpp>
#include <fmt/format.h>

namespace assay::runtime {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

std::string start_failure(const Settings& settings, const boost::system::error_code& cause) {
  if (cause == asio::error::address_in_use) {
    return fmt::format("port {} is in use: stop its owner, or choose another with --port",
                       settings.port);
  }
  if (cause == asio::error::access_denied) {
    return fmt::format("port {} is not allowed for this user: choose one above 1023 with --port",
                       settings.port);
  }
  return fmt::format("cannot listen on {}: {}", address_text(settings.host, settings.port),
                     cause.message());
}

StartError too_many_workers(std::size_t workers, const std::string& cause) {
  return StartError(
      fmt::format("cannot start {} workers: {}; ask for fewer with --workers, or "
                  "raise the limit (ulimit -a)",
                  workers, cause));
}

// A port that another server shares would silently give us half of the connections: the first
// listener of this process must have it alone, so it is tried without sharing before.
void require_free(const tcp::endpoint& endpoint) {
  if (endpoint.port() == 0) return;
  asio::io_context context;
  tcp::acceptor probe(context);
  probe.open(endpoint.protocol());
  probe.set_option(tcp::acceptor::reuse_address(true));
  probe.bind(endpoint);
}

}  // namespace

std::string address_text(const std::string& host, std::uint16_t port) {
  const bool is_v6 = host.find(':') != host.npos;
  return is_v6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

LoopServer::LoopServer(const Settings& settings, wire::Handler& handler) : settings_(settings) {
  try {
    for (std::size_t i = 0; i < settings.workers; ++i) {
      loops_.push_back(std::make_unique<EventLoop>(settings, handler));
    }
  } catch (const boost::system::system_error& failure) {
    throw too_many_workers(settings.workers, failure.code().message());
  }
}

std::uint16_t LoopServer::listen() {
  boost::system::error_code error;
  const auto address = asio::ip::make_address(settings_.host, error);
  if (error) {
    throw StartError(fmt::format("--host {} is not an address: give one such as 127.0.0.1 or ::1",
                                 settings_.host));
  }
  try {
    tcp::endpoint endpoint(address, settings_.port);
    require_free(endpoint);
    const bool shared = settings_.share_port && loops_.size() > 1;
    endpoint.port(loops_.front()->listen(endpoint, shared));
    for (std::size_t i = 1; shared && i < loops_.size(); ++i) loops_[i]->listen(endpoint, true);
    if (!shared && loops_.size() > 1) {
      std::vector<EventLoop*> all;
      for (const auto& loop : loops_) all.push_back(loop.get());
      loops_.front()->accept_for(std::move(all));
    }
    return endpoint.port();
  } catch (const boost::system::system_error& failure) {
    throw StartError(start_failure(settings_, failure.code()));
  }
}

void LoopServer::serve() {
  std::vector<std::thread> threads;
  const auto join = [&threads] {
    for (std::thread& thread : threads) thread.join();
  };
  try {
    for (std::size_t i = 1; i < loops_.size(); ++i) {
      threads.emplace_back([loop = loops_[i].get()] { loop->run(); });
    }
  } catch (const std::system_error& failure) {
    stop();
    join();
    throw too_many_workers(loops_.size(), failure.code().message());
  }
  loops_.front()->run();
  join();
}

void LoopServer::stop() {
  for (const auto& loop : loops_) loop->stop();
}

}  // namespace assay::runtime
