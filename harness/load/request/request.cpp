#include "harness/load/request/request.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/load/text/same_letters.h"

namespace assay::load {
namespace {

bool has(const Request& request, std::string_view name) {
  return std::any_of(request.headers.begin(), request.headers.end(),
                     [&](const auto& header) { return same_letters(header.first, name); });
}

bool needs_length(const Request& request) {
  if (has(request, "content-length") || has(request, "transfer-encoding")) return false;
  return !request.body.empty() || request.method == "POST" || request.method == "PUT" ||
         request.method == "PATCH";
}

}  // namespace

Additions additions(const Request& request, bool keep_alive) {
  return {!has(request, "host"), needs_length(request), !keep_alive && !has(request, "connection")};
}

std::string wire_bytes(const Request& request, std::string_view authority, bool keep_alive) {
  const Additions added = additions(request, keep_alive);
  std::string bytes = fmt::format("{} {} HTTP/1.1\r\n", request.method, request.target);
  if (added.host) bytes += fmt::format("Host: {}\r\n", authority);
  for (const auto& [name, value] : request.headers) bytes += fmt::format("{}: {}\r\n", name, value);
  if (added.length) bytes += fmt::format("Content-Length: {}\r\n", request.body.size());
  if (added.close) bytes += "Connection: close\r\n";
  return bytes + "\r\n" + request.body;
}

}  // namespace assay::load
