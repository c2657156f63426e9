// The experiments of T1 to T8: one file each, and in it what is set up and why the expectation is
// what it is. Pure; any thread.
#pragma once

#include <vector>

#include "harness/validation/experiment.h"

namespace assay::validation {

enum class Length { whole, brief };  // brief: a part, in seconds, where all tests are run

// T1: all take the same time. And what a request costs when that time is nothing.
std::vector<Experiment> constant_delay(Length length);
Experiment floor_experiment(Length length);
// The floor as our ruler read it, beside a client that shares no code with it: an error that is in
// each of our readings is in the floor too, and would cancel out everywhere else.
Checks floor_checks(const Observation& ours, const PlainFloor& plain);
// T2: most are quick, few are slow, at any time and on any connection.
std::vector<Experiment> two_values(Length length);
// T3: rate times mean latency is the number of connections.
std::vector<Experiment> littles_law(Length length);
// T4: a server that stands still from time to time.
std::vector<Experiment> periodic_stall(Length length);
// T5: one queue, arrivals at random.
std::vector<Experiment> random_queue(Length length);
// T6: one queue, arrivals at even intervals, up to its limit and beyond.
std::vector<Experiment> even_queue(Length length);
// T7: the server's log of arrivals beside the schedule that was asked for.
std::vector<Experiment> arrivals(Length length);
// T8: what went wrong, and how often.
std::vector<Experiment> faults(Length length);

}  // namespace assay::validation
