#include "harness/load/socket/address.h"

#include <netdb.h>
#include <poll.h>
#include <sys/un.h>

#include <cerrno>
#include <condition_variable>
#include <cstddef>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "harness/load/socket/readiness.h"
#include "harness/load/socket/socket.h"

namespace assay::load {
namespace {

constexpr auto glance_at_stop = std::chrono::milliseconds(20);

Result<std::vector<Address>> looked_up(const std::string& host, std::uint16_t port) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
  if (error != 0) return LoadError::unknown_host(host, gai_strerror(error));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  std::vector<Address> all;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    Address& address = all.emplace_back();
    std::memcpy(&address.storage, each->ai_addr, each->ai_addrlen);
    address.length = each->ai_addrlen;
  }
  return all;
}

// What a thread of its own looks up, for who may stop waiting: the system's call cannot be ended.
struct LookUp {
  std::mutex mutex;  // guards found
  std::condition_variable changed;
  std::optional<Result<std::vector<Address>>> found;
};

Result<std::vector<Address>> addresses(const std::string& host, std::uint16_t port,
                                       const Stop* stop) {
  if (stop == nullptr) return looked_up(host, port);
  const auto look_up = std::make_shared<LookUp>();
  try {
    std::thread([look_up, host, port] {
      Result<std::vector<Address>> found = looked_up(host, port);
      const std::lock_guard lock(look_up->mutex);
      look_up->found.emplace(std::move(found));
      look_up->changed.notify_all();
    }).detach();
  } catch (const std::system_error&) {  // no thread: then it cannot be stopped
    return looked_up(host, port);
  }
  std::unique_lock lock(look_up->mutex);
  while (!stop->requested()) {
    const auto is_found = [&] { return look_up->found.has_value(); };
    if (look_up->changed.wait_for(lock, glance_at_stop, is_found)) return *look_up->found;
  }
  return LoadError::stopped();
}

// 0, or why there is no connection.
int connect_error(const Address& address, TimePoint deadline, const Stop* stop) {
  const Descriptor socket = open_stream_socket(address.family());
  if (!socket.is_open()) return errno;
  if (connect(socket.number(), address.get(), address.length) == 0) return 0;
  if (errno != EINPROGRESS) return errno;
  if (!is_ready(socket.number(), POLLOUT, deadline, stop)) return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

Result<Address> unix_address(const std::string& path) {
  sockaddr_un named{};
  named.sun_family = AF_UNIX;
  constexpr std::size_t limit = sizeof named.sun_path - 1;  // a zero ends it
  if (path.size() > limit) return LoadError::unix_path_too_long(path, limit);
  std::memcpy(named.sun_path, path.data(), path.size());
  Address address;
  address.length = offsetof(sockaddr_un, sun_path) + path.size() + 1;
  std::memcpy(&address.storage, &named, sizeof named);
  return address;
}

}  // namespace

Result<Address> reachable_address(const std::string& host, std::uint16_t port, nanoseconds timeout,
                                  const Stop* stop) {
  const Result<std::vector<Address>> all = addresses(host, port, stop);
  if (!all) return all.error();
  const TimePoint deadline = Clock::now() + timeout;
  auto untried = static_cast<int>(all->size());
  int error = 0;
  for (const Address& address : *all) {
    const TimePoint now = Clock::now();
    error = connect_error(address, now + (deadline - now) / untried--, stop);
    if (error == 0) return address;
  }
  return LoadError::unreachable(host, port, std::strerror(error));
}

Result<Address> address_of(const Target& target, nanoseconds timeout, const Stop* stop) {
  if (target.unix_path.empty()) return reachable_address(target.host, target.port, timeout, stop);
  const Result<Address> address = unix_address(target.unix_path);
  if (!address) return address;
  const int error = connect_error(*address, Clock::now() + timeout, stop);
  if (error != 0) return LoadError::no_unix_server(target.unix_path, std::strerror(error));
  return address;
}

}  // namespace assay::load
