#include "server/runtime/deadlines.h"

namespace assay::runtime {
namespace {

using Phase = Channel::Phase;
using std::chrono::milliseconds;

// What a body of `bytes` so far has: who sends a byte now and then gains nothing by it.
milliseconds body_limit(std::uint64_t bytes, const Settings& settings) {
  if (settings.body_limit.count() == 0 || settings.body_pace == 0) return settings.body_limit;
  return settings.body_limit + milliseconds(bytes * 1000 / settings.body_pace);
}

milliseconds limit_of(Phase phase, std::uint64_t received, const Settings& settings) {
  switch (phase) {
    case Phase::idle: return settings.idle_limit;
    case Phase::head: return settings.header_limit;
    case Phase::body: return body_limit(received, settings);
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
  const bool awaits_reply = channel.needs() == Channel::Needs::wait;
  // What TLS says of its own, as to a new key, is taken too, but is no progress of a request.
  const bool took_reply = phase == Phase::reply && moved != moved_;
  // A record came that held nothing of a request: it is idle for as long as before.
  const bool said_nothing =
      phase == Phase::idle && phase_ == Phase::head && was_open_ && channel.answered() == answered_;
  if (phase != phase_ || took_reply || channel.answered() != answered_ ||
      awaits_reply != awaits_reply_) {
    phase_began_ = said_nothing ? idle_began_ : now;
    received_before_ = channel.received();
    if (phase == Phase::idle) idle_began_ = phase_began_;
  }
  if (phase == Phase::idle || phase_ == Phase::idle || next_request) request_began_ = now;
  phase_ = phase;
  moved_ = moved;
  awaits_reply_ = awaits_reply;
  answered_ = channel.answered();
  was_open_ = channel.is_open();

  // What is being made elsewhere is no fault of the peer.
  const milliseconds limit = limit_of(phase, channel.received() - received_before_, settings);
  const bool phase_over = !awaits_reply && is_over(limit, phase_began_, now);
  const bool request_over =
      phase != Phase::idle && is_over(settings.request_limit, request_began_, now);
  if (!phase_over && !request_over) return Verdict::keep;
  const bool may_speak = phase == Phase::head || phase == Phase::body || awaits_reply;
  return may_speak ? Verdict::refuse : Verdict::close;
}

}  // namespace assay::runtime
