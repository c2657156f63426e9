// Whether two names are the same but for the case of their letters, as HTTP compares names of
// fields, codings and media types (RFC 9110, 5.1). ASCII only, so no locale. Pure; any thread.
#pragma once

#include <algorithm>
#include <string_view>

namespace assay::load {

constexpr char lower(char letter) noexcept {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

constexpr bool same_letters(std::string_view left, std::string_view right) noexcept {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char one, char other) { return lower(one) == lower(other); });
}

}  // namespace assay::load
