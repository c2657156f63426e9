#include "harness/truth/ledger.h"

#include <algorithm>

namespace assay::truth {
void Ledger::settled(const Visit& visit, TimePoint due, TimePoint written, bool at_once) {
  ++settled_;
  note(visit, written);
  if (visit.fate == Fate::right || visit.fate == Fate::slow) {
    responses_.record(written - visit.arrival);
  }
  if (at_once) {
    lateness_.record(std::max(written - due, nanoseconds(0)));
  } else {
    ++held_up_;
  }
}

void Ledger::kept_silent(const Visit& visit) {
  ++settled_;
  note(visit, std::nullopt);
}

void Ledger::lost(const Visit& visit) {
  ++lost_;
  note(visit, std::nullopt);
}

void Ledger::note(const Visit& visit, std::optional<TimePoint> written) {
  if (log_ != nullptr) log_->add(visit, written);
}

void Ledger::fill(TruthRecord& record) const {
  record.settled = settled_;
  record.lost = lost_;
  record.held_up = held_up_;
  record.response_us = record_of(responses_);
  record.lateness_us = record_of(lateness_);
}

}  // namespace assay::truth
