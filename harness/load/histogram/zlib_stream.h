// zlib streams (RFC 1950) of texts that fit into memory. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace assay::load {

std::string deflated(std::string_view text);
// Nothing when it is no whole stream that ends in its right checksum, or holds more than `most`
// bytes: a few bytes may be made to hold a gigabyte.
std::optional<std::string> inflated(std::string_view stream, std::size_t most);

}  // namespace assay::load
