// nginx with `return 200 BODY`: no file, no log, one worker.
#include <fmt/format.h>

#include "harness/cost/rivals.h"
#include "harness/truth/listener.h"

namespace assay::cost {
namespace {

constexpr std::size_t longest_word = 4000;  // of nginx's configuration files: 4,096 with quotes

constexpr auto settings = R"(daemon off;
master_process on;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr;
events {{ worker_connections 16384; }}
http {{
  access_log off;
  default_type application/json;
  keepalive_requests 1000000000;
  keepalive_timeout 3600s;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location / {{ return 200 '{body}'; }}
  }}
}}
)";

}  // namespace

Result<Contender> nginx_rival(const Workshop& workshop) {
  if (!is_on_path("nginx")) {
    return CostError::no_program("nginx on PATH", "apt-get install nginx-light, or without it");
  }
  if (workshop.body.find_first_of("'\\$") != std::string::npos) {
    return CostError::unsuited_body("nginx", "it has a quote, a backslash or a dollar sign");
  }
  if (workshop.body.size() > longest_word) {
    return CostError::unsuited_body("nginx", "it is longer than 4,000 bytes");
  }
  const truth::Result<std::uint16_t> port = truth::free_port();
  if (!port) return CostError::out_of_system("free port", port.error().what());
  const std::string folder = workshop.scratch.path().string();
  const auto file = workshop.scratch.write(
      "nginx.conf", fmt::format(settings, fmt::arg("folder", folder), fmt::arg("port", *port),
                                fmt::arg("body", workshop.body)));
  if (!file) return file.error();
  return Contender{
      "nginx", {"nginx", "-p", folder, "-e", "stderr", "-c", file->string()}, {}, {}, *port};
}

}  // namespace assay::cost
