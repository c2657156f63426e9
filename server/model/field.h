// A typed model: a plain struct that says once which members it has and what they are called.
//
//   struct Item {
//     std::int64_t id;
//     std::optional<std::string> note;
//     static constexpr auto model() {
//       return std::tuple{field<"id">(&Item::id), field<"note">(&Item::note)};
//     }
//   };
//
// From that description come the JSON writer (json_write.h) and reader (json_read.h). An
// `optional` member may be absent or null; every other one is required. Compile-time only.
#pragma once
#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>

namespace assay::model {

// A string literal as a template argument.
template <std::size_t Size>
struct FixedString {
  std::array<char, Size> characters{};
  // Implicit, so that field<"name"> reads as it does.
  constexpr FixedString(const char (&literal)[Size]) {  // NOLINT(google-explicit-constructor)
    std::copy_n(literal, Size, characters.begin());
  }
  constexpr std::string_view view() const { return {characters.data(), Size - 1}; }
};

template <FixedString Name, class Owner, class Member>
struct Field {
  static constexpr std::string_view name = Name.view();
  Member Owner::* member;
};

template <FixedString Name, class Owner, class Member>
constexpr auto field(Member Owner::* member) {
  return Field<Name, Owner, Member>{member};
}

template <class T>
concept Model = requires { std::tuple_size<decltype(T::model())>::value; };

// Calls `use(field, index)` for each field of T, in the order of the description.
template <Model T, class Use>
constexpr void for_each_field([[maybe_unused]] Use&& use) {
  std::apply(
      [&use](const auto&... fields) {
        [[maybe_unused]] std::size_t index = 0;  // a model may have no fields
        (use(fields, index++), ...);
      },
      T::model());
}

template <Model T>
inline constexpr std::size_t field_count = std::tuple_size_v<decltype(T::model())>;

}  // namespace assay::model
