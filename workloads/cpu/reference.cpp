// The documents' /cpu in C++'s own time, and in Python's.
#include <cstdint>
#include <cstdlib>

#include "server/app/app.h"
#include "workloads/cpu/python_loop.h"
#include "workloads/sum_of_squares.h"

namespace assay::workloads::cpu {

constexpr std::int64_t iterations = 100'000;

void routes(App& app) {
  app.get("/cpu", [] { return sum_of_squares(iterations); });
  app.get("/cpu/calibrated", [length = python_loop_time(std::getenv("ASSAY_PYTHON_LOOP_US"))] {
    return sum_as_long_as(iterations, length, &thread_cpu_time).sum;
  });
}

}  // namespace assay::workloads::cpu
