#include "server/options.h"

#include <array>
#include <string>

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

TEST(Options, AreExplainedOnRequest) {
  const std::array<const char*, 2> arguments = {"assay-server", "--help"};
  const Parsed help = parse_options(2, arguments.data());
  EXPECT_FALSE(help.settings);
  EXPECT_EQ(help.exit_status, 0);
  EXPECT_NE(help.text.find("Try it: curl"), std::string::npos);
}

}  // namespace
}  // namespace assay
