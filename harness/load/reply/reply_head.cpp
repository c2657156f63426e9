#include "harness/load/reply/reply_head.h"

#include <charconv>
#include <optional>

#include "harness/load/text/same_letters.h"

namespace assay::load {
namespace {

constexpr std::string_view end_of_line = "\r\n";

// What the fields have said so far, before they are weighed against each other.
struct Fields {
  std::string_view content_type;
  std::optional<std::uint64_t> length;
  bool chunked = false;
  bool close = false;
  bool keep_alive = false;
};

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

// "HTTP/1.1 200 OK": the words after the number may be missing, the space before them too.
bool is_status_line(std::string_view line) {
  return line.size() >= 12 && line.substr(0, 7) == "HTTP/1." && is_digit(line[7]) &&
         line[8] == ' ' && line[9] >= '1' && line[9] <= '5' && is_digit(line[10]) &&
         is_digit(line[11]) && (line.size() == 12 || line[12] == ' ');
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<Fault> take_length(Fields& fields, std::string_view value) {
  std::uint64_t length = 0;
  const char* end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, length);
  if (error != std::errc() || stop != end) return Fault::length;
  if (fields.length) return Fault::two_lengths;
  fields.length = length;
  return std::nullopt;
}

std::optional<Fault> take_coding(Fields& fields, std::string_view value) {
  if (fields.chunked || !same_letters(value, "chunked")) return Fault::coding;
  fields.chunked = true;
  return std::nullopt;
}

void take_connection(Fields& fields, std::string_view value) {
  while (!value.empty()) {
    const std::size_t comma = value.find(',');
    const std::string_view option = trimmed(value.substr(0, comma));
    fields.close = fields.close || same_letters(option, "close");
    fields.keep_alive = fields.keep_alive || same_letters(option, "keep-alive");
    value = comma == std::string_view::npos ? std::string_view() : value.substr(comma + 1);
  }
}

// The length of a name tells most fields apart without a comparison.
std::optional<Fault> take_field(Fields& fields, std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return Fault::field;
  const std::string_view name = line.substr(0, colon);
  if (name.find_first_of(" \t") != std::string_view::npos) return Fault::field;
  const auto value = [&] { return trimmed(line.substr(colon + 1)); };
  if (name.size() == 14 && same_letters(name, "content-length")) {
    return take_length(fields, value());
  }
  if (name.size() == 17 && same_letters(name, "transfer-encoding")) {
    return take_coding(fields, value());
  }
  if (name.size() == 12 && same_letters(name, "content-type")) fields.content_type = value();
  if (name.size() == 10 && same_letters(name, "connection")) take_connection(fields, value());
  return std::nullopt;
}

bool has_no_body(int status) { return status < 200 || status == 204 || status == 304; }

std::variant<ReplyHead, Fault> weighed(int status, bool is_1_0, const Fields& fields) {
  if (fields.chunked && fields.length) return Fault::two_lengths;
  if (fields.chunked && is_1_0) return Fault::coding;
  ReplyHead head{status, fields.content_type};
  head.length = fields.length.value_or(0);
  head.close = fields.close || (is_1_0 && !fields.keep_alive);
  if (has_no_body(status)) {
    head.body = ReplyHead::Body::none;
  } else if (fields.chunked) {
    head.body = ReplyHead::Body::chunked;
  } else if (fields.length) {
    head.body = ReplyHead::Body::length;
  }
  return head;
}

}  // namespace

std::string_view text(Fault fault) noexcept {
  switch (fault) {
    case Fault::status_line: return "it does not begin with an HTTP/1.x status line";
    case Fault::field: return "a header field is not a name, a colon and a value";
    case Fault::line_end: return "a line of its head ends without a carriage return";
    case Fault::length: return "Content-Length is not a number";
    case Fault::two_lengths: return "it says twice how long its body is";
    case Fault::coding: return "its Transfer-Encoding is not chunked alone";
    case Fault::chunk: return "a chunk of its body is not framed as it must be";
    case Fault::endless_head: return "its head does not end within 64 KiB";
    case Fault::excess: return "more bytes came than it announced";
  }
  return "";
}

std::variant<ReplyHead, Fault> parse_head(std::string_view head) noexcept {
  std::size_t end = head.find(end_of_line);
  const std::string_view status_line = head.substr(0, end);
  if (end == std::string_view::npos || !is_status_line(status_line)) return Fault::status_line;
  if (status_line.find('\n') != std::string_view::npos) return Fault::line_end;
  const int status =
      (status_line[9] - '0') * 100 + (status_line[10] - '0') * 10 + (status_line[11] - '0');
  Fields fields;
  for (head.remove_prefix(end + 2); !head.empty(); head.remove_prefix(end + 2)) {
    end = head.find('\r');
    if (end == std::string_view::npos || head.substr(end, 2) != end_of_line) return Fault::field;
    const std::string_view line = head.substr(0, end);
    if (line.find('\n') != std::string_view::npos) return Fault::line_end;
    if (const auto fault = take_field(fields, line)) return *fault;
  }
  return weighed(status, status_line[7] == '0', fields);
}

}  // namespace assay::load
