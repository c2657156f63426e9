// What the truth server has done and how well it kept its times; and the log, where there is one.
//
// One thread at a time. Lateness is the server's own: a reply that the client's full socket did not
// take at once is counted as held up, and not timed.
#pragma once

#include <cstdint>
#include <string>

#include "harness/load/histogram/histogram.h"
#include "harness/truth/requests_log.h"
#include "harness/truth/service.h"
#include "harness/truth/truth_record.h"

namespace assay::truth {

class Ledger {
 public:
  explicit Ledger(RequestsLog* log) : log_(log) {}

  // The reply, or what stands for it, was due at `due` and left at `written`: at the first try or
  // once the client made room.
  void settled(const Visit& visit, TimePoint due, TimePoint written, bool at_once);
  void kept_silent(const Visit& visit);
  void lost(const Visit& visit);  // there was nobody left to answer

  void fill(TruthRecord& record) const;

 private:
  void note(const Visit& visit, std::optional<TimePoint> written);

  RequestsLog* log_;  // perhaps none
  std::uint64_t settled_ = 0;
  std::uint64_t lost_ = 0;
  std::uint64_t held_up_ = 0;
  load::Histogram responses_;
  load::Histogram lateness_;
};

}  // namespace assay::truth
