#include "harness/lab/trial/load_job.h"

#include <algorithm>
#include <thread>

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

std::size_t client_threads(Client client, unsigned connections, std::size_t client_cores) {
  Workload workload;
  workload.parts.resize(1);
  workload.parts.front().reply.statuses = {200};
  const Baseline baseline;
  Load load;
  load.client = client;
  load.connections = connections;
  Measuring how;
  how.client_cores = client_cores;
  return job_of({&workload, &baseline, &load}, how, 8000, {FirstReply{}}).threads;
}

TEST(LoadJob, HasAThreadForEachCoreOfTheClientsOwn) {
  EXPECT_EQ(client_threads(Client::native, 64, 5), 5U);
  EXPECT_EQ(client_threads(Client::native, 3, 5), 3U) << "each needs a connection";
  EXPECT_EQ(client_threads(Client::native, 64, 0), 1U) << "more would take the server's cores";
}

TEST(LoadJob, AsOhaHasTheThreadsThatOhaWouldHave) {
  const std::size_t cores = std::max(std::thread::hardware_concurrency(), 1U);
  EXPECT_EQ(client_threads(Client::oha, 1000, cores + 1), cores);
}

}  // namespace
}  // namespace assay::lab
