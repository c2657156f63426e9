// Bytes as text of 64 letters (RFC 4648, 4). Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay::load {

std::string to_base64(std::string_view bytes);
// Nothing for another letter, a length that is no multiple of 4, or padding where none belongs.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace assay::load
