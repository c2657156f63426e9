// The options of `assay load` as they were typed, and the job that they ask for. Reads the files
// that are named with an @; any thread.
#pragma once

#include <string>
#include <vector>

#include "harness/load/job.h"
#include "harness/load/load_error.h"

namespace assay::load {

struct Options {
  std::string url;
  double connections = 16;
  double threads = 1;
  double seconds = 10;
  double requests = 0;
  bool is_counted = false;  // -n was given
  bool is_timed = false;    // -d was given
  double warm_up_s = 0;
  double timeout_s = 5;
  bool close = false;
  bool json = false;
  std::string method;  // empty: GET, or POST when there is a body
  std::vector<std::string> headers;
  std::string body;           // text, or @FILE
  int expected_status = 0;    // 0: any from 200 to 299
  std::string expected_body;  // text, or @FILE
  bool expects_body = false;
};

// Numbers that make no job are refused with the option's name, as is a file that is not there.
Result<Job> job_of(const Options& options);

}  // namespace assay::load
