// A pattern of JSON Schema, which is written as JavaScript's are, for RE2, which takes time linear
// in the text and has another syntax. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay::load {

// An expression that matches the same texts; nothing where RE2 has none (look-around, references to
// a group) or where the two may read the pattern differently.
std::optional<std::string> re2_expression(std::string_view pattern);

}  // namespace assay::load
