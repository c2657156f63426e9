// The options of `assay load` as they were typed, and the job that they ask for. Reads the files
// that are named with an @; any thread.
#pragma once

#include <string>
#include <vector>

#include "harness/load/command/question_options.h"
#include "harness/load/load_error.h"
#include "harness/load/pace/job.h"

namespace assay::load {

struct Options : QuestionOptions {
  std::string url;
  double connections = 16;
  double threads = 1;
  double seconds = 10;
  double requests = 0;
  bool is_counted = false;  // -n was given
  bool is_timed = false;    // -d was given
  std::string no_time;      // what was typed for one and is none, with its option; empty: nothing
  double warm_up_s = 0;
  double warm_up_most_s = 0;
  bool warms_until_steady = false;  // --warm-up-most was given
  double timeout_s = 5;
  bool close = false;
  double pipeline = 1;
  std::string rate;                   // "1000", or "1000:5000" for one that grows; empty: none
  std::string arrivals = "constant";  // constant, poisson or burst
  double at_once = 10;                // of a burst
  bool sizes_burst = false;           // --burst was given
  bool shapes_rate = false;           // --arrivals or --burst was given
  double seed = 1;
  bool awake = false;

  std::string unix_path;
  bool insecure = false;
  std::string authorities;

  bool verbatim = false;
  std::string mix;     // several requests, as text or @FILE: see mix_text.h; empty: one
  bool mixes = false;  // --mix was given

  std::string preset;  // another tool's settings, where nothing was typed; empty: none
  bool json = false;
  std::string histogram_path;
  bool has_ceiling = true;        // the client is measured at the floor too, after a long run
  bool asks_for_ceiling = false;  // and after a short one
  double agents = 0;
  bool is_shared = false;  // --agents was given
  std::vector<std::string> agent_commands;
};

// Numbers that make no job are refused with the option's name, as is a file that is not there.
Result<Job> job_of(const Options& options);

}  // namespace assay::load
