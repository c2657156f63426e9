// Where the requests of a job go: a host and a port, or a Unix socket; plain or under TLS.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace assay::load {

struct TlsChoice {
  bool verifies = true;     // the certificate and the host's name in it
  std::string authorities;  // a PEM file of those to trust; empty: the system's
};

struct Target {
  std::string host = "127.0.0.1";
  std::uint16_t port = 80;
  std::string unix_path;  // not empty: there, and the host is only named in requests
  std::optional<TlsChoice> tls;
};

// For a sentence: "127.0.0.1 port 80", "the Unix socket /run/assay.sock".
std::string place(const Target& target);
// For a command to paste: "https://127.0.0.1:8443/", "http://localhost/ --unix-socket /run/a.sock".
std::string as_curl_takes_it(const Target& target);
// "-connect 127.0.0.1:8443", "-unix /run/a.sock"
std::string as_s_client_takes_it(const Target& target);

}  // namespace assay::load
