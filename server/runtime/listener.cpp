#include "server/runtime/listener.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "server/runtime/start_error.h"

namespace assay::runtime {
namespace {

constexpr int backlog = 4096;  // the system cuts it to its own limit

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

std::string cause(int error) { return std::generic_category().message(error); }

StartError tcp_failure(const Settings& settings, int error) {
  if (error == EADDRINUSE) {
    return StartError(fmt::format(
        "port {} is in use: stop its owner, or choose another with --port", settings.port));
  }
  if (error == EACCES) {
    return StartError(fmt::format(
        "port {} is not allowed for this user: choose one above 1023 with --port", settings.port));
  }
  if (error == EADDRNOTAVAIL) {
    return StartError(fmt::format(
        "{} is no address of this machine: give --host one that is, such as 127.0.0.1, or 0.0.0.0 "
        "for all of them",
        settings.host));
  }
  if (error == EMFILE || error == ENFILE) {
    return StartError(
        fmt::format("cannot open {} listening sockets: {}; ask for fewer with "
                    "--workers, or raise the limit (ulimit -n)",
                    settings.workers, cause(error)));
  }
  return StartError(
      fmt::format("cannot listen on {} port {}: {}", settings.host, settings.port, cause(error)));
}

StartError unix_failure(const std::string& path, int error) {
  if (error == EADDRINUSE) {
    return StartError(
        fmt::format("{} is in use: stop its owner, or choose another with --unix", path));
  }
  return StartError(
      fmt::format("cannot listen on {}: {}; give --unix a path in a folder that you "
                  "may write to",
                  path, cause(error)));
}

Address tcp_address(const Settings& settings) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_PASSIVE;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const std::string port = std::to_string(settings.port);
  if (getaddrinfo(settings.host.c_str(), port.c_str(), &hints, &found) != 0) {
    throw StartError(fmt::format("--host {} is not an address: give one such as 127.0.0.1 or ::1",
                                 settings.host));
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, freeaddrinfo);
  Address address;
  std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
  address.size = found->ai_addrlen;
  return address;
}

Address unix_address(const std::string& path) {
  sockaddr_un local{};
  if (path.size() >= sizeof local.sun_path) {
    throw StartError(fmt::format("--unix {} is too long: a path may have {} bytes here", path,
                                 sizeof local.sun_path - 1));
  }
  local.sun_family = AF_UNIX;
  std::memcpy(local.sun_path, path.data(), path.size());
  Address address;
  std::memcpy(&address.storage, &local, sizeof local);
  address.size = sizeof local;
  return address;
}

void set(int file, int level, int option) {
  const int on = 1;
  setsockopt(file, level, option, &on, sizeof on);
}

Descriptor open_socket(int family) {
  Descriptor file(socket(family, SOCK_STREAM, 0));
  if (file.number() >= 0) fcntl(file.number(), F_SETFD, FD_CLOEXEC);
  return file;
}

// 0, or why not.
int bind_and_listen(const Descriptor& file, const Address& address) {
  if (file.number() < 0) return errno;
  fcntl(file.number(), F_SETFL, fcntl(file.number(), F_GETFL) | O_NONBLOCK);
  if (bind(file.number(), address.get(), address.size) != 0) return errno;
  return listen(file.number(), backlog) == 0 ? 0 : errno;
}

int open_tcp(const Settings& settings, const Address& address, bool shared, Descriptor& file) {
  file = open_socket(address.storage.ss_family);
  if (file.number() < 0) return errno;
  set(file.number(), SOL_SOCKET, SO_REUSEADDR);
  if (shared) set(file.number(), SOL_SOCKET, SO_REUSEPORT);
  if (settings.tcp_no_delay) set(file.number(), IPPROTO_TCP, TCP_NODELAY);
  return bind_and_listen(file, address);
}

// A port that another server shares would silently give us half of the connections: the first
// listener of this process must have it alone, so it is tried without sharing before.
int try_alone(const Settings& settings, const Address& address) {
  Descriptor probe = open_socket(address.storage.ss_family);
  if (probe.number() < 0) return errno;
  set(probe.number(), SOL_SOCKET, SO_REUSEADDR);
  if (settings.port == 0) return 0;
  return bind(probe.number(), address.get(), address.size) == 0 ? 0 : errno;
}

std::uint16_t port_of(int file, Address& address) {
  address.size = sizeof address.storage;
  getsockname(file, reinterpret_cast<sockaddr*>(&address.storage), &address.size);
  // The port stands at the same place for both families.
  return ntohs(reinterpret_cast<const sockaddr_in*>(&address.storage)->sin_port);
}

std::pair<dev_t, ino_t> file_at(const std::string& path) {
  struct stat found{};
  if (lstat(path.c_str(), &found) != 0) return {};
  return {found.st_dev, found.st_ino};
}

// A server that was killed leaves its path behind: nobody answers there, so it may go.
void remove_stale(const std::string& path, const Address& address) {
  struct stat found{};
  if (lstat(path.c_str(), &found) != 0) return;
  if (!S_ISSOCK(found.st_mode)) {
    throw StartError(fmt::format("{} is there and is no socket: choose another with --unix", path));
  }
  const Descriptor probe = open_socket(AF_UNIX);
  fcntl(probe.number(), F_SETFL, O_NONBLOCK);  // who has no room for one more would let it wait
  if (connect(probe.number(), address.get(), address.size) == 0) {
    throw unix_failure(path, EADDRINUSE);
  }
  if (errno == ECONNREFUSED) unlink(path.c_str());
}

std::size_t listeners_of(const Settings& settings) {
  if (!settings.share_port || !settings.unix_path.empty()) return 1;
  switch (settings.model) {
    case Model::loop:
    case Model::fork: return settings.workers;
    case Model::pool: return settings.loops;
    case Model::pinned:
    case Model::per_request:
    case Model::thread: return 1;
  }
  return 1;
}

}  // namespace

std::string address_text(const std::string& host, std::uint16_t port) {
  const bool is_v6 = host.find(':') != host.npos;
  return is_v6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

Listeners::Listeners(const Settings& settings) : owner_(getpid()) {
  if (!settings.tls_certificate.empty()) {
    tls_ = std::make_unique<TlsContext>(settings.tls_certificate, settings.tls_key);
  }
  settings.unix_path.empty() ? listen_on_port(settings) : listen_on_path(settings.unix_path);
}

void Listeners::listen_on_port(const Settings& settings) {
  Address address = tcp_address(settings);
  const std::size_t count = listeners_of(settings);
  int error = try_alone(settings, address);
  for (std::size_t i = 0; error == 0 && i < count; ++i) {
    error = open_tcp(settings, address, count > 1, sockets_.emplace_back());
    if (error == 0 && i == 0) port_ = port_of(number(0), address);
  }
  if (error != 0) throw tcp_failure(settings, error);
  const char* scheme = tls_ ? "https" : "http";
  url_ = fmt::format("{}://{}", scheme, address_text(settings.host, port_));
}

void Listeners::listen_on_path(const std::string& path) {
  const Address address = unix_address(path);
  remove_stale(path, address);
  sockets_.push_back(open_socket(AF_UNIX));
  const int error = bind_and_listen(sockets_.back(), address);
  if (error != 0) throw unix_failure(path, error);
  path_ = path;
  file_ = file_at(path);
  url_ = "unix:" + path;
}

void Listeners::remove_path() const {
  if (path_.empty() || owner_ != getpid()) return;
  if (file_at(path_) == file_) unlink(path_.c_str());
}

Listeners::~Listeners() { remove_path(); }

}  // namespace assay::runtime
