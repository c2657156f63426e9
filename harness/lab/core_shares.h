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

}  // namespace assay::lab
