#include "server/wire/head_parser.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

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

// "3.7", where the request line ends in a version as RFC 9112, 2.3 writes it, or nothing.
std::string_view version_of(std::string_view head) {
  const std::string_view line = head.substr(0, head.find("\r\n"));
  if (line.size() < 9 || std::count(line.begin(), line.end(), ' ') != 2) return {};
  const std::string_view version = line.substr(line.size() - 9);
  const bool is_one = version.starts_with(" HTTP/") && is_digit(version[6]) && version[7] == '.' &&
                      is_digit(version[8]);
  return is_one ? version.substr(6) : std::string_view();
}

Refusal parse_with_beast(std::string_view bytes, RequestHead& head) {
  HeadParser parser(head);
  error_code error;
  parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
  if (error == http::error::header_limit) return Refusal::fields_too_large;
  if (error == http::error::bad_version) return Refusal::version_not_supported;
  if (error || !parser.is_header_done()) return Refusal::malformed;
  return Refusal::none;
}

// As HTTP/1.1, which is all that Beast knows: from a copy, whose views are then those of `bytes`.
Refusal parse_later_minor(std::string_view bytes, const char* minor, RequestHead& head) {
  std::string copy(bytes);
  copy[static_cast<std::size_t>(minor - bytes.data())] = '1';
  RequestHead read;
  const Refusal fault = parse_with_beast(copy, read);
  if (fault != Refusal::none) return fault;
  const auto original = [&](std::string_view part) {
    if (part.empty()) return bytes.substr(0, 0);
    return bytes.substr(static_cast<std::size_t>(part.data() - copy.data()), part.size());
  };
  head.method = read.method;
  head.method_name = original(read.method_name);
  head.target = original(read.target);
  head.version = read.version;
  for (const HeaderField& field : read.fields()) {
    head.add({original(field.name), original(field.value)});
  }
  return Refusal::none;
}

}  // namespace

Refusal parse_head(std::string_view bytes, RequestHead& head) {
  const std::string_view version = version_of(bytes);
  if (version.starts_with("1.") && version[2] > '1') {
    return parse_later_minor(bytes, &version[2], head);
  }
  const Refusal fault = parse_with_beast(bytes, head);
  // What is written as no version is no other one.
  return fault == Refusal::version_not_supported && version.empty() ? Refusal::malformed : fault;
}

}  // namespace assay::wire
