// A truth server in a process of its own, so that it shares no thread and no clock reading with the
// ruler. Belongs to one thread; ends with its scope.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/cost/child.h"
#include "harness/load/stop.h"
#include "harness/truth/truth_record.h"
#include "harness/validation/validation_error.h"

namespace assay::validation {

class TruthProcess {
 public:
  // Returns when it takes connections; ten seconds at most.
  static Result<TruthProcess> start(const std::string& program, std::vector<std::string> options,
                                    const load::Stop& stop);

  std::uint16_t port() const { return port_; }
  pid_t pid() const { return child_->group(); }
  Result<truth::TruthRecord> record() const;
  void end() { child_.reset(); }  // its log is whole then

 private:
  TruthProcess(cost::Child child, std::uint16_t port) : child_(std::move(child)), port_(port) {}

  std::optional<cost::Child> child_;
  std::uint16_t port_;
};

}  // namespace assay::validation
