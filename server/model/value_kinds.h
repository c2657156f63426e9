// Which kinds of value a model is made of; reader, writer and schema tell them apart alike.
// Compile-time only.
#pragma once
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "server/model/problem.h"

namespace assay::model {

template <class T>
concept Integer = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;

// A value that JSON has as a string of a form of its own: Date, DateTime, Uuid.
template <class T>
concept TextForm = requires(T& value, const T& constant, std::string_view text, char* to) {
  { T::parse(text, value) } -> std::same_as<std::optional<Problem>>;
  { constant.write(to) } -> std::same_as<char*>;
  { T::format } -> std::convertible_to<std::string_view>;
  { T::wrong_type } -> std::convertible_to<FixedProblem>;
};

template <class T>
inline constexpr bool is_list = false;
template <class T, class Allocator>
inline constexpr bool is_list<std::vector<T, Allocator>> = true;
template <class T, std::size_t Size>
inline constexpr bool is_list<std::array<T, Size>> = true;
template <class T>
inline constexpr bool is_map = false;
template <class T, class Order, class Allocator>
inline constexpr bool is_map<std::map<std::string, T, Order, Allocator>> = true;

// What an integer type holds, for code that knows all of them.
struct IntegerRange {
  std::int64_t least;
  std::uint64_t most;
};
template <Integer T>
inline constexpr IntegerRange range_of = {
    std::is_signed_v<T> ? static_cast<std::int64_t>(std::numeric_limits<T>::min()) : 0,
    static_cast<std::uint64_t>(std::numeric_limits<T>::max())};

}  // namespace assay::model
