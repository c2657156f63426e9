#include "server/app/client.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>

#include "server/wire/characters.h"
#include "server/wire/chunked_decoder.h"
#include "server/wire/memory_driver.h"

namespace assay {
namespace {

constexpr std::string_view end_of_line = "\r\n";

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find(end_of_line);
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + end_of_line.size());
  return line;
}

int status_in(std::string_view line) {
  int status = 0;
  const std::string_view digits = line.substr(std::min<std::size_t>(9, line.size()), 3);
  std::from_chars(digits.data(), digits.data() + digits.size(), status);
  return status;
}

std::vector<Field> take_fields(std::string_view& text) {
  std::vector<Field> fields;
  for (std::string_view line = take_line(text); !line.empty(); line = take_line(text)) {
    const std::size_t colon = line.find(':');
    if (colon == line.npos) continue;
    fields.push_back(
        {std::string(line.substr(0, colon)), std::string(wire::trimmed(line.substr(colon + 1)))});
  }
  return fields;
}

// Whole if its last chunk came.
void take_chunks(std::string_view text, ClientReply& reply) {
  wire::ChunkedDecoder decoder;
  const wire::ChunkLimits limits{std::numeric_limits<std::uint64_t>::max()};
  const auto step = decoder.decode(text, reply.body, limits);
  reply.whole = step.state == wire::ChunkedDecoder::State::done;
}

void take_body(std::string_view text, bool head_only, ClientReply& reply) {
  if (wire::same_name(reply.field("Transfer-Encoding"), "chunked") && !head_only) {
    return take_chunks(text, reply);
  }
  reply.body = text;
  const std::string_view length = reply.field("Content-Length");
  reply.whole = head_only || length.empty() || length == std::to_string(text.size());
}

ClientReply reply_in(std::string_view text, bool head_only) {
  ClientReply reply;
  // 100 Continue comes before the reply.
  while (reply.status < 200 && !text.empty()) {
    reply.status = status_in(take_line(text));
    reply.fields = take_fields(text);
  }
  take_body(text, head_only, reply);
  return reply;
}

}  // namespace

std::string_view ClientReply::field(std::string_view name) const {
  for (const Field& known : fields) {
    if (wire::same_name(known.name, name)) return known.value;
  }
  return {};
}

void ClientReply::throw_problem(const model::Problem& problem) {
  throw std::runtime_error("the reply's body is not what was asked for: " +
                           model::text(problem.location) + ": " + problem.message);
}

Client::Client(App& app, const wire::Limits& limits) : app_(app), limits_(limits) { app_.start(); }

Client::~Client() { app_.stop(); }

void Client::set_field(std::string name, std::string value) {
  fields_.push_back({std::move(name), std::move(value)});
}

ClientReply Client::request(std::string_view method, std::string_view target, std::string_view type,
                            std::string_view body) {
  std::string bytes;
  bytes.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: assay.test\r\n");
  const auto add = [&bytes](std::string_view name, std::string_view value) {
    bytes.append(name).append(": ").append(value).append(end_of_line);
  };
  for (const Field& field : fields_) add(field.name, field.value);
  std::string cookies;
  for (const auto& [name, value] : cookies_) {
    cookies.append(cookies.empty() ? "" : "; ").append(name).append("=").append(value);
  }
  if (!cookies.empty()) add("Cookie", cookies);
  if (!type.empty()) add("Content-Type", type);
  if (!type.empty() || !body.empty()) add("Content-Length", std::to_string(body.size()));
  bytes.append(end_of_line).append(body);

  wire::MemoryDriver driver(limits_, app_);
  driver.send(bytes);
  ClientReply reply = reply_in(driver.output(), method == "HEAD");
  reply.closed = driver.closed();
  keep_cookies(reply);
  return reply;
}

void Client::keep_cookies(const ClientReply& reply) {
  for (const Field& field : reply.fields) {
    if (!wire::same_name(field.name, "Set-Cookie")) continue;
    const std::string_view pair = std::string_view(field.value).substr(0, field.value.find(';'));
    const std::size_t equals = pair.find('=');
    if (equals == pair.npos) continue;
    const std::string name(pair.substr(0, equals));
    if (field.value.find("Max-Age=0") != std::string::npos) {
      cookies_.erase(name);
    } else {
      cookies_[name] = pair.substr(equals + 1);
    }
  }
}

}  // namespace assay
