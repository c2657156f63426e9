// What a client must see of a server with a queue, in closed form: the truth that a measurement is
// held against. Values and pure functions; any thread.
//
// All are of one queue over all connections, first come first served, in its steady state, and
// leave out what the network and both programs add: measure that with a constant law of 0.
#pragma once

#include <cstddef>

#include "harness/truth/law.h"

namespace assay::truth {

// M/M/k: Poisson arrivals, exponential service. REQUIRES: utilisation() < 1.
struct MarkovQueue {
  double arrivals_per_second = 0;
  double services_per_second = 1;  // of each server
  std::size_t servers = 1;

  double utilisation() const noexcept;
  double share_that_waits() const noexcept;  // Erlang C; with one server the utilisation
  Seconds mean_wait() const noexcept;
  Seconds mean_response() const noexcept;  // wait and service
  double response_cdf(Seconds time) const noexcept;
  Seconds response_quantile(double share) const noexcept;  // REQUIRES: 0 <= share < 1
};

// M/G/1: Poisson arrivals and any law of service at one server (Pollaczek and Khinchine). With a
// constant law, M/D/1: rho / (2 mu (1 - rho)). REQUIRES: arrivals times mean below 1.
Seconds mean_wait(double arrivals_per_second, const Law& service) noexcept;

// D/D/1: arrivals and service at even intervals. Nobody waits until the server is asked for more
// than it can do; from then on the backlog grows for ever.
struct EvenQueue {
  double arrivals_per_second = 0;
  double services_per_second = 1;

  double backlog_after(Seconds time) const noexcept;  // requests; it was empty at 0
  Seconds response_of_arrival_at(Seconds time) const noexcept;
  double rate_ratio() const noexcept;  // answered over asked for
};

// A server that stalls for `lasts` in every `every`. Who arrives t after it has stopped waits
// lasts - t (1 - utilisation): for its end, and for those before in the queue. So the wait at a
// share q is lasts - (1 - q)(1 - utilisation) every, and none below; service comes on top of it.
//
// Exact for even arrivals and constant service, to the place of one request. Poisson arrivals and
// random service agree on average, to the square root of the backlog at the end of the stall. Holds
// only while the queue is empty again before the next stall. A server that answers each request
// independently of the others has a utilisation of 0.
struct StalledQueue {
  Seconds every{1};
  Seconds lasts{0};
  Seconds service{0};
  double utilisation = 0;  // arrivals over what it could serve if it never stalled

  bool holds() const noexcept;
  Seconds response_quantile(double share) const noexcept;
  double response_cdf(Seconds time) const noexcept;
  Seconds mean_response() const noexcept;
};

// N clients, each of which asks again as soon as it is answered, and what every request costs
// beside its service. By Little's law rate times mean response is N.
//
// Exact for one server to a client (0: as many as are asked) with any law; with fewer servers, for
// constant service, or where nothing is added. Else no more than the rate that is given here.
struct ClosedLoop {
  std::size_t clients = 1;
  std::size_t servers = 0;
  Seconds mean_service{0};
  Seconds added{0};

  double rate() const noexcept;
  Seconds mean_response() const noexcept;
};

}  // namespace assay::truth
