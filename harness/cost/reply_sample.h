// One reply of a server, read in full, so that all later ones need only be counted. Blocks for five
// seconds at most; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "harness/cost/cost_error.h"
#include "harness/load/socket/address.h"

namespace assay::cost {

struct ReplySample {
  std::size_t bytes = 0;  // head and body on the wire
  std::string body;
};

// `name` and `row` say in errors whose reply it was and to what.
Result<ReplySample> reply_sample(const load::Address& address, std::string_view request,
                                 std::string_view name, std::string_view row);

}  // namespace assay::cost
