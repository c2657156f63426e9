// Four computations for one reply, handed to the application's threads for what blocks. Whoever
// drives the connection serves others meanwhile.
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "server/app/app.h"
#include "workloads/sum_of_squares.h"

namespace assay::workloads::parallel {

using model::field;

struct Results {
  std::int64_t tasks = 0;
  std::int64_t iterations = 0;
  std::vector<std::int64_t> results;
  static constexpr auto model() {
    return std::tuple{field<"tasks">(&Results::tasks), field<"iterations">(&Results::iterations),
                      field<"results">(&Results::results)};
  }
};

constexpr std::int64_t tasks = 4;
constexpr std::int64_t iterations = 50'000;

Async<Results> compute() {
  const auto task = [] { return sum_of_squares(iterations).result; };
  std::vector all(static_cast<std::size_t>(tasks), task);
  std::vector<std::int64_t> results = co_await all_in_background(std::move(all));
  co_return Results{tasks, iterations, std::move(results)};
}

void routes(App& app) { app.get("/parallel", compute); }

}  // namespace assay::workloads::parallel
