// Which cores the server under test may use and which the client, so that neither measures the
// other. Pure.
#pragma once
#include <vector>

namespace assay::lab {

struct CoreShares {
  std::vector<unsigned> server;  // both empty: they share all that there are
  std::vector<unsigned> client;
};

// Both threads of a physical core go to one side. A third goes to the client, which costs less for
// each request than any server. Fewer than four are not shared out: a server of many threads would
// be left with one.
CoreShares shares_of(const std::vector<std::vector<unsigned>>& physical_cores);

// Those that a server may be given a number of: one thread of each physical core first, since two
// cores are more than the two threads of one.
std::vector<unsigned> cores_of_servers(const CoreShares& shares,
                                       const std::vector<std::vector<unsigned>>& physical_cores);

}  // namespace assay::lab
