#include "harness/load/request/request_template.h"

#include <fmt/format.h>

#include "server/model/json_text.h"

namespace assay::load {
namespace {

using Where = TextTemplate::Where;

}  // namespace

RequestTemplate RequestTemplate::verbatim(const Request& request, std::string_view authority,
                                          bool keep_alive) {
  RequestTemplate made;
  made.fixed_ = wire_bytes(request, authority, keep_alive);
  return made;
}

Result<RequestTemplate> RequestTemplate::of(const Request& request, std::string_view authority,
                                            bool keep_alive, std::uint64_t seed) {
  statistics::RandomStream keys(seed);
  const Additions added = additions(request, keep_alive);
  RequestTemplate made;
  TextTemplate& head = made.head_;
  head.add_fixed(request.method + " ");
  if (const auto error = head.add(request.target, Where::target, keys)) return *error;
  head.add_fixed(" HTTP/1.1\r\n");
  if (added.host) head.add_fixed(fmt::format("Host: {}\r\n", authority));
  for (const auto& [name, value] : request.headers) {
    head.add_fixed(name + ": ");
    if (const auto error = head.add(value, Where::header, keys)) return *error;
    head.add_fixed("\r\n");
  }
  if (const auto error = made.body_.add(request.body, Where::body, keys)) return *error;
  if (head.is_fixed() && made.body_.is_fixed()) return verbatim(request, authority, keep_alive);
  made.is_filled_ = true;
  made.counts_body_ = added.length && !made.body_.is_fixed();
  if (added.length) head.add_fixed("Content-Length: ");
  if (added.length && !made.counts_body_) head.add_fixed(std::to_string(request.body.size()));
  if (added.length) made.rest_ += "\r\n";
  if (added.close) made.rest_ += "Connection: close\r\n";
  made.rest_ += "\r\n";
  return made;
}

void RequestTemplate::append(std::string& out, std::uint64_t number) const {
  if (is_fixed()) {
    out += fixed_;
    return;
  }
  head_.append(out, number);
  if (counts_body_) model::append_json_number(out, std::uint64_t{body_.size(number)});
  out += rest_;
  body_.append(out, number);
}

}  // namespace assay::load
