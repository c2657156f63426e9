// Every workload.toml of this checkout, replayed on the reference server: what the laboratory will
// hold against every baseline.
#include <algorithm>
#include <cctype>
#include <random>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "workloads/reference_server.h"
#include "workloads/written_workload.h"

namespace assay::workloads {
namespace {

std::string excerpt(const std::string& text) { return text.substr(0, 400); }

std::string expected(const Exchange& exchange) {
  std::string all;
  for (const std::string& text : exchange.texts) all += "\n  [" + excerpt(text) + "]";
  return fmt::format("{} {}, expected {} {}", exchange.method, exchange.path,
                     fmt::join(exchange.statuses, " or "), all);
}

// Its media type, without what follows it.
std::string media_type(const ClientReply& reply) {
  const std::string type(reply.field("Content-Type"));
  return type.substr(0, type.find(';'));
}

bool is_expected(const ClientReply& reply, const Exchange& exchange) {
  const auto& statuses = exchange.statuses;
  if (std::find(statuses.begin(), statuses.end(), reply.status) == statuses.end()) return false;
  if (!reply.whole) return false;
  if (!exchange.reply_type.empty() && media_type(reply) != exchange.reply_type) return false;
  const auto fits = [&](const std::string& text) { return is_like(reply.body, text); };
  return exchange.texts.empty() || std::any_of(exchange.texts.begin(), exchange.texts.end(), fits);
}

class Workload : public testing::TestWithParam<Variant> {};

INSTANTIATE_TEST_SUITE_P(All, Workload, testing::ValuesIn(all_variants("workloads")),
                         [](const auto& variant) {
                           std::string name = variant.param.name;
                           for (char& c : name) c = std::isalnum(c) ? c : '_';
                           return name;
                         });

TEST_P(Workload, IsAnsweredAsItsFileSays) {
  constexpr int rounds = 20;  // each with other numbers
  std::mt19937_64 random(1);
  ReferenceServer server;
  Client client(server.app());
  for (int round = 0; round < rounds; ++round) {
    for (const Exchange& written : GetParam().exchanges) {
      const Exchange exchange = drawn(written, random);
      const ClientReply reply =
          client.request(exchange.method, exchange.path, exchange.type, exchange.body);
      ASSERT_PRED2(is_expected, reply, exchange)
          << expected(exchange) << "\n answered " << reply.status << " "
          << reply.field("Content-Type") << "\n  [" << excerpt(reply.body) << "]";
    }
  }
}

TEST(WrittenWorkload, TakesDigitsOnlyWhereTheyAreAskedFor) {
  EXPECT_TRUE(is_like("Found: 1, counter=42\n", "Found: 1, counter={digits}\n"));
  EXPECT_FALSE(is_like("Found: 1, counter=\n", "Found: 1, counter={digits}\n"));
  EXPECT_FALSE(is_like("Found: 1, counter=4x\n", "Found: 1, counter={digits}\n"));
  EXPECT_FALSE(is_like("Found: 1, counter=4", "Found: 1, counter={digits}\n"));
  EXPECT_FALSE(is_like("Found: 1 and more", "Found: 1"));
}

TEST(WrittenWorkload, PutsTheNumbersThatWereDrawnIntoTheReply) {
  std::mt19937_64 random(1);
  const Exchange written{"POST", "/{random:7:7}",        "", "{random:8:8}", {200},
                         "",     {"{2} of {1} {digits}"}};
  const Exchange exchange = drawn(written, random);
  EXPECT_EQ(exchange.path, "/7");
  EXPECT_EQ(exchange.body, "8");
  EXPECT_EQ(exchange.texts.at(0), "8 of 7 {digits}");
}

}  // namespace
}  // namespace assay::workloads
