#include "harness/agents/job_shares.h"

#include <gtest/gtest.h>

namespace assay::agents {
namespace {

load::Job job_with(std::size_t connections, std::size_t threads) {
  load::Job job;
  job.connections = connections;
  job.threads = threads;
  job.rate = load::Rate{900, 900, load::Arrivals::poisson, 10};
  return job;
}

TEST(JobShares, SplitConnectionsAndThreadsEvenly) {
  const auto shares = job_shares(job_with(16, 4), 3);
  ASSERT_TRUE(shares.has_value());
  ASSERT_EQ(shares->size(), 3U);
  EXPECT_EQ((*shares)[0].connections, 6U);
  EXPECT_EQ((*shares)[1].connections, 5U);
  EXPECT_EQ((*shares)[2].connections, 5U);
  EXPECT_EQ((*shares)[0].threads, 2U);
  EXPECT_EQ((*shares)[2].threads, 1U);
}

TEST(JobShares, LeaveTheScheduleWhole) {
  load::Job job = job_with(2, 1);
  job.requests = 1000;
  const auto shares = job_shares(job, 2);
  ASSERT_TRUE(shares.has_value());
  for (std::size_t index = 0; index < 2; ++index) {
    const load::Job& share = (*shares)[index];
    EXPECT_EQ(share.share.index, index);
    EXPECT_EQ(share.share.of, 2U);
    EXPECT_EQ(share.rate->per_second, 900);
    EXPECT_EQ(share.requests, 1000U);
    EXPECT_EQ(share.threads, 1U);
  }
}

TEST(JobShares, AreRefusedWhereAnAgentWouldHaveNothingToDo) {
  EXPECT_EQ(job_shares(job_with(2, 1), 3).error().what(), "3 agents cannot share 2 connections");
  load::Job job = job_with(8, 1);
  job.requests = 1;
  EXPECT_EQ(job_shares(job, 2).error().what(), "2 agents cannot share 1 request");
}

}  // namespace
}  // namespace assay::agents
