#include "harness/validation/metronome.h"

#include <algorithm>

namespace assay::validation {
namespace {

// Often enough to see what one request in a thousand meets, at half a per cent of a core.
constexpr auto gap = std::chrono::milliseconds(1);

}  // namespace

Metronome::Metronome() : thread_([this] { tick(); }) {}

Metronome::~Metronome() { (void)end(); }

load::Histogram Metronome::end() {
  is_over_ = true;
  if (thread_.joinable()) thread_.join();
  return lateness_;
}

// A tick that was missed altogether counts too, with the time by which it was: a machine that
// stands still for 10 ms is late ten times, as the requests due meanwhile are.
void Metronome::tick() {
  load::TimePoint due = load::Clock::now() + gap;
  while (!is_over_) {
    std::this_thread::sleep_until(due);
    for (const load::TimePoint now = load::Clock::now(); due <= now; due += gap) {
      lateness_.record(now - due);
    }
  }
}

}  // namespace assay::validation
