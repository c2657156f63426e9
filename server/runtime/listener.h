// The sockets on which a server is reached: opened once, before threads and processes are made.
//
// Non-blocking, closed on exec, with TCP_NODELAY set if the settings ask for it: what is accepted
// inherits that on Linux. Where the system shares a port fairly, there is one for each worker that
// accepts for itself, so that a worker's end loses no connection of another. What cannot be had is
// said by a StartError. The path of a Unix socket is removed with the last owner, if it still leads
// here.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/runtime/descriptor.h"
#include "server/runtime/settings.h"
#include "server/runtime/tls_context.h"

namespace assay::runtime {

// "127.0.0.1:8080", or "[::1]:8080": as it stands in a URL.
std::string address_text(const std::string& host, std::uint16_t port);

class Listeners {
 public:
  explicit Listeners(const Settings& settings);  // throws StartError
  ~Listeners();
  Listeners(const Listeners&) = delete;
  Listeners& operator=(const Listeners&) = delete;

  std::size_t count() const { return sockets_.size(); }
  int number(std::size_t i) const { return sockets_.at(i).number(); }
  // "http://127.0.0.1:8080", "https://[::1]:8443" or "unix:/run/assay.sock"
  const std::string& url() const { return url_; }
  std::uint16_t port() const { return port_; }
  void remove_path() const;  // as the destructor does; for a process that ends without one
  const TlsContext* tls() const { return tls_.get(); }  // nullptr: in the clear

 private:
  void listen_on_port(const Settings& settings);
  void listen_on_path(const std::string& path);

  std::unique_ptr<TlsContext> tls_;
  std::vector<Descriptor> sockets_;
  std::string url_;
  std::string path_;  // of a Unix socket; removed at the end by the process that made it
  std::pair<dev_t, ino_t> file_{};  // there, unless another server has taken the path over
  int owner_ = 0;                   // its process
  std::uint16_t port_ = 0;
};

}  // namespace assay::runtime
