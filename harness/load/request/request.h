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

// What a server needs and `headers` does not have.
struct Additions {
  bool host = false;
  bool length = false;  // Content-Length: of a body, or for a method that is read with one
  bool close = false;   // `Connection: close`, unless the connection is to be kept
};
Additions additions(const Request& request, bool keep_alive);

// With its additions.
std::string wire_bytes(const Request& request, std::string_view authority, bool keep_alive);

}  // namespace assay::load
