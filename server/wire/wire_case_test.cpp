// Runs the protocol cases of server/wire/cases on a connection in memory: each whole, cut at every
// byte, byte by byte, behind a good request and before one. cases/README.md has their form.
#include <cstddef>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/wire/memory_driver.h"
#include "server/wire/wire_cases.h"

namespace assay::wire {
namespace {

// The cases of one file. A test for each of them would spend its time on starting programs.
struct Area {
  std::string name;
  std::vector<WireCase> cases;
};

void PrintTo(const Area& area, std::ostream* out) { *out << area.name; }

std::vector<Area> areas() {
  std::vector<Area> all;
  for (WireCase& wire_case : all_wire_cases()) {
    if (all.empty() || all.back().name != wire_case.area) all.push_back({wire_case.area, {}});
    all.back().cases.push_back(std::move(wire_case));
  }
  return all;
}

constexpr std::size_t all_bytes = static_cast<std::size_t>(-1);

// What comes of sending the case's input in these pieces, to a peer that takes at most so many
// bytes of its replies at a time; empty: what the case expects.
std::string outcome(const WireCase& wire_case, const std::vector<std::string_view>& pieces,
                    std::size_t taken_bytes) {
  CaseHandler handler;
  MemoryDriver driver(wire_case.limits, handler, wire_case.date_field);
  driver.take_at_most(taken_bytes);
  for (const std::string_view piece : pieces) driver.send(piece);
  std::string wrong = difference(wire_case, driver.output());
  if (driver.closed() == wire_case.ends_open()) {
    wrong += driver.closed() ? "\n  and it closed" : "\n  and it did not close";
  }
  return wrong;
}

testing::AssertionResult answers(const WireCase& wire_case,
                                 const std::vector<std::string_view>& pieces,
                                 std::size_t taken_bytes = all_bytes) {
  const std::string wrong = outcome(wire_case, pieces, taken_bytes);
  if (wrong.empty()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << wire_case.title << " (" << wire_case.rule << ")" << wrong;
}

std::vector<std::string_view> single_bytes(std::string_view input) {
  std::vector<std::string_view> pieces;
  for (std::size_t i = 0; i < input.size(); ++i) pieces.push_back(input.substr(i, 1));
  return pieces;
}

// Every place; in a long input, where thousands of them are alike, every 97th and the line ends.
std::vector<std::size_t> cuts(std::string_view input) {
  constexpr std::size_t long_bytes = 2000;
  std::vector<std::size_t> places;
  for (std::size_t at = 1; at < input.size(); ++at) {
    const std::string_view around = input.substr(at - 1, 3);
    const bool line_end = around.find_first_of("\r\n") != around.npos;
    if (input.size() <= long_bytes || at % 97 == 0 || line_end) places.push_back(at);
  }
  return places;
}

void expect_the_same_however_cut(const WireCase& wire_case) {
  const std::string_view input = wire_case.input;
  ASSERT_TRUE(answers(wire_case, {input})) << "\n  sent whole";
  EXPECT_TRUE(answers(wire_case, single_bytes(input))) << "\n  sent byte by byte";
  for (const std::size_t cut : cuts(input)) {
    ASSERT_TRUE(answers(wire_case, {input.substr(0, cut), input.substr(cut)}))
        << "\n  cut at byte " << cut;
  }
}

class WireCases : public testing::TestWithParam<Area> {};

TEST_P(WireCases, AreAnsweredTheSameHoweverTheBytesArrive) {
  for (const WireCase& wire_case : GetParam().cases) expect_the_same_however_cut(wire_case);
}

TEST_P(WireCases, AreAnsweredTheSameHoweverThePeerReads) {
  for (const WireCase& wire_case : GetParam().cases) {
    EXPECT_TRUE(answers(wire_case, {wire_case.input}, 1)) << "\n  read byte by byte";
    EXPECT_TRUE(answers(wire_case, {wire_case.input}, 7)) << "\n  read in sevens";
  }
}

TEST_P(WireCases, AreAnsweredTheSameBehindAGoodRequest) {
  for (const WireCase& wire_case : GetParam().cases) {
    if (!wire_case.limits.keep_alive) continue;
    const WireCase behind = behind_a_good_request(wire_case);
    EXPECT_TRUE(answers(behind, {behind.input}));
  }
}

TEST_P(WireCases, LetAGoodRequestBehindThemBeAnsweredUnlessTheyClose) {
  for (const WireCase& wire_case : GetParam().cases) {
    if (wire_case.waits) continue;
    const WireCase before = before_a_good_request(wire_case);
    const std::string_view input = before.input;
    EXPECT_TRUE(answers(before, {input}));
    // What was noted of the case's bytes must be forgotten when the good ones come in one piece.
    std::vector<std::string_view> pieces = single_bytes(input.substr(0, wire_case.input.size()));
    pieces.push_back(input.substr(wire_case.input.size()));
    EXPECT_TRUE(answers(before, pieces)) << "\n  sent byte by byte up to the good request";
  }
}

INSTANTIATE_TEST_SUITE_P(Areas, WireCases, testing::ValuesIn(areas()),
                         [](const auto& area) { return area.param.name; });

TEST(WireCaseFiles, HoldTheCases) { EXPECT_GE(all_wire_cases().size(), 500U); }

TEST(WireCaseFiles, TellEachBehaviourOnce) {
  std::set<std::string> titles;
  std::set<std::string> inputs;
  for (const WireCase& wire_case : all_wire_cases()) {
    EXPECT_TRUE(titles.insert(wire_case.title).second) << "twice: " << wire_case.title;
    std::string key = wire_case.input;
    for (const ExpectedReply& reply : wire_case.expected) key += reply.line;
    EXPECT_TRUE(inputs.insert(key).second) << "again: " << wire_case.title;
  }
}

TEST(WireCaseFiles, NameARuleAndExpectSomething) {
  for (const WireCase& wire_case : all_wire_cases()) {
    EXPECT_TRUE(wire_case.rule.starts_with("RFC ") || wire_case.rule.starts_with("DESIGN "))
        << wire_case.title << ": " << wire_case.rule;
    EXPECT_TRUE(wire_case.waits || !wire_case.expected.empty()) << wire_case.title;
  }
}

}  // namespace
}  // namespace assay::wire
