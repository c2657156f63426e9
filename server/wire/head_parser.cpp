#include "server/wire/head_parser.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/optional.hpp>

#include "server/wire/characters.h"

namespace assay::wire {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using BeastText = boost::beast::string_view;

std::string_view view(BeastText text) { return {text.data(), text.size()}; }

// Fields go into the head's flat array, where http::fields would allocate a node for each.
//
// No `override` here: Boost 1.87 added a pure on_trailer_field_impl that 1.81 does not have, and a
// class that marks some overriders must mark them all.
// NOLINTBEGIN(modernize-use-override)
class HeadParser final : public http::basic_parser<true> {
 public:
  explicit HeadParser(RequestHead& head) : head_(head) {
    header_limit(UINT32_MAX);  // the connection has its own limit, met before this runs
    body_limit(boost::none);
  }

 private:
  void on_request_impl(http::verb, BeastText method, BeastText target, int version, error_code&) {
    head_.method_name = view(method);
    head_.method = method_named(head_.method_name);
    head_.target = view(target);
    head_.version = version;
  }
  void on_field_impl(http::field, BeastText name, BeastText value, error_code& error) {
    if (!head_.add({view(name), view(value)})) error = http::error::header_limit;
  }
  void on_trailer_field_impl(http::field, BeastText, BeastText, error_code&) {}
  void on_response_impl(int, BeastText, int, error_code&) {}
  void on_header_impl(error_code&) {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) {}
  std::size_t on_body_impl(BeastText body, error_code&) { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, BeastText, error_code&) {}
  std::size_t on_chunk_body_impl(std::uint64_t, BeastText body, error_code&) { return body.size(); }
  void on_finish_impl(error_code&) {}

  RequestHead& head_;
};
// NOLINTEND(modernize-use-override)

// Whether the request line ends in a version as RFC 9112, 2.3 writes it: then it is one that we do
// not speak, and else no version at all.
bool has_version(std::string_view head) {
  const std::string_view line = head.substr(0, head.find("\r\n"));
  if (line.size() < 9 || std::count(line.begin(), line.end(), ' ') != 2) return false;
  const std::string_view version = line.substr(line.size() - 9);
  return version.starts_with(" HTTP/") && is_digit(version[6]) && version[7] == '.' &&
         is_digit(version[8]);
}

}  // namespace

Refusal parse_head(std::string_view bytes, RequestHead& head) {
  HeadParser parser(head);
  error_code error;
  parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
  if (error == http::error::header_limit) return Refusal::fields_too_large;
  if (error == http::error::bad_version && has_version(bytes)) {
    return Refusal::version_not_supported;
  }
  if (error || !parser.is_header_done()) return Refusal::malformed;
  return Refusal::none;
}

}  // namespace assay::wire
