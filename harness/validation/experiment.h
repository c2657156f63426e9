// One thing to find out about the ruler: how the truth server is set up, which load is put on it,
// and what follows from the two. Plain values; any thread.
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/load/pace/job.h"
#include "harness/truth/service.h"
#include "harness/validation/check.h"
#include "harness/validation/observation.h"

namespace assay::validation {

struct Experiment {
  std::string test;  // "T4"
  std::string on;    // what is set up, in words
  truth::ServiceSettings service;
  load::Job job;           // its target is filled in
  bool is_logged = false;  // the server writes down every request
  bool sleeps = false;     // our client does, also where the laboratory stays awake
  // How long after a period of the server's stalls has begun the schedule starts. Nothing: at once.
  std::optional<load::nanoseconds> starts_in_period = {};
  // What is done to the server's process meanwhile, in a thread of its own.
  std::function<void(pid_t)> in_the_middle = {};
  // What the observation says of the ruler. Pure.
  std::function<Checks(const Observation&, const Floor&)> judge = {};
};

// What assay-truth is called with to be such a server.
std::vector<std::string> arguments_of(const truth::ServiceSettings& service);

// An open loop of so many requests a second.
load::Rate steady(double per_second, load::Arrivals arrivals = load::Arrivals::constant);

}  // namespace assay::validation
