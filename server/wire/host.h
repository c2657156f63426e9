// The authority of a target and the value of a Host field: host, or host:port (RFC 9110, 4.2, 7.2).
//
// Pure; any thread. A reader that takes a user name, a path or a second host out of it would route
// the request elsewhere than we do, so none of them is let through.
#pragma once
#include <string_view>

namespace assay::wire {

// Also the empty text: a Host field may be empty where the target has no authority.
bool is_host(std::string_view text);

}  // namespace assay::wire
