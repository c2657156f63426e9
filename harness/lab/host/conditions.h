// What the machine did beside a trial, from two readings of its counters. Pure; any thread.
#pragma once
#include <sys/types.h>

#include "harness/lab/host/host_counters.h"
#include "harness/lab/record/trial_record.h"

namespace assay::lab {

// Whose processor time a trial may use: what the laboratory started, its clients among them, and
// the server's group. All else is foreign.
struct Parties {
  pid_t laboratory = 0;
  pid_t server = 0;  // its group
};

Conditions conditions_between(const HostCounters& first, const HostCounters& last,
                              const Parties& parties);

double cpu_seconds_of(const HostCounters& counters, pid_t group);

}  // namespace assay::lab
