// The head of a reply that is always the same. Pure; any thread.
//
// It has the fields of a reply of assay-server and so its length; the date stands still, because
// reading a clock is work that servers whose answer is known do not do for nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::truth {

// What a reply says of its connection: nothing, that it is kept (HTTP/1.0 has to be told), or that
// it ends.
enum class Persistence : std::uint8_t { kept, said_kept, ends };

std::string fixed_head(std::string_view status, std::size_t body_bytes, Persistence persistence);

}  // namespace assay::truth
