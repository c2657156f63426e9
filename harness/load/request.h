// What is asked of the server, and its bytes on the wire. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::load {

struct Request {
  std::string method = "GET";
  std::string target = "/";
  std::vector<std::pair<std::string, std::string>> headers;  // name, value; sent as they stand
  std::string body;
};

// Adds what a server needs and `headers` does not have: Host, Content-Length for a body or a method
// that is read with one, and `Connection: close` unless the connection is to be kept.
std::string wire_bytes(const Request& request, std::string_view authority, bool keep_alive);

}  // namespace assay::load
