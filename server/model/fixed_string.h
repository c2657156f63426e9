// A string literal as a value of the compiler: a template argument, or part of a rule that is one.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>

namespace assay::model {

// Public and plain, so that it may be a template argument (C++20 calls that structural).
template <std::size_t Size>
struct FixedString {
  char characters[Size]{};
  // Implicit, so that field<"name"> reads as it does.
  constexpr FixedString(const char (&literal)[Size]) {  // NOLINT(google-explicit-constructor)
    std::copy_n(literal, Size, characters);
  }
  constexpr std::string_view view() const { return {characters, Size - 1}; }
};

}  // namespace assay::model
