// A contender that listens: its process, its address, and the reply it gives.
//
// Belongs to one thread; ends with its scope.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cost/blast.h"
#include "harness/cost/child.h"
#include "harness/cost/contender.h"
#include "harness/cost/reply_sample.h"
#include "harness/load/reply/expectation.h"
#include "harness/load/request/request.h"
#include "harness/load/socket/address.h"
#include "harness/load/stop.h"

namespace assay::cost {

class RunningServer {
 public:
  // Returns when it takes connections; ten seconds at most. `closes`: for the shape close.
  static Result<RunningServer> start(const Contender& contender, bool closes,
                                     const std::vector<int>& cores, const load::Stop& stop);

  const std::string& name() const { return name_; }
  pid_t group() const { return child_.group(); }

  // Its reply to one request of this shape, and a client that will send more of them. `path`: where
  // the contender has no question of its own.
  Result<ReplySample> sample(const Row& row, std::string_view path) const;
  Result<Blast> blast(const Row& row, std::string_view path) const;
  // The reply to another request than those that are measured, whatever its status.
  Result<load::Reply> fetched(const load::Request& request) const;
  CostError wrong(const Row& row, BlastFault fault) const;

 private:
  RunningServer(const Contender& contender, Child child, std::string host, std::uint16_t port,
                const load::Address& address);
  std::string wire(const Row& row, const load::Request& request) const;
  std::vector<std::string> requests(const Row& row, std::string_view path) const;

  std::string name_;
  std::optional<Question> question_;
  Child child_;
  std::string host_;
  std::uint16_t port_;
  load::Address address_;
};

}  // namespace assay::cost
