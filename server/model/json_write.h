// Values and typed models as compact JSON: `to_json(item)`, or appended to a reused buffer.
// Pure; any thread. Keys come as literals made at compile time; an absent optional is null. What is
// written can be read again; numbers are the shortest that read back equal, doubles with a point.
#pragma once
#include <array>
#include <concepts>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "server/model/enumerated.h"
#include "server/model/field.h"
#include "server/model/json_room.h"
#include "server/model/json_writer.h"
#include "server/model/value_kinds.h"

namespace assay::model {

inline char* put_literal(char* at, std::string_view text) {
  std::memcpy(at, text.data(), text.size());
  return at + text.size();
}

inline char* write_value(JsonWriter&, char* at, bool value) {
  return value ? put_literal(at, "true") : put_literal(at, "false");
}
inline char* write_value(JsonWriter& writer, char* at, std::string_view text) {
  return writer.write_string(at, text);
}
inline char* write_value(JsonWriter& writer, char* at, const std::string& text) {
  return writer.write_string(at, text);
}
inline char* write_value(JsonWriter& writer, char* at, const char* text) {
  return writer.write_string(at, text);
}
template <Integer T>
char* write_value(JsonWriter&, char* at, T value) {
  using Widest = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
  return write_number(at, static_cast<Widest>(value));
}
template <std::floating_point T>
char* write_value(JsonWriter&, char* at, T value) {
  return write_number(at, value);
}
template <Enumerated E>
char* write_value(JsonWriter& writer, char* at, E value) {
  return writer.write_string(at, name_of(value));
}
template <TextForm T>
char* write_value(JsonWriter&, char* at, const T& value) {
  static_assert(T::longest_text + 2 <= JsonWriter::value_room);
  *at = '"';
  at = value.write(at + 1);
  *at = '"';
  return at + 1;
}

template <class T>
char* write_value(JsonWriter& writer, char* at, const std::optional<T>& value) {
  return value ? write_value(writer, at, *value) : put_literal(at, "null");
}

template <class T>
  requires is_list<T>
char* write_value(JsonWriter& writer, char* at, const T& values) {
  using Value = typename T::value_type;
  *at++ = '[';
  if (values.empty()) {
    *at = ']';
    return at + 1;
  }
  for (const auto& value : values) {
    at = writer.room(at, room_of<Value> + 1);
    at = write_value(writer, at, static_cast<const Value&>(value));
    if constexpr (!fits_its_room<Value>) at = writer.room(at, 1);
    *at++ = ',';
  }
  at[-1] = ']';  // instead of the last comma
  return at;
}

template <class T>
  requires is_map<T>
char* write_value(JsonWriter& writer, char* at, const T& entries) {
  *at++ = '{';
  bool first = true;
  for (const auto& [key, value] : entries) {
    at = writer.room(at, JsonWriter::value_room);
    if (!first) *at++ = ',';
    at = writer.room(writer.write_string(at, key), room_of<typename T::mapped_type> + 1);
    *at++ = ':';
    at = write_value(writer, at, value);
    first = false;
  }
  at = writer.room(at, 1);
  *at = '}';
  return at + 1;
}

// `,"name":`, made once at compile time; the first member's begins with the brace instead.
template <class F, bool First>
inline constexpr auto key_literal = [] {
  std::array<char, key_room<F>> text{};
  text[0] = First ? '{' : ',';
  text[1] = '"';
  for (std::size_t i = 0; i < F::name.size(); ++i) text[i + 2] = F::name[i];
  text[F::name.size() + 2] = '"';
  text[F::name.size() + 3] = ':';
  return text;
}();

template <Model T, std::size_t I>
char* write_member(JsonWriter& writer, char* at, const T& value) {
  constexpr const auto &key = key_literal < FieldAt<T, I>, I == 0 && !Tagged < T >> ;
  using Value = typename FieldAt<T, I>::Value;
  static_assert(key.size() + room_of<Value> < JsonWriter::buffer_bytes / 2, "a name too long");
  if constexpr (!fits_its_room<T>) at = writer.room(at, key.size() + room_of<Value>);
  std::memcpy(at, key.data(), key.size());
  return write_value(writer, at + key_size<FieldAt<T, I>>, value.*(std::get<I>(fields<T>).member));
}

template <Model T>
char* write_value(JsonWriter& writer, char* at, const T& value) {
  if constexpr (Tagged<T>) {
    at = put_literal(at, "{\"");
    at = put_literal(writer.room(at, 256), decltype(T::tag)::key);
    at = put_literal(at, "\":");
    at = writer.write_string(at, T::tag.value.view());
  } else if constexpr (field_count<T> == 0) {
    *at++ = '{';  // elsewhere the first key brings it
  }
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((at = write_member<T, I>(writer, at, value)), ...);
  }(std::make_index_sequence<field_count<T>>());
  if constexpr (!fits_its_room<T>) at = writer.room(at, 1);
  *at = '}';
  return at + 1;
}

template <class... Ts>
char* write_value(JsonWriter& writer, char* at, const std::variant<Ts...>& value) {
  return std::visit(
      [&]<class T>(const T& model) {
        return write_value(writer, writer.room(at, room_of<T>), model);
      },
      value);
}

template <class T>
void append_json(std::string& out, const T& value) {
  JsonWriter writer(out);
  writer.finish(write_value(writer, writer.start(), value));
}

template <class T>
std::string to_json(const T& value) {
  std::string out;
  append_json(out, value);
  return out;
}

}  // namespace assay::model
