#include "harness/truth/alarm.h"

#include <sys/event.h>

#include <algorithm>
#include <cstdint>

namespace assay::truth {

// There is no file for a timer, but a queue is a file: readable while an event waits in it.
Alarm::Alarm() : file_(kqueue()) {}

// One that has fired and was not fetched would stay readable. NOTE_CRITICAL: without it timers are
// put together with others to save power.
void Alarm::set(load::TimePoint when) {
  quiet();
  const load::nanoseconds left = when - load::Clock::now();
  struct kevent change;
  EV_SET(&change, 0, EVFILT_TIMER, EV_ADD | EV_ONESHOT, NOTE_NSECONDS | NOTE_CRITICAL,
         static_cast<std::intptr_t>(std::max<long long>(left.count(), 0)), nullptr);
  kevent(file_.number(), &change, 1, nullptr, 0, nullptr);
}

// An error, when there is none, makes no difference.
void Alarm::quiet() {
  struct kevent change;
  EV_SET(&change, 0, EVFILT_TIMER, EV_DELETE, 0, 0, nullptr);
  kevent(file_.number(), &change, 1, nullptr, 0, nullptr);
}

}  // namespace assay::truth
