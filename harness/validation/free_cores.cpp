#include "harness/validation/free_cores.h"

#include <algorithm>
#include <ctime>
#include <thread>
#include <vector>

namespace assay::validation {
namespace {

using std::chrono::nanoseconds;
using Steady = std::chrono::steady_clock;

// What the system itself and a sleeper that wakes up now and then may take.
constexpr double least_share = 0.9;

nanoseconds own_time() {
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return std::chrono::seconds(used.tv_sec) + nanoseconds(used.tv_nsec);
}

// The share of the time that this thread could run in.
double share_run(nanoseconds look) {
  const Steady::time_point began = Steady::now();
  const nanoseconds used = own_time();
  while (Steady::now() - began < look) continue;
  const std::chrono::duration<double> run = own_time() - used;
  return run / (Steady::now() - began);
}

}  // namespace

bool are_free(std::size_t cores, nanoseconds look) {
  if (cores == 0) return true;
  if (std::thread::hardware_concurrency() < cores) return false;
  std::vector<double> shares(cores);
  std::vector<std::thread> threads;
  for (double& share : shares) threads.emplace_back([&] { share = share_run(look); });
  for (std::thread& thread : threads) thread.join();
  return *std::min_element(shares.begin(), shares.end()) >= least_share;
}

}  // namespace assay::validation
