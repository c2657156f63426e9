// UTF-8 as Unicode defines it (table 3-7, "well-formed byte sequences"): no overlong forms, no
// surrogates, nothing above U+10FFFF. Pure; any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::model {

// What stands for bytes that are no text: U+FFFD.
inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

// How many bytes the character at the start of `text` takes; 0 where there is none.
std::size_t utf8_length(std::string_view text) noexcept;

// How many bytes at the start of `text` are characters beyond ASCII; 0 where the first is none.
std::size_t utf8_run(std::string_view text) noexcept;

// How many characters a text has; each byte that is no UTF-8 counts with the one before it or
// alone.
std::size_t utf8_count(std::string_view text) noexcept;

// The length of the longest start of `text` of at most `most` bytes that cuts no character.
std::size_t utf8_cut(std::string_view text, std::size_t most) noexcept;

bool is_utf8(std::string_view text) noexcept;

// REQUIRES: `code` is at most U+10FFFF and no surrogate.
void append_utf8(std::string& out, std::uint32_t code);

}  // namespace assay::model
