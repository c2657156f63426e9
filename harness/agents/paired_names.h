// Enumerators of `load` and those that stand for them in messages, as pairs of an array, and each
// found by the other. REQUIRES: every one has a pair. Pure; any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace assay::agents {

template <class Value, class Name, std::size_t Size>
Name name_of(const std::array<std::pair<Value, Name>, Size>& names, Value wanted) {
  return std::find_if(names.begin(), names.end(),
                      [&](const auto& each) { return each.first == wanted; })
      ->second;
}

template <class Value, class Name, std::size_t Size>
Value value_of(const std::array<std::pair<Value, Name>, Size>& names, Name wanted) {
  return std::find_if(names.begin(), names.end(),
                      [&](const auto& each) { return each.second == wanted; })
      ->first;
}

}  // namespace assay::agents
