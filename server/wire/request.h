// What a handler sees of one request: views into the connection's bytes, nothing owned.
//
// Valid only while the handler is answering; a handler that keeps any of it makes a copy.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string_view>

namespace assay::wire {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options, connect, other };

// As it is written: methods have case (RFC 9110, 9.1).
Method method_named(std::string_view name);

// Of HTTP/1 and a minor number: a later one than ours is read as ours (RFC 9110, 2.5).
constexpr int spoken_version(char minor) { return minor == '0' ? 10 : 11; }

struct HeaderField {
  std::string_view name;
  std::string_view value;
};

bool same_letters(const char* a, const char* b, std::size_t count);

// Field names are compared without regard to case (RFC 9110, 5.1). Here, because most that are
// compared differ in their first letter.
inline bool same_name(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  if (a.empty()) return true;
  constexpr int case_bit = 0x20;
  return ((a.front() ^ b.front()) & ~case_bit) == 0 && same_letters(a.data(), b.data(), a.size());
}

// The request line and the fields. A flat array: no allocation, and one scan finds a name.
class RequestHead {
 public:
  static constexpr std::size_t field_limit = 100;

  Method method = Method::other;
  std::string_view method_name;
  std::string_view target;
  int version = 11;  // as we speak it: 10 or 11
  // It is known that the target is a path, without query and escapes: nothing to find or decode.
  bool has_plain_target = false;

  std::span<const HeaderField> fields() const {
    return {std::launder(reinterpret_cast<const HeaderField*>(storage_.data())), count_};
  }
  std::optional<std::string_view> find(std::string_view name) const;

  void clear() { count_ = 0; }

  // false: there is no room for another.
  bool add(const HeaderField& field) {
    if (count_ == field_limit) return false;
    std::construct_at(reinterpret_cast<HeaderField*>(storage_.data()) + count_++, field);
    return true;
  }

 private:
  // Bytes, not fields: setting a hundred of them to nothing cost a sixth of a small request.
  alignas(HeaderField) std::array<std::byte, field_limit * sizeof(HeaderField)> storage_;
  std::size_t count_ = 0;
};

class BodySink;

struct Request {
  const RequestHead& head;
  std::string_view path;     // as sent, without scheme, authority and query; its escapes are whole
  std::string_view query;    // after the first "?", or empty
  std::string_view body;     // empty where a sink takes it
  BodySink* sink = nullptr;  // what took the body, until the answer is given
};

}  // namespace assay::wire
