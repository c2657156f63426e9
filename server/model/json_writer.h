// Where JSON is written: a small buffer on the stack, emptied into a string as it fills.
//
// Belongs to one writing. A place is a pointer into the buffer; each step takes one and returns the
// one behind what it wrote. A value's step finds `room_of` its type free (json_room.h),
// `value_room` at least, and asks for more.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "server/model/json_text.h"
#include "server/model/plain_text.h"

namespace assay::model {

class JsonWriter {
 public:
  static constexpr std::size_t value_room = 48;  // any number, any date, any UUID
  static constexpr std::size_t most_room = 512;
  static constexpr std::size_t buffer_bytes = 2048;

  explicit JsonWriter(std::string& out) : out_(out) {}
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  char* start() { return buffer_; }
  void finish(char* at) { out_.append(buffer_, at); }

  // A place with so many bytes free. REQUIRES: less than half of the buffer.
  char* room(char* at, std::size_t bytes) {
    return static_cast<std::size_t>(buffer_ + sizeof(buffer_) - at) >= bytes ? at : emptied(at);
  }

  char* write_string(char* at, std::string_view text) {
    if (text.size() > 256) return write_long(at, text);
    at = room(at, text.size() + 2 + 16);
    *at++ = '"';
    const std::size_t plain = copy_plain(at, text.data(), text.data() + text.size());
    at += plain;
    if (plain < text.size()) [[unlikely]]
      return write_rest(at, text.substr(plain));
    *at++ = '"';
    return at;
  }

 private:
  char* emptied(char* at) {
    out_.append(buffer_, at);
    return buffer_;
  }
  char* write_long(char* at, std::string_view text);
  char* write_rest(char* at, std::string_view text);

  std::string& out_;
  char buffer_[buffer_bytes];  // not set to anything
};

}  // namespace assay::model
