#include "server/wire/refusal.h"

namespace assay::wire {

int status_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::none: return 200;
    case Refusal::malformed: return 400;
    case Refusal::body_too_large: return 413;
    case Refusal::target_too_long: return 414;
    case Refusal::fields_too_large: return 431;
    case Refusal::coding_not_implemented: return 501;
    case Refusal::version_not_supported: return 505;
  }
  return 400;
}

std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 422: return "Unprocessable Content";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Unknown";
  }
}

}  // namespace assay::wire
