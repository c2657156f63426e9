#include "harness/load/pace/wake_margin.h"

#include <algorithm>

namespace assay::load {
namespace {

constexpr int forgotten = 256;  // a part of this, each time

}  // namespace

void WakeMargin::woke(nanoseconds late) {
  length_ = std::clamp(std::max(late + late / 4, length_), shortest, longest);
}

void WakeMargin::age() { length_ = std::max(length_ - length_ / forgotten, shortest); }

}  // namespace assay::load
