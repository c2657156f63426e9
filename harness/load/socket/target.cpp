#include "harness/load/socket/target.h"

#include <fmt/format.h>

#include "harness/load/socket/url.h"

namespace assay::load {

std::string place(const Target& target) {
  if (!target.unix_path.empty()) return fmt::format("the Unix socket {}", target.unix_path);
  return fmt::format("{} port {}", target.host, target.port);
}

std::string as_curl_takes_it(const Target& target) {
  const Scheme scheme = target.tls ? Scheme::https : Scheme::http;
  const std::string url = fmt::format("{}://{}/", target.tls ? "https" : "http",
                                      authority(target.host, target.port, scheme));
  if (target.unix_path.empty()) return url;
  return fmt::format("{} --unix-socket {}", url, target.unix_path);
}

std::string as_s_client_takes_it(const Target& target) {
  if (!target.unix_path.empty()) return fmt::format("-unix {}", target.unix_path);
  const bool is_ipv6 = target.host.find(':') != std::string::npos;
  const std::string host = is_ipv6 ? fmt::format("[{}]", target.host) : target.host;
  return fmt::format("-connect {}:{}", host, target.port);
}

}  // namespace assay::load
