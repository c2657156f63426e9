#include "server/app/problem_place.h"

#include <string>

#include "server/model/json_write.h"

namespace assay {

void place_in(model::Problem& problem, std::string_view name) {
  problem.location.emplace(problem.location.begin(), std::string(name));
}

void place_at(model::Problem& problem, std::size_t index) {
  problem.location.emplace(problem.location.begin(), index);
}

void show_input(model::Problem& problem, std::string_view text) {
  problem.input = model::shown_input(model::to_json(text));
}

}  // namespace assay
