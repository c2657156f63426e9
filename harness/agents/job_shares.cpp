#include "harness/agents/job_shares.h"

#include <algorithm>

#include "harness/agents/agent_error.h"

namespace assay::agents {
namespace {

std::size_t part(std::size_t whole, std::size_t index, std::size_t of) {
  return whole / of + (index < whole % of ? 1 : 0);
}

}  // namespace

load::Result<std::vector<load::Job>> job_shares(const load::Job& job, std::size_t agents) {
  if (agents > job.connections) return more_agents_than("connections", job.connections, agents);
  if (job.requests && agents > *job.requests) {
    return more_agents_than("requests", *job.requests, agents);
  }
  std::vector<load::Job> shares(agents, job);
  for (std::size_t index = 0; index < agents; ++index) {
    shares[index].connections = part(job.connections, index, agents);
    shares[index].threads = std::max<std::size_t>(1, part(job.threads, index, agents));
    shares[index].share = {index, agents};
  }
  return shares;
}

}  // namespace assay::agents
