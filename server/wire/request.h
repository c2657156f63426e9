// What a handler sees of one request: views into the connection's bytes, nothing owned.
//
// Valid only while the handler is answering; a handler that keeps any of it makes a copy.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace assay::wire {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options, other };

struct HeaderField {
  std::string_view name;
  std::string_view value;
};

// Field names are compared without regard to case (RFC 9110, 5.1).
bool same_name(std::string_view a, std::string_view b);

// The request line and the fields. A flat array: no allocation, and one scan finds a name.
struct RequestHead {
  static constexpr std::size_t field_limit = 100;

  Method method = Method::other;
  std::string_view method_name;
  std::string_view target;
  int version = 11;  // 10 or 11
  std::array<HeaderField, field_limit> field_storage;
  std::size_t field_count = 0;

  std::span<const HeaderField> fields() const { return {field_storage.data(), field_count}; }
  std::optional<std::string_view> find(std::string_view name) const;
};

struct Request {
  const RequestHead& head;
  std::string_view path;   // as sent, without scheme, authority and query
  std::string_view query;  // after the first "?", or empty
  std::string_view body;
};

}  // namespace assay::wire
