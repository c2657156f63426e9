#include "harness/load/pace/warm_up.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "harness/load/pace/steadiness.h"

namespace assay::load {
namespace {

constexpr std::size_t slices_judged = 3;
constexpr nanoseconds shortest_slice = std::chrono::milliseconds(100);
constexpr nanoseconds longest_slice = std::chrono::seconds(1);

bool is_steady(std::span<const Second> slices) {
  return slices.size() >= slices_judged && are_alike(slices.last(slices_judged));
}

}  // namespace

std::optional<nanoseconds> slice_of(const Job& job) {
  if (!job.warm_up_most || job.requests) return std::nullopt;
  return std::clamp<nanoseconds>(job.warm_up / slices_judged, shortest_slice, longest_slice);
}

std::optional<WarmUp> decided(const Job& job, nanoseconds elapsed, const Seconds& slices) {
  const nanoseconds most = *job.warm_up_most;
  const nanoseconds soonest = elapsed + notice;
  if (soonest >= job.warm_up && is_steady(slices)) {
    return WarmUp{std::min(std::max(soonest, job.warm_up), most), true};
  }
  // The next look would come too late.
  if (soonest + 2 * warm_up_glance >= most) return WarmUp{most, false};
  return std::nullopt;
}

bool was_steady(const Seconds& slices, nanoseconds slice, nanoseconds length) {
  const auto whole = static_cast<std::size_t>(length / slice);
  return is_steady(std::span(slices).first(std::min(whole, slices.size())));
}

}  // namespace assay::load
