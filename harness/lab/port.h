// Whether a port can be listened on: asked before each start, so that no forgotten server is ever
// measured in place of the one that was meant.
#pragma once
#include <cstdint>
#include <string>

namespace assay::lab {

bool is_free(const std::string& address, std::uint16_t port);

inline constexpr std::uint16_t ports_tried = 100;

// The first port from `base` on that is free; 0 when none of those tried is.
std::uint16_t free_port_from(const std::string& address, std::uint16_t base);

}  // namespace assay::lab
