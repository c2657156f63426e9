#include "server/runtime/deadlines.h"

namespace assay::runtime {
namespace {

using Phase = Channel::Phase;
using std::chrono::milliseconds;

milliseconds limit_of(Phase phase, const Settings& settings) {
  switch (phase) {
    case Phase::idle: return settings.idle_limit;
    case Phase::head: return settings.header_limit;
    case Phase::body: return settings.body_limit;
    case Phase::reply: return settings.write_limit;
  }
  return milliseconds(0);
}

bool is_over(milliseconds limit, Deadlines::Time began, Deadlines::Time now) {
  return limit.count() > 0 && now - began >= limit;
}

}  // namespace

Deadlines::Verdict Deadlines::look(const Channel& channel, std::uint64_t moved,
                                   const Settings& settings, Time now) {
  const Phase phase = channel.phase();
  const bool was_whole = phase_ == Phase::reply || phase_ == Phase::idle;
  // The reply to the request that was seen arriving belongs to it; all else that was answered since
  // the last look was asked after it.
  const bool same_request =
      phase == Phase::reply && !was_whole && channel.answered() == answered_ + 1;
  const bool next_request = channel.answered() != answered_ && !same_request;
  if (phase != phase_ || moved != moved_ || channel.answered() != answered_) phase_began_ = now;
  if (phase == Phase::idle || phase_ == Phase::idle || next_request) request_began_ = now;
  phase_ = phase;
  moved_ = moved;
  answered_ = channel.answered();

  const bool phase_over = is_over(limit_of(phase, settings), phase_began_, now);
  const bool request_over =
      phase != Phase::idle && is_over(settings.request_limit, request_began_, now);
  if (!phase_over && !request_over) return Verdict::keep;
  return phase == Phase::head || phase == Phase::body ? Verdict::refuse : Verdict::close;
}

}  // namespace assay::runtime
