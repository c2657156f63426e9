// How long the JSON of a value can be at most, where its type says so: a model of numbers, dates
// and flags is then written with one look at the room that is left, not one for each member.
// Compile-time only.
#pragma once
#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

#include "server/model/field.h"
#include "server/model/json_text.h"
#include "server/model/json_writer.h"
#include "server/model/value_kinds.h"

namespace assay::model {

// In bytes; 0: of any length.
template <class T>
inline constexpr std::size_t longest_json = 0;
template <>
inline constexpr std::size_t longest_json<bool> = 5;
template <class T>
  requires Integer<T> || std::floating_point<T>
inline constexpr std::size_t longest_json<T> = longest_number;
template <TextForm T>
inline constexpr std::size_t longest_json<T> = T::longest_text + 2;
template <class T>
inline constexpr std::size_t longest_json<std::optional<T>> =
    longest_json<T> == 0 ? 0 : std::max<std::size_t>(longest_json<T>, 4);

// Of a member in JSON: a brace or comma, its name with quotes, a colon. It is copied in words.
template <class F>
inline constexpr std::size_t key_size = F::name.size() + 4;
template <class F>
inline constexpr std::size_t key_room = (key_size<F> + 7) / 8 * 8;

// With two braces, for those without members. 0 where one of the values may be of any length.
template <Model T, std::size_t... I>
constexpr std::size_t longest_members(std::index_sequence<I...> /*all*/) {
  if (((longest_json<typename FieldAt<T, I>::Value> == 0) || ...)) return 0;
  return ((key_room<FieldAt<T, I>> + longest_json<typename FieldAt<T, I>::Value>)+... + 2);
}
template <Model T>
  requires(!Tagged<T>)
inline constexpr std::size_t longest_json<T> =
    longest_members<T>(std::make_index_sequence<field_count<T>>());

// What a value's step finds free: enough for all of it where it is short, else for its beginning.
template <class T>
inline constexpr std::size_t room_of =
    longest_json<T> <= JsonWriter::most_room ? std::max(longest_json<T>, JsonWriter::value_room)
                                             : JsonWriter::value_room;
template <class T>
inline constexpr bool fits_its_room = longest_json<T> > 0 && longest_json<T> <= room_of<T>;

}  // namespace assay::model
