#include "harness/truth/service.h"

#include <algorithm>
#include <functional>

#include "harness/truth/draw.h"

namespace assay::truth {

Service::Service(const ServiceSettings& settings, TimePoint began)
    : settings_(settings),
      stalls_(began, settings.stall_every, settings.stall_lasts),
      free_(settings.servers, began),
      busy_from_(began),
      busy_to_(began) {}

Visit Service::admit(TimePoint arrival) {
  Visit visit;
  visit.request = next_request_++;
  visit.fate = fate_of(settings_.faults, settings_.seed, visit.request);
  visit.arrival = arrival;
  if (is_full(arrival)) {
    visit.fate = Fate::refused;
    visit.start = visit.due = stalls_.awake(arrival);
  } else {
    const double uniform = draw(settings_.seed, Purpose::service_time, visit.request);
    visit.service = drawn(settings_.law, uniform);
    settings_.servers == 0 ? serve_alone(visit) : serve_in_turn(visit);
    service_time_ += visit.service;
    note_busy(visit.start, visit.due);
  }
  if (visit.fate == Fate::slow) visit.due = stalls_.awake(visit.due + settings_.slow_by);
  fates_.add(visit.fate);
  return visit;
}

void Service::serve_alone(Visit& visit) const {
  visit.start = visit.arrival;
  visit.due = stalls_.awake(visit.arrival + visit.service);
}

// A heap with the earliest first: std's are the other way round.
void Service::serve_in_turn(Visit& visit) {
  std::pop_heap(free_.begin(), free_.end(), std::greater<>());
  visit.start = stalls_.awake(std::max(visit.arrival, free_.back()));
  visit.due = stalls_.done(visit.start, visit.service);
  free_.back() = visit.due;
  std::push_heap(free_.begin(), free_.end(), std::greater<>());
  if (visit.start > visit.arrival) starts_.push_back(visit.start);
}

bool Service::is_full(TimePoint now) {
  while (!starts_.empty() && starts_.front() <= now) starts_.pop_front();
  if (!settings_.waiting_limit || settings_.servers == 0) return false;
  const bool is_free = free_.front() <= now && stalls_.awake(now) == now;
  return !is_free && starts_.size() >= *settings_.waiting_limit;
}

// Starts never go back in time, so all before the last gap is settled.
void Service::note_busy(TimePoint from, TimePoint to) {
  if (from > busy_to_) {
    busy_ += busy_to_ - busy_from_;
    busy_from_ = busy_to_ = from;
  }
  busy_to_ = std::max(busy_to_, to);
}

nanoseconds Service::busy_until(TimePoint now) const {
  return busy_ + (std::clamp(now, busy_from_, busy_to_) - busy_from_);
}

}  // namespace assay::truth
