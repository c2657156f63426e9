// When a connection has kept us waiting for too long, and what is to be done about it.
//
// Belongs to one connection; looked at by its driver now and then instead of a timer for each
// request. Knows only what it saw when it looked: a phase begins when it is first seen. Pure: the
// time is an argument.
#pragma once
#include <chrono>
#include <cstdint>

#include "server/runtime/channel.h"
#include "server/runtime/settings.h"

namespace assay::runtime {

class Deadlines {
 public:
  using Time = std::chrono::steady_clock::time_point;
  // `refuse`: the peer owes a request, or we a reply, and it is told so; `close`: without a word.
  enum class Verdict : std::uint8_t { keep, refuse, close };

  explicit Deadlines(Time now) : phase_began_(now), idle_began_(now), request_began_(now) {}

  // `moved` counts the bytes that the peer took so far, those of TLS itself too. It counts while
  // there is a reply to take.
  Verdict look(const Channel& channel, std::uint64_t moved, const Settings& settings, Time now);

  // How long the connection has been as it is now.
  Time since() const { return phase_began_; }

 private:
  Time phase_began_;
  Time idle_began_;  // since then nothing was asked
  Time request_began_;
  std::uint64_t answered_ = 0;
  std::uint64_t moved_ = 0;
  std::uint64_t received_before_ = 0;  // this phase
  Channel::Phase phase_ = Channel::Phase::idle;
  bool awaits_reply_ = false;
  bool was_open_ = false;
};

}  // namespace assay::runtime
