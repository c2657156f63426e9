// Compact JSON made readable, so that a change of it is a change of few lines. Pure; any thread.
#pragma once
#include <string>
#include <string_view>

namespace assay::lab {

// An object or array that fits into a line of 100 columns stands in one; a larger one has a line
// for each member. Ends in a newline. REQUIRES: JSON without spaces outside its texts
std::string indented_json(std::string_view compact);

}  // namespace assay::lab
