#include "workloads/cpu/python_loop.h"

#include <charconv>
#include <cstdint>
#include <ctime>
#include <stdexcept>
#include <string>
#include <string_view>

namespace assay::workloads::cpu {
namespace {

constexpr std::chrono::microseconds documented{3'788};  // 1 s / 264
constexpr std::chrono::microseconds longest{10'000'000};

// Some microseconds: the clock costs little beside them, and little is done too much at the end.
constexpr std::int64_t iterations_of_a_round = 10'000;

}  // namespace

std::chrono::nanoseconds thread_cpu_time() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::chrono::microseconds python_loop_time(const char* wished) {
  if (wished == nullptr) return documented;
  const std::string_view text(wished);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  if (!is_number || number < 1 || number > longest.count()) {
    throw std::invalid_argument("ASSAY_PYTHON_LOOP_US is \"" + std::string(text) +
                                "\"; it is whole microseconds, 1 to 10000000");
  }
  return std::chrono::microseconds(number);
}

LongSum sum_as_long_as(std::int64_t iterations, std::chrono::nanoseconds length,
                       const std::function<std::chrono::nanoseconds()>& clock) {
  const std::chrono::nanoseconds end = clock() + length;
  LongSum long_sum{sum_of_squares(iterations)};
  for (; clock() < end; ++long_sum.more_rounds) sum_of_squares(iterations_of_a_round);
  return long_sum;
}

}  // namespace assay::workloads::cpu
