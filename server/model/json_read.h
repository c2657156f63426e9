// JSON into values and typed models: `from_json<Item>(text)`, one pass, straight into the struct.
//
// Pure; any thread. Every wrong, missing or unruly member is collected with its location; a fault
// of syntax ends the reading, with line and column. Members may come in any order; in that of the
// description they are found without a search. What a model does not know is checked for its syntax
// and skipped, or refused where the model says so. A key given twice is a problem. Integers may be
// written 1.0 or 1e3; strings are not taken for numbers. Nothing is allocated but what the values
// need, and never by a size that the text claims. Doubles are correctly rounded.
#pragma once
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "server/model/enumerated.h"
#include "server/model/field.h"
#include "server/model/json_members.h"
#include "server/model/json_reader.h"
#include "server/model/json_scalars.h"
#include "server/model/member_rules.h"
#include "server/model/value_kinds.h"

namespace assay::model {

template <class T>
const char* read_value(JsonReader& reader, const char* at, std::optional<T>& out) {
  if (*at == 'n') {
    out.reset();
    return reader.expect_word(at, "null");
  }
  return read_value(reader, at, out.emplace());
}

template <Enumerated E>
const char* read_value(JsonReader& reader, const char* at, E& out) {
  return read_text_form(reader, at, no_string, [&out](std::string_view text) {
    const auto value = enumerator_named<E>(text);
    if (!value) return std::optional(not_one_of("enum", quoted_names<E>()));
    out = *value;
    return std::optional<Problem>();
  });
}

template <TextForm T>
const char* read_value(JsonReader& reader, const char* at, T& out) {
  return read_text_form(reader, at, T::wrong_type,
                        [&out](std::string_view text) { return T::parse(text, out); });
}

// Calls `read(place)` for each element of an array, which gives the place behind it.
template <class Read>
const char* read_elements(JsonReader& reader, const char* at, Read&& read) {
  if (*at != '[') return reader.wrong_value(at, no_list);
  at = reader.enter(at);
  while (at != nullptr && *at != ']') {
    at = reader.count_element(at) ? reader.to_next(read(at), ']') : nullptr;
  }
  return reader.leave(at);
}

// Room for one more element. Small lists start with a few and grow fourfold, as each growth moves
// all that is there: never more than by what has arrived.
template <class T>
void make_room(std::vector<T>& out) {
  constexpr std::size_t few = sizeof(T) > 256 ? 1 : sizeof(T) > 32 ? 4 : 128 / sizeof(T);
  constexpr std::size_t small_bytes = 65536;
  const std::size_t size = out.size();
  if (size < out.capacity()) return;
  if (size * sizeof(T) < small_bytes) out.reserve(size == 0 ? few : size * 4);
}

template <class T>
const char* read_value(JsonReader& reader, const char* at, std::vector<T>& out) {
  out.clear();
  return read_elements(reader, at, [&](const char* element) {
    make_room(out);
    if constexpr (std::same_as<T, bool>) {  // its elements have no address
      bool value = false;
      element = read_value(reader, element, value);
      out.push_back(value);
      return element;
    } else {
      return read_value(reader, element, out.emplace_back());
    }
  });
}

template <class T, std::size_t Size>
const char* read_value(JsonReader& reader, const char* at, std::array<T, Size>& out) {
  std::size_t count = 0;
  const char* const behind = read_elements(reader, at, [&](const char* element) {
    return count++ < Size ? read_value(reader, element, out[count - 1])
                          : reader.skip_value(element);
  });
  if (behind != nullptr && count != Size && !reader.has_problem_since(at)) {
    reader.report(
        at, behind,
        count < Size ? too_few_items("List", Size, count) : too_many_items("List", Size, count));
  }
  return behind;
}

template <class T, class Order>
const char* read_entry(JsonReader& reader, const char* at, std::map<std::string, T, Order>& out,
                       std::string& decoded) {
  std::string_view key;
  const char* const value = reader.read_key(at, key, decoded);
  if (value == nullptr) return nullptr;
  const auto [entry, is_new] = out.try_emplace(std::string(key));
  const char* const behind = read_value(reader, value, entry->second);
  if (behind != nullptr && !is_new) reader.report(value, behind, problem_of(given_twice));
  return behind;
}

template <class T, class Order>
const char* read_value(JsonReader& reader, const char* at, std::map<std::string, T, Order>& out) {
  out.clear();
  if (*at != '{') return reader.wrong_value(at, no_map);
  at = reader.enter(at);
  std::string decoded;
  while (at != nullptr && *at != '}') {
    if (!reader.count_element(at)) return nullptr;
    at = reader.to_next(read_entry(reader, at, out, decoded), '}');
  }
  return reader.leave(at);
}

template <Model T>
const char* read_value(JsonReader& reader, const char* at, T& out);

// Out of a variant, the one whose tag the object has, wherever it stands in it.
template <Tagged... Ts>
const char* read_value(JsonReader& reader, const char* at, std::variant<Ts...>& out) {
  constexpr std::string_view key = std::tuple_element_t<0, std::tuple<decltype(Ts::tag)...>>::key;
  static_assert(((std::remove_cvref_t<decltype(Ts::tag)>::key == key) && ...),
                "the models of a variant name their tags alike");
  if (*at != '{') return reader.wrong_value(at, no_model);
  TagSearch search;
  if (find_tag(reader, at, key, search) == nullptr) return nullptr;
  const char* behind = nullptr;
  const auto read_as = [&]<class T>(std::type_identity<T>) {
    if (!search.found || search.tag != T::tag.value.view()) return false;
    behind = read_value(reader, at, out.template emplace<T>());
    return true;
  };
  if ((read_as(std::type_identity<Ts>()) || ...)) return behind;
  const std::array tags{("'" + std::string(Ts::tag.value.view()) + "'")...};
  return refuse_tag(reader, at, key, search, tags);
}

// `"name":`, made once at compile time. Members' names are identifiers of ours, without escapes.
template <class F>
inline constexpr auto name_literal = [] {
  struct {
    char characters[F::name.size() + 3]{};
  } text;
  text.characters[0] = '"';
  for (std::size_t i = 0; i < F::name.size(); ++i) text.characters[i + 1] = F::name[i];
  text.characters[F::name.size() + 1] = '"';
  text.characters[F::name.size() + 2] = ':';
  return text;
}();

template <Model T>
class ModelReading {
 public:
  static const char* read(JsonReader& reader, const char* at, T& out) {
    if (*at != '{') return reader.wrong_value(at, no_model);
    const char* const object = at;
    std::uint64_t seen = 0;
    at = reader.enter(at);
    if (at != nullptr && *at != '}') at = read_members(reader, at, out, seen);
    at = reader.leave(at);
    if (at == nullptr) return nullptr;
    if ((seen & required) != required) [[unlikely]] {
      report_missing_members(reader, object, at, table, seen);
    }
    if (seen != all) set_absent(out, seen, fields_in_order);
    return at;
  }

 private:
  static constexpr std::size_t count = field_count<T>;
  static constexpr std::size_t bits = count + (Tagged<T> ? 1 : 0);
  static_assert(bits <= 64, "a model has at most 64 members");
  static constexpr std::uint64_t all =
      bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
  static constexpr std::make_index_sequence<count> fields_in_order{};

  template <std::size_t I>
  static constexpr bool is_required = [] {
    return []<FixedString Name, class Owner, class Member, class... Rules>(
               std::type_identity<Field<Name, Owner, Member, Rules...>>) {
      return !may_be_absent<Member, Rules...>;
    }(std::type_identity<FieldAt<T, I>>());
  }();

  template <std::size_t I>
  [[gnu::always_inline]] static const char* read_field(JsonReader& reader, const char* at, T& out) {
    constexpr const auto& field = std::get<I>(fields<T>);
    const char* const behind = read_value(reader, at, out.*(field.member));
    if (behind != nullptr) [[likely]] {
      require_rules(reader, at, behind, out.*(field.member), field.rules);
    }
    return behind;
  }
  template <std::size_t I>
  static const char* read_any(JsonReader& reader, const char* at, void* owner) {
    return read_field<I>(reader, at, *static_cast<T*>(owner));
  }
  static const char* read_tag(JsonReader& reader, const char* at, void*) {
    if constexpr (Tagged<T>) return expect_tag(reader, at, T::tag.value.view());
    return at;
  }

  static constexpr auto members = []<std::size_t... I>(std::index_sequence<I...>) {
    std::array<Member, bits> made{Member{FieldAt<T, I>::name, &read_any<I>, is_required<I>}...};
    if constexpr (Tagged<T>) made[count] = {decltype(T::tag)::key, &read_tag, true};
    return made;
  }(fields_in_order);
  static constexpr MemberTable table{members, RefusesUnknown<T>};
  static constexpr std::uint64_t required = [] {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bits; ++i) {
      word |= static_cast<std::uint64_t>(members[i].required) << i;
    }
    return word;
  }();

  // Reads field I if it is the next member; false where the object ends, or at a fault.
  template <std::size_t I>
  [[gnu::always_inline]] static bool read_expected(JsonReader& reader, const char*& at, T& out,
                                                   std::uint64_t& seen) {
    constexpr const auto& name = name_literal<FieldAt<T, I>>.characters;
    if (static_cast<std::size_t>(reader.end() - at) < sizeof(name) || !is_same(at, name)) {
      return true;
    }
    at = read_field<I>(reader, JsonReader::skip_space(at + sizeof(name)), out);
    at = reader.to_next(at, '}');
    seen |= std::uint64_t{1} << I;
    return at != nullptr && *at != '}';
  }

  // To the closing brace: each field in turn, and then whatever is left over.
  static const char* read_members(JsonReader& reader, const char* at, T& out, std::uint64_t& seen) {
    const bool more = [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (read_expected<I>(reader, at, out, seen) && ...);
    }(fields_in_order);
    return more ? read_other_members(reader, at, &out, table, seen) : at;
  }

  template <std::size_t... I>
  static void set_absent(T& out, std::uint64_t seen, std::index_sequence<I...>) {
    ((((seen >> I) & 1U) == 0
          ? set_default<T>(out.*(std::get<I>(fields<T>).member), std::get<I>(fields<T>))
          : void()),
     ...);
  }
};

template <Model T>
const char* read_value(JsonReader& reader, const char* at, T& out) {
  return ModelReading<T>::read(reader, at, out);
}

// The value, or every problem found.
template <class T>
struct Reading {
  T value{};
  std::vector<Problem> problems;
  bool malformed = false;  // no JSON, or beyond a limit: the last problem says where
  bool ok() const { return problems.empty(); }
};

// Whether `text` is a T without a problem; those found are added. What `out` holds after a problem
// is valid, but no more.
template <class T>
bool read_json(T& out, std::string_view text, std::vector<Problem>& problems,
               const ReadLimits& limits = {}, bool* malformed = nullptr) {
  std::string copy;
  const std::size_t before = problems.size();
  JsonReader reader(JsonReader::text_with_an_end(text, copy), limits, problems);
  const char* at = reader.start();
  if (at != nullptr) at = read_value(reader, at, out);
  const bool complete = reader.finish(at);
  if (complete && problems.size() == before) [[likely]]
    return true;
  if (malformed != nullptr) *malformed = !complete;
  reader.place_problems();
  return false;
}

template <class T>
Reading<T> from_json(std::string_view text, const ReadLimits& limits = {}) {
  Reading<T> reading;
  read_json(reading.value, text, reading.problems, limits, &reading.malformed);
  return reading;
}

}  // namespace assay::model
