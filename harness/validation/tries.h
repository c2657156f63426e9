// A test, made until it is settled, and what stands then.
//
// A test is made again where a figure disagrees or could not be judged. A ruler that is wrong is
// wrong each time, and a machine that stood still for a moment is not. So a disagreement stands
// unless more tries agree than disagree; and a figure that could not be judged is, once a try
// could.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "harness/validation/check.h"
#include "harness/validation/validation_error.h"

namespace assay::validation {

inline constexpr std::size_t most_tries = 3;

using Say = std::function<void(const std::string&)>;  // hears what begins
using Make = std::function<Result<Checks>()>;

// Of each figure the reading that stands, with the try that it is of and how many disagreed. Pure.
Checks settled(const std::vector<Checks>& tries);

// Whether another try could still change what stands. Asleep, beside other work, one would judge no
// more figures than the first. Pure.
bool is_open(const std::vector<Checks>& tries, bool is_awake);

// Blocks until it is settled; `most_tries` at most.
Result<Checks> tried(const std::string& name, const Make& make, bool is_awake, const Say& say);

}  // namespace assay::validation
