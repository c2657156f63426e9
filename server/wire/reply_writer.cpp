#include "server/wire/reply_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "server/wire/refusal.h"
#include "server/wire/request.h"

namespace assay::wire {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_control);
}

// Fields that `send` writes, or that say how the reply is framed.
bool is_written_here(std::string_view name) {
  constexpr std::array<std::string_view, 5> names = {"Content-Type", "Content-Length",
                                                     "Transfer-Encoding", "Connection", "Date"};
  return std::any_of(names.begin(), names.end(),
                     [name](std::string_view known) { return same_name(known, name); });
}

void append_number(std::string& out, std::size_t value) {
  std::array<char, 20> digits;
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

// RFC 9110, 8.6: a reply to 204 and 304 has neither a body nor, for 204, a length.
bool has_no_content(int status) { return status == 204 || status == 304 || status < 200; }

}  // namespace

bool ReplyWriter::add_field(std::string_view name, std::string_view value) {
  const auto unsafe = [](char c) { return is_control(c) && c != '\t'; };
  const bool bad_name =
      name.empty() || name.find_first_of(" \t:") != name.npos || has_control(name);
  if (bad_name || std::any_of(value.begin(), value.end(), unsafe)) return false;
  if (sent_ || is_written_here(name)) return false;
  buffers_.extra_fields.append(name).append(": ").append(value).append("\r\n");
  return true;
}

void ReplyWriter::send(int status, std::string_view type, std::string_view body) {
  if (sent_) return;
  if (has_control(type)) return send(500, "text/plain; charset=utf-8", "Internal Server Error\n");
  sent_ = true;
  std::string& out = buffers_.output;
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(status));
  out += ' ';
  out += reason_of(status);
  out += "\r\n";
  if (!has_no_content(status)) {
    out.append("Content-Type: ").append(type).append("\r\nContent-Length: ");
    append_number(out, body.size());
    out += "\r\n";
  }
  out += date_field_;
  out += buffers_.extra_fields;
  // Said also where it is the default, since HTTP/1.0 clients that asked for it wait for the word.
  out += keep_alive_ ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  if (!head_only_ && !has_no_content(status)) out += body;
}

}  // namespace assay::wire
