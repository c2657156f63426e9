#include "server/wire/usual_head.h"

#include <array>
#include <cstdint>
#include <utility>

#include "server/wire/characters.h"
#include "server/wire/head_rules.h"
#include "server/wire/request_target.h"

namespace assay::wire {
namespace {

enum TargetCharacter : std::uint8_t { no_part = 0, part = 1, plain_part = 3 };

// What a target may be made of at first sight: anything that can be seen, and what is not ASCII.
constexpr std::array<std::uint8_t, 256> target_characters = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t byte = 0x21; byte < table.size(); ++byte) {
    if (byte != 0x7F) table[byte] = is_plain_in_path(static_cast<char>(byte)) ? plain_part : part;
  }
  return table;
}();

std::string_view between(const char* from, const char* to) {
  return {from, static_cast<std::size_t>(to - from)};
}

// Walks over the bytes of one head; each step says whether what it wants stood there.
class HeadReader {
 public:
  HeadReader(std::string_view bytes, RequestHead& head)
      : at_(bytes.data()), end_(at_ + bytes.size()), head_(head) {}

  bool read_request_line() {
    const char* const method = at_;
    while (at_ != end_ && is_token_character(*at_)) ++at_;
    head_.method_name = between(method, at_);
    if (head_.method_name.empty() || !pass(" ")) return false;
    if (!read_target()) return false;
    head_.method = method_named(head_.method_name);
    return read_version();
  }

  // Through the empty line.
  bool read_fields() {
    while (!pass("\r\n")) {
      if (!read_field()) return false;
    }
    return true;
  }

  const char* at() const { return at_; }

 private:
  bool pass(std::string_view text) {
    if (!between(at_, end_).starts_with(text)) return false;
    at_ += text.size();
    return true;
  }

  bool read_target() {
    const char* const target = at_;
    unsigned kinds = plain_part;
    for (; at_ != end_; ++at_) {
      const unsigned kind = target_characters[static_cast<unsigned char>(*at_)];
      if (kind == no_part) break;
      kinds &= kind;
    }
    head_.target = between(target, at_);
    head_.has_plain_target = kinds == plain_part && head_.target.starts_with('/');
    return !head_.target.empty();
  }

  bool read_version() {
    if (!pass(" HTTP/1.") || at_ == end_ || !is_digit(*at_)) return false;
    head_.version = spoken_version(*at_++);
    return pass("\r\n");
  }

  bool read_field() {
    const char* const name = at_;
    while (at_ != end_ && is_token_character(*at_)) ++at_;
    HeaderField field{between(name, at_), {}};
    if (field.name.empty() || !pass(":")) return false;
    field.value = read_value();
    return is_usual(field) && head_.add(field) && pass("\r\n");
  }

  // Without the blanks around it; ends in front of a control character.
  std::string_view read_value() {
    while (at_ != end_ && is_blank(*at_)) ++at_;
    const char* const value = at_;
    at_ = first_control(at_, end_);
    while (at_ != end_ && *at_ == '\t') at_ = first_control(at_ + 1, end_);
    const char* last = at_;
    while (last != value && is_blank(last[-1])) --last;
    return between(value, last);
  }

  // The strict parser looks into some fields.
  bool is_usual(const HeaderField& field) {
    switch (field.name.size()) {
      case 10: return !same_name(field.name, "Connection") || is_usual_connection(field.value);
      case 14:
        return !same_name(field.name, "Content-Length") ||
               frames(parse_content_length(field.value).has_value());
      case 16: return !same_name(field.name, "Proxy-Connection");
      case 17:
        return !same_name(field.name, "Transfer-Encoding") || frames(field.value == "chunked");
      default: return true;
    }
  }

  // Of fields that say how long the body is, one is usual.
  bool frames(bool is_usual_value) { return is_usual_value && !std::exchange(is_framed_, true); }

  static bool is_usual_connection(std::string_view value) {
    return same_name(value, "keep-alive") || same_name(value, "close");
  }

  const char* at_;
  const char* end_;
  RequestHead& head_;
  bool is_framed_ = false;
};

}  // namespace

std::size_t read_usual_line(std::string_view bytes, RequestHead& head) {
  head.has_plain_target = false;
  HeadReader reader(bytes, head);
  return reader.read_request_line() ? static_cast<std::size_t>(reader.at() - bytes.data()) : 0;
}

std::size_t read_usual_fields(std::string_view bytes, RequestHead& head) {
  HeadReader reader(bytes, head);
  if (reader.read_fields()) return static_cast<std::size_t>(reader.at() - bytes.data());
  head.clear();
  return 0;
}

}  // namespace assay::wire
