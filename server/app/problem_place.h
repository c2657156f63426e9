// Where a problem stands in a request, {"query","limit"} or {"body","items",2,"price"}, and what
// was given there.
#pragma once
#include <cstddef>
#include <string_view>

#include "server/model/problem.h"

namespace assay {

// Each puts one more step before those that the problem has.
void place_in(model::Problem& problem, std::string_view name);
void place_at(model::Problem& problem, std::size_t index);

// Cut where it is long.
void show_input(model::Problem& problem, std::string_view text);

}  // namespace assay
