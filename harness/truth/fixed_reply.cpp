#include "harness/truth/fixed_reply.h"

#include <fmt/format.h>

namespace assay::truth {
namespace {

std::string_view field_of(Persistence persistence) {
  switch (persistence) {
    case Persistence::kept: return "";
    case Persistence::said_kept: return "Connection: keep-alive\r\n";
    case Persistence::ends: return "Connection: close\r\n";
  }
  return "";
}

}  // namespace

std::string fixed_head(std::string_view status, std::size_t body_bytes, Persistence persistence) {
  return fmt::format(
      "HTTP/1.1 {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n"
      "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n{}\r\n",
      status, body_bytes, field_of(persistence));
}

}  // namespace assay::truth
