#include "server/model/json_cursor.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "server/model/utf8.h"

namespace assay::model {
namespace {

constexpr int depth_limit = 64;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Stands for itself in a string, without a further look.
bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

// The number at the start of a text by RFC 8259: [-] whole [. digits] [e [+-] digits].
class NumberScan {
 public:
  explicit NumberScan(std::string_view text) : text_(text) {}

  // Its length, or 0 where there is none.
  std::size_t length() {
    take('-');
    return whole() && fraction() && exponent() ? at_ : 0;
  }

 private:
  bool take(char c) {
    const bool here = at_ < text_.size() && text_[at_] == c;
    if (here) ++at_;
    return here;
  }
  std::size_t digits() {
    const std::size_t from = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ - from;
  }
  bool whole() { return take('0') ? digits() == 0 : digits() > 0; }
  bool fraction() { return !take('.') || digits() > 0; }
  bool exponent() {
    if (!take('e') && !take('E')) return true;
    if (!take('+')) take('-');
    return digits() > 0;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

bool JsonCursor::refuse(std::string_view what) {
  if (fault_.empty()) fault_ = what;
  return false;
}

std::string JsonCursor::fault() const {
  if (fault_.empty()) return {};
  const std::string_view read = text_.substr(0, at_);
  const auto line = std::count(read.begin(), read.end(), '\n') + 1;
  const std::size_t newline = read.rfind('\n');
  const std::size_t column = newline == read.npos ? at_ + 1 : at_ - newline;
  return fmt::format("line {}, column {}: {}", line, column, fault_);
}

void JsonCursor::skip_space() {
  at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
}

bool JsonCursor::next_is(char c) {
  skip_space();
  return !failed() && at_ < text_.size() && text_[at_] == c;
}

bool JsonCursor::take(char c) {
  if (failed()) return false;
  if (!next_is(c)) {
    switch (c) {
      case ':': return refuse("\":\" is expected");
      case ',': return refuse("\",\" is expected");
      case '}': return refuse("\",\" or \"}\" is expected");
      case ']': return refuse("\",\" or \"]\" is expected");
      case '{': return refuse("an object is expected");
      case '[': return refuse("an array is expected");
      default: return refuse("a string is expected");
    }
  }
  ++at_;
  return true;
}

bool JsonCursor::take_word(std::string_view word) {
  skip_space();
  if (failed()) return false;
  if (text_.substr(at_, word.size()) != word) return refuse("a value is expected");
  at_ += word.size();
  return true;
}

bool JsonCursor::open(char bracket) {
  if (!take(bracket)) return false;
  return ++depth_ <= depth_limit || refuse("nested deeper than 64 levels");
}

bool JsonCursor::close(char bracket) {
  --depth_;
  return take(bracket);
}

bool JsonCursor::at_end() {
  skip_space();
  if (failed()) return false;
  return at_ == text_.size() || refuse("the end of the text is expected");
}

bool JsonCursor::take_string(std::string& out) {
  out.clear();
  if (!take('"')) return false;
  while (at_ < text_.size()) {
    const std::size_t from = at_;
    while (at_ < text_.size() && is_plain(text_[at_])) ++at_;
    out += text_.substr(from, at_ - from);
    if (at_ == text_.size()) break;
    if (text_[at_] == '"') {
      ++at_;
      return true;
    }
    if (!take_unplain(out)) return false;
  }
  return refuse("the string does not end");
}

bool JsonCursor::take_unplain(std::string& out) {
  if (text_[at_] == '\\') return take_escape(out);
  if (static_cast<unsigned char>(text_[at_]) < 0x20) {
    return refuse("a control character in a string");
  }
  const std::size_t length = utf8_length(text_.substr(at_));
  if (length == 0) return refuse("a string that is not UTF-8");
  out += text_.substr(at_, length);
  at_ += length;
  return true;
}

bool JsonCursor::take_escape(std::string& out) {
  ++at_;
  const char c = at_ < text_.size() ? text_[at_] : '\0';
  switch (c) {
    case '"':
    case '\\':
    case '/': out += c; break;
    case 'b': out += '\b'; break;
    case 'f': out += '\f'; break;
    case 'n': out += '\n'; break;
    case 'r': out += '\r'; break;
    case 't': out += '\t'; break;
    case 'u': ++at_; return take_unicode_escape(out);
    default: return refuse("an unknown escape in a string");
  }
  ++at_;
  return true;
}

bool JsonCursor::take_hex4(std::uint32_t& code) {
  code = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    const char c = at_ < text_.size() ? text_[at_] : '\0';
    if (!std::isxdigit(static_cast<unsigned char>(c))) return refuse("\\u wants four hex digits");
    const auto letter = static_cast<std::uint32_t>(c | 0x20);
    code = code * 16 + (is_digit(c) ? static_cast<std::uint32_t>(c - '0') : letter - 'a' + 10);
  }
  return true;
}

bool JsonCursor::take_unicode_escape(std::string& out) {
  std::uint32_t code = 0;
  if (!take_hex4(code)) return false;
  if (code >= 0xDC00 && code < 0xE000) return refuse("an unpaired surrogate");
  if (code >= 0xD800 && code < 0xDC00) {
    std::uint32_t low = 0;
    if (text_.substr(at_, 2) != "\\u") return refuse("an unpaired surrogate");
    at_ += 2;
    if (!take_hex4(low)) return false;
    if (low < 0xDC00 || low >= 0xE000) return refuse("an unpaired surrogate");
    code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
  }
  append_utf8(out, code);
  return true;
}

bool JsonCursor::take_number(std::string_view& digits) {
  skip_space();
  if (failed()) return false;
  const std::size_t length = NumberScan(text_.substr(at_)).length();
  if (length == 0) return refuse("a number is expected");
  digits = text_.substr(at_, length);
  at_ += length;
  return true;
}

bool JsonCursor::skip_members(char closing, bool keyed) {
  if (next_is(closing)) return close(closing);
  std::string key;
  for (;;) {
    if (keyed && !(take_string(key) && take(':'))) return false;
    if (!skip_value()) return false;
    if (!next_is(',')) return close(closing);
    take(',');
  }
}

bool JsonCursor::skip_value() {
  skip_space();
  if (failed()) return false;
  std::string text;
  std::string_view digits;
  const char first = at_ < text_.size() ? text_[at_] : '\0';
  switch (first) {
    case '{': return open('{') && skip_members('}', true);
    case '[': return open('[') && skip_members(']', false);
    case '"': return take_string(text);
    case 't': return take_word("true");
    case 'f': return take_word("false");
    case 'n': return take_word("null");
    default:
      if (first != '-' && !is_digit(first)) return refuse("a value is expected");
      return take_number(digits);
  }
}

}  // namespace assay::model
