// The words of a line that may be quoted, as a shell has them but without its expansions. Pure; any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::load {

// Spaces and tabs part them. Within '...' every byte is itself; within "..." \n \r \t \" \\ are
// bytes, and any other backslash is itself. Quoted parts and others side by side are one word.
// Nothing: a quote is not closed.
std::optional<std::vector<std::string>> quoted_words(std::string_view line);

}  // namespace assay::load
