#include "server/wire/refusal.h"

namespace assay::wire {

int status_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::none: return 200;
    case Refusal::malformed: return 400;
    case Refusal::too_slow: return 408;
    case Refusal::body_too_large: return 413;
    case Refusal::target_too_long: return 414;
    case Refusal::expectation_unknown: return 417;
    case Refusal::misdirected: return 421;
    case Refusal::fields_too_large: return 431;
    case Refusal::failed: return 500;
    case Refusal::not_implemented: return 501;
    case Refusal::busy:
    case Refusal::unanswered: return 503;
    case Refusal::version_not_supported: return 505;
  }
  return 400;
}

// RFC 9110, 15, and RFC 6585.
std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 203: return "Non-Authoritative Information";
    case 204: return "No Content";
    case 205: return "Reset Content";
    case 206: return "Partial Content";
    case 300: return "Multiple Choices";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 416: return "Range Not Satisfiable";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 426: return "Upgrade Required";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return "Unknown";
  }
}

}  // namespace assay::wire
