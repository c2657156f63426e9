#include "server/wire/reply_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <system_error>

#include "server/wire/request.h"

namespace assay::wire {
namespace {

constexpr std::string_view end_of_line = "\r\n";

std::optional<std::size_t> number(std::string_view text, int base) {
  std::size_t value = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value, base);
  if (text.empty() || at != end || error != std::errc()) return std::nullopt;
  return value;
}

// Takes one line and its CR LF off the front; nullopt: no line ends here.
std::optional<std::string_view> take_line(std::string_view& bytes) {
  const std::size_t end = bytes.find(end_of_line);
  if (end == bytes.npos) return std::nullopt;
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end + end_of_line.size());
  return line;
}

std::string read_status_line(std::string_view& bytes, ReplyText& reply) {
  const auto line = take_line(bytes);
  if (!line || !line->starts_with("HTTP/1.1 ") || line->size() < 13 || (*line)[12] != ' ') {
    return "no status line";
  }
  const auto status = number(line->substr(9, 3), 10);
  if (!status || *status < 100 || *status > 599) return "no status";
  reply.status = static_cast<int>(*status);
  return {};
}

std::string read_fields(std::string_view& bytes, ReplyText& reply) {
  for (;;) {
    const auto line = take_line(bytes);
    if (!line) return "the head does not end";
    if (line->empty()) return {};
    const std::size_t colon = line->find(": ");
    if (colon == line->npos || line->find_first_of("\r\n") != line->npos) return "no field";
    reply.fields.emplace_back(line->substr(0, colon), line->substr(colon + 2));
  }
}

std::string twice(const ReplyText& reply) {
  constexpr std::array<std::string_view, 5> single = {"Content-Length", "Content-Type",
                                                      "Transfer-Encoding", "Connection", "Date"};
  for (const std::string_view name : single) {
    const auto count =
        std::count_if(reply.fields.begin(), reply.fields.end(),
                      [name](const auto& field) { return same_name(field.first, name); });
    if (count > 1) return std::string(name) + " twice";
  }
  return {};
}

// RFC 9110, 8.6 and RFC 9112, 6.1: what says where a body ends, where there may be none.
std::string wrongly_framed(const ReplyText& reply) {
  const bool length = reply.find("Content-Length") != nullptr;
  const bool coding = reply.find("Transfer-Encoding") != nullptr;
  if (length && coding) return "both a length and a transfer coding";
  const bool unframed = reply.interim() || reply.status == 204;
  if (unframed && (length || coding)) return "a length or a transfer coding where none may be";
  return {};
}

std::string read_chunks(std::string_view& bytes, std::string& body) {
  for (;;) {
    const auto line = take_line(bytes);
    const auto size = line ? number(*line, 16) : std::nullopt;
    if (!size) return "no chunk size";
    if (bytes.size() < *size + 2 || bytes.substr(*size, 2) != end_of_line) return "a short chunk";
    body += bytes.substr(0, *size);
    bytes.remove_prefix(*size + 2);
    if (*size == 0) return {};
  }
}

std::string read_body(std::string_view& bytes, ReplyText& reply) {
  if (const std::string* coding = reply.find("Transfer-Encoding")) {
    return *coding == "chunked" ? read_chunks(bytes, reply.body) : "another transfer coding";
  }
  std::size_t size = bytes.size();
  if (const std::string* length = reply.find("Content-Length")) {
    size = number(*length, 10).value_or(bytes.size() + 1);
  } else if (!reply.close) {
    return "no length, and no end";
  }
  if (size > bytes.size()) return "a short body";
  reply.body = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return {};
}

std::string read_reply(std::string_view& bytes, bool to_head, ReplyText& reply) {
  if (std::string fault = read_status_line(bytes, reply); !fault.empty()) return fault;
  if (std::string fault = read_fields(bytes, reply); !fault.empty()) return fault;
  if (std::string fault = twice(reply); !fault.empty()) return fault;
  if (std::string fault = wrongly_framed(reply); !fault.empty()) return fault;
  const std::string* connection = reply.find("Connection");
  reply.close = connection != nullptr && *connection == "close";
  const bool no_body = to_head || reply.interim() || reply.status == 204 || reply.status == 304;
  return no_body ? std::string() : read_body(bytes, reply);
}

}  // namespace

const std::string* ReplyText::find(std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(), [name](const auto& field) {
    return same_name(field.first, name);
  });
  return found == fields.end() ? nullptr : &found->second;
}

std::vector<ReplyText> read_replies(std::string_view output, const std::vector<bool>& to_head) {
  std::vector<ReplyText> replies;
  while (!output.empty()) {
    const std::string_view start = output;
    const bool head_only = replies.size() < to_head.size() && to_head[replies.size()];
    ReplyText& reply = replies.emplace_back();
    reply.fault = read_reply(output, head_only, reply);
    if (reply.fault.empty()) continue;
    reply.fault += " in: " + printable(start.substr(0, 300));
    break;
  }
  return replies;
}

std::string line_of(const ReplyText& reply, bool with_body) {
  if (!reply.fault.empty()) return "unsound: " + reply.fault;
  std::string line = std::to_string(reply.status);
  if (reply.interim()) return line;
  line += reply.close ? " close" : " keep-alive";
  if (with_body && !reply.body.empty()) line += " " + printable(reply.body);
  return line;
}

std::string printable(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '\r': text += "\\r"; break;
      case '\n': text += "\\n"; break;
      case '\t': text += "\\t"; break;
      case '\\': text += "\\\\"; break;
      default:
        if (byte >= 0x20 && byte < 0x7F) {
          text += c;
        } else {
          text.append("\\x").append(1, digits[byte / 16]).append(1, digits[byte % 16]);
        }
    }
  }
  return text;
}

}  // namespace assay::wire
