#include "harness/load/summary/warning.h"

#include <fmt/format.h>

#include "harness/load/text/quantity_text.h"

namespace assay::load {
namespace {

std::string sentence(const CutShort& warning) {
  return fmt::format("cut short after {:.1f} s: these figures are of what was measured until then",
                     warning.after_s);
}

std::string sentence(const ManySentAgain& warning) {
  return fmt::format(
      "{} of {} requests were sent a second time, as the server ended a kept connection before it "
      "answered; if it should not do so, look into its log",
      warning.resent, warning.in_all);
}

std::string sentence(const RequestsFailed& warning) {
  return fmt::format("{} of {} requests failed; the rate counts right replies only",
                     count_text(warning.failed), count_text(warning.sent));
}

std::string sentence(const GivenUp& warning) {
  return fmt::format(
      "no reply came to its end for {}, so the last {} requests were left out; see whether the "
      "server "
      "hangs, or allow longer replies with --timeout",
      time_text(warning.silence), count_text(warning.left_out));
}

std::string sentence(const Malformed& warning) {
  return fmt::format("a reply was no HTTP that can be believed: {}", warning.first);
}

std::string sentence(const Unsent& warning) {
  return fmt::format(
      "{} of {} requests were never sent, as no connection became free for them in time; give "
      "more with -c, or ask for less with -r",
      count_text(warning.unsent), count_text(warning.due));
}

std::string sentence(const RateNotReached& warning) {
  return fmt::format(
      "the rate was not reached: {} requests/s of {}; from due to reply, latencies grow with the "
      "length of such a run; ask for less with -r",
      rate_text(warning.rate), rate_text(warning.offered));
}

std::string sentence(const BusyThread& sign) {
  return fmt::format("the client was the limit: its busiest thread used {} of a core; try -t {}",
                     share_text(sign.cpu), sign.threads + 1);
}

std::string sentence(const NearCeiling& sign) {
  return fmt::format(
      "the client may have been the limit: this is {} of what it reaches on a server that does "
      "nothing; try more threads with -t, or a second machine",
      share_text(sign.share));
}

std::string sentence(const LateSends& sign) {
  return fmt::format(
      "the client sent late: 1 in {} requests left {} or more after it could have, where half of "
      "the replies took {}; leave the client a core of its own, or try more threads with -t",
      sign.one_in, time_text(sign.late), time_text(sign.p50_latency));
}

std::string sentence(const StoodStill& sign) {
  return fmt::format(
      "the client stood still for {}: what was due meanwhile was sent late, and replies were timed "
      "late; leave the client a core of its own, and measure again",
      time_text(sign.gap));
}

std::string sentence(const ClientBound& warning) {
  return std::visit([](const auto& sign) { return sentence(sign); }, warning.sign);
}

std::string sentence(const NotWarmedUp& warning) {
  return fmt::format(
      "the load was not steady yet when it was measured, after a warm-up of {:.1f} s; allow a "
      "longer one with --warm-up-most, or see what else this host does",
      warning.warm_up_s);
}

std::string sentence(const NotSteady& warning) {
  return fmt::format(
      "the rate was not steady: {} requests/s in the first half, {} in the second; warm up with "
      "--warm-up, or measure for longer with -d",
      rate_text(warning.first), rate_text(warning.second));
}

std::string sentence(const LittlesLawOff& warning) {
  return fmt::format(
      "rate x mean latency is {:+.1f} % off the number of requests under way: connections stood "
      "idle, or the host was busy; measure again, for longer",
      warning.residual * 100);
}

}  // namespace

std::string text(const Warning& warning) {
  return std::visit([](const auto& value) { return sentence(value); }, warning);
}

}  // namespace assay::load
