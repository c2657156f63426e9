#include "harness/lab/trial/trial.h"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "harness/lab/plan/catalogue.h"
#include "harness/lab/scratch_checkout.h"
#include "harness/lab/trial/document_client.h"

namespace assay::lab {
namespace {

// Trials of the real reference server in a checkout of its own.
class TrialOf : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::copy("harness/clients", scratch_.folder() / "harness" / "clients");
    auto catalogue = read_catalogue(scratch_.checkout());
    ASSERT_TRUE(catalogue) << catalogue.error().what();
    catalogue_ = *std::move(catalogue);
  }
  Trial measured(const Load& load) {
    Measuring how;
    how.measure_s = 0.1;
    how.server = scratch_.checkout().server();
    how.log = log();
    how.has_gates = false;
    const Cell cell{&catalogue_.workloads.front(), &catalogue_.baselines.front(), &load};
    const auto measured = measure(cell, how, {});
    EXPECT_TRUE(measured) << measured.error().what();
    return measured->trial;
  }
  std::filesystem::path log() const { return scratch_.folder() / "server.log"; }

  ScratchCheckout scratch_;
  Catalogue catalogue_;
};

Load load_by(Client client, std::optional<std::uint64_t> requests) {
  Load load;
  load.name = "l";
  load.connections = 3;
  load.keep_alive = client != Client::urllib_pool;
  load.client = client;
  load.requests = requests;
  return load;
}

std::string reasons(const Trial& trial) {
  std::string all;
  for (const std::string& reason : trial.reasons) all += reason + "\n";
  return all;
}

TEST_F(TrialOf, SoManyRequestsEndsWithThemWhoeverAsks) {
  for (const Client client :
       {Client::native, Client::oha, Client::urllib_pool, Client::keep_alive_threads}) {
    const Trial trial = measured(load_by(client, 41));
    EXPECT_TRUE(trial.valid) << text(client) << ": " << reasons(trial);
    EXPECT_EQ(trial.requests, 41U) << text(client);
    EXPECT_EQ(trial.status.at("200"), 41U) << text(client);
    EXPECT_GT(trial.memory_bytes, 0U) << text(client);
    if (!is_script(client)) continue;
    EXPECT_GT(trial.client_cpu, 0) << text(client);
    EXPECT_LE(trial.client_cpu, 1) << text(client);
  }
}

// More than a tick of the system's clock, so that there is something to see.
TEST_F(TrialOf, SoManyRequestsTakesTheServersProcessorTimeOverAllOfThem) {
  const Trial trial = measured(load_by(Client::native, 40'000));
  EXPECT_EQ(trial.requests, 40'000U) << reasons(trial);
  EXPECT_GT(trial.server_cpu_us_per_request, 0.5);
  EXPECT_LT(trial.server_cpu_us_per_request, 1000);
}

TEST_F(TrialOf, ATimeTakesTheLoadsOwnBeforeThePlans) {
  Load load = load_by(Client::oha, {});
  load.measure_s = 0.35;
  EXPECT_NEAR(measured(load).duration_s, 0.35, 0.05);
  load.measure_s.reset();
  EXPECT_NEAR(measured(load).duration_s, 0.1, 0.05);
}

TEST_F(TrialOf, AWorkloadThatTheClientCannotAskForStartsNoServer) {
  catalogue_.workloads.front().parts.front().method = "POST";
  const Trial trial = measured(load_by(Client::urllib_pool, 41));
  EXPECT_EQ(reasons(trial), "urllib-pool sends GET only, and json is a POST\n");
  EXPECT_FALSE(trial.valid);
  EXPECT_FALSE(std::filesystem::exists(log()));
}

TEST_F(TrialOf, AClientThatDiesHasItsReasonAndNoFigure) {
  scratch_.write("harness/clients/urllib_pool.py", "raise SystemExit('out of luck')");
  const Trial trial = measured(load_by(Client::urllib_pool, 41));
  EXPECT_EQ(reasons(trial), "the client urllib-pool ended with status 1; it said: out of luck\n");
  EXPECT_FALSE(trial.valid);
  EXPECT_EQ(trial.fault, "client");
}

TEST_F(TrialOf, SoManyRequestsWarmsUpWithNone) {
  scratch_.write("harness/clients/keep_alive_threads.py",
                 "import sys; raise SystemExit(' '.join(sys.argv[1:]))");
  const Trial trial = measured(load_by(Client::keep_alive_threads, 41));
  EXPECT_NE(reasons(trial).find("-n 41 -c 3 --json --warm-up 0"), std::string::npos)
      << reasons(trial);
}

}  // namespace
}  // namespace assay::lab
