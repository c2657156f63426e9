// A file that becomes readable at a point in time, to be watched among others: what a queue's own
// timeout could do, but to the nanosecond and free of the slack that systems give a thread's waits
// (a thousandth of the wait in Linux's epoll). One thread at a time.
#pragma once

#include "harness/load/clock.h"
#include "harness/load/socket/descriptor.h"

namespace assay::truth {

class Alarm {
 public:
  Alarm();

  bool is_open() const { return file_.is_open(); }  // if not, errno says why
  int file() const { return file_.number(); }
  void set(load::TimePoint when);  // instead of what was set before
  void quiet();                    // not readable until it is set again

 private:
  load::Descriptor file_;
};

}  // namespace assay::truth
