// What stands when a test was made more than once. Pure; any thread.
//
// A test is made again where a figure disagrees or could not be judged. A ruler that is wrong is
// wrong each time, and a machine that stood still for a moment is not: so a figure has to disagree
// twice, and one that could not be judged is, once a try could judge it.
#pragma once

#include <cstddef>
#include <vector>

#include "harness/validation/check.h"

namespace assay::validation {

inline constexpr std::size_t most_tries = 3;

// Of each figure of the first try, the reading that stands, with the try that it is of.
Checks settled(const std::vector<Checks>& tries);

bool all_agree(const Checks& checks);
bool any_disagrees(const Checks& checks);

}  // namespace assay::validation
