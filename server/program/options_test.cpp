#include "server/program/options.h"

#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace assay {
namespace {

Parsed parsed(const char* option, const char* value) {
  const std::array<const char*, 3> arguments = {"assay-server", option, value};
  return parse_options(static_cast<int>(arguments.size()), arguments.data());
}

TEST(Options, AreTakenFromTheCommandLine) {
  const Parsed port = parsed("--port", "65535");
  ASSERT_TRUE(port.settings) << port.text;
  EXPECT_EQ(port.settings->port, 65535);
  EXPECT_EQ(parsed("--workers", "3").settings.value().workers, 3U);
}

TEST(Options, SayWhatAPortMayBe) {
  for (const char* port : {"70000", "65536", "-1", "99999999999999999999", "http", "80 "}) {
    const Parsed refused = parsed("--port", port);
    EXPECT_FALSE(refused.settings) << port;
    EXPECT_EQ(refused.exit_status, 2);
    EXPECT_NE(refused.text.find("is no number from 0 to 65535"), std::string::npos) << refused.text;
  }
}

TEST(Options, SayThatAHostIsAnAddress) {
  EXPECT_TRUE(parsed("--host", "::1").settings);
  const Parsed refused = parsed("--host", "localhost");
  EXPECT_EQ(refused.exit_status, 2);
  EXPECT_NE(refused.text.find("localhost is not an address"), std::string::npos) << refused.text;
}

TEST(Options, NameTheFileOfAnAccessLogOrNone) {
  EXPECT_EQ(parsed("--port", "1").settings.value().access_log, "");
  EXPECT_EQ(parsed("--access-log", "-").settings.value().access_log, "-");
  EXPECT_EQ(parsed("--access-log", "").exit_status, 2);
}

TEST(Options, TakeTimesInSecondsAndParts) {
  EXPECT_EQ(parsed("--idle-timeout", "0.25").settings.value().idle_limit.count(), 250);
  EXPECT_EQ(parsed("--idle-timeout", "0").settings.value().idle_limit.count(), 0);
  for (const char* time : {"-1", "soon", "0.0001", "1e9", "nan", ""}) {
    EXPECT_EQ(parsed("--idle-timeout", time).exit_status, 2) << time;
  }
}

TEST(Options, TakeAModelByItsName) {
  EXPECT_EQ(parsed("--model", "per-request").settings.value().model, runtime::Model::per_request);
  EXPECT_FALSE(parsed("--model", "per-request").settings.value().limits.keep_alive);
  EXPECT_EQ(parsed("--model", "fibers").exit_status, 2);
}

TEST(Options, WantAPathThatIsNotEmpty) { EXPECT_EQ(parsed("--unix", "").exit_status, 2); }

TEST(Options, WantACertificateAndItsKey) {
  EXPECT_EQ(parsed("--tls-certificate", "c.pem").exit_status, 2);
}

TEST(Options, SayHowManyWorkersThereMayBe) {
  EXPECT_NE(parsed("--workers", "0").text.find("0 is no number from 1 to 1024"), std::string::npos);
}

TEST(Options, ReadNumbersByTensWhateverTheyBeginWith) {
  EXPECT_EQ(parsed("--port", "020000").settings->port, 20000);
  EXPECT_EQ(parsed("--workers", "010").settings->workers, 10U);
  EXPECT_EQ(parsed("--max-fields", "08").settings->limits.fields, 8U);
  EXPECT_EQ(parsed("--max-body", "0").settings->limits.body_bytes, 0U);
  EXPECT_EQ(parsed("--port", "0x50").exit_status, 2);
}

TEST(Options, AreRefusedAValueWhereTheyAreSwitches) {
  for (const char* option : {"--no-keep-alive=maybe", "--split-write=2", "--no-tcp-nodelay=0"}) {
    const std::array<const char*, 2> arguments = {"assay-server", option};
    EXPECT_EQ(parse_options(2, arguments.data()).exit_status, 2) << option;
  }
}

Parsed with_database(const std::vector<const char*>& options) {
  std::vector<const char*> arguments = {"assay-server"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return parse_options(static_cast<int>(arguments.size()), arguments.data(), Offer::database);
}

TEST(DatabaseOptions, AreTakenFromTheCommandLine) {
  const Parsed usual = with_database({});
  EXPECT_FALSE(usual.names_database);
  EXPECT_EQ(usual.storage.path, ":memory:");
  EXPECT_EQ(usual.storage.policy, storage::Policy::per_thread);
  EXPECT_TRUE(usual.storage.group_commit);
  const Parsed given = with_database(
      {"--database", "a.db", "--database-policy", "pool", "--database-pool", "3",
       "--database-synchronous", "off", "--database-journal", "rollback", "--no-group-commit",
       "--database-queue", "7", "--database-wait", "0.5", "--database-busy", "2"});
  ASSERT_TRUE(given.settings) << given.text;
  EXPECT_TRUE(given.names_database);
  EXPECT_EQ(given.storage.path, "a.db");
  EXPECT_EQ(given.storage.policy, storage::Policy::pool);
  EXPECT_EQ(given.storage.pool_size, 3U);
  EXPECT_EQ(given.storage.synchronous, storage::Synchronous::off);
  EXPECT_EQ(given.storage.journal, storage::Journal::rollback);
  EXPECT_FALSE(given.storage.group_commit);
  EXPECT_EQ(given.storage.queue_limit, 7U);
  EXPECT_EQ(given.storage.wait_limit.count(), 500);
  EXPECT_EQ(given.storage.busy_limit.count(), 2000);
}

TEST(DatabaseOptions, SayWhatIsWrong) {
  const auto refusal = [](const char* option, const char* value) {
    const Parsed refused = with_database({option, value});
    EXPECT_EQ(refused.exit_status, 2) << option << " " << value;
    return refused.text;
  };
  EXPECT_NE(refusal("--database-policy", "each").find("each not in {per-request"),
            std::string::npos);
  EXPECT_NE(refusal("--database", "").find("a path is missing"), std::string::npos);
  EXPECT_NE(refusal("--database", ":memory").find(":memory is neither a file nor :memory:"),
            std::string::npos);
  EXPECT_NE(refusal("--database-pool", "0").find("0 is no number from 1"), std::string::npos);
  EXPECT_NE(refusal("--database-queue", "-1").find("-1 is no number from 1"), std::string::npos);
  EXPECT_NE(refusal("--database-wait", "soon").find("soon is no time"), std::string::npos);
}

TEST(DatabaseOptions, AreNotOfferedByAProgramWithoutADatabase) {
  EXPECT_EQ(parsed("--database", "a.db").exit_status, 2);
  EXPECT_NE(with_database({"--help"}).text.find("--database-policy"), std::string::npos);
}

TEST(Options, NameTheProgramThatHasThem) {
  const std::array<const char*, 2> help = {"/usr/bin/assay-notes", "--help"};
  const std::string text = parse_options(2, help.data(), Offer::database).text;
  EXPECT_NE(text.find("\n  assay-notes --database /tmp/assay.db"), std::string::npos);
  EXPECT_EQ(text.find("assay-server"), std::string::npos);
  const std::array<const char*, 2> wrong = {"assay-notes", "--nothing"};
  EXPECT_NE(parse_options(2, wrong.data()).text.find("see: assay-notes --help"), std::string::npos);
}

TEST(Options, AreExplainedOnRequest) {
  const std::array<const char*, 2> arguments = {"assay-server", "--help"};
  const Parsed help = parse_options(2, arguments.data());
  EXPECT_FALSE(help.settings);
  EXPECT_EQ(help.exit_status, 0);
  EXPECT_NE(help.text.find("Try it: curl"), std::string::npos);
}

}  // namespace
}  // namespace assay
