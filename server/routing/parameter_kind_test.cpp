#include "server/routing/parameter_kind.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace assay::routing {
namespace {

struct Case {
  ParameterKind kind;
  std::vector<std::string> admitted;
  std::vector<std::string> refused;
};

void PrintTo(const Case& of, std::ostream* out) { *out << name_of(of.kind); }

class KindOfParameter : public testing::TestWithParam<Case> {};

TEST_P(KindOfParameter, AdmitsWhatItNames) {
  for (const std::string& text : GetParam().admitted)
    EXPECT_TRUE(fits(GetParam().kind, text)) << "'" << text << "'";
}

TEST_P(KindOfParameter, RefusesTheRest) {
  for (const std::string& text : GetParam().refused)
    EXPECT_FALSE(fits(GetParam().kind, text)) << "'" << text << "'";
}

TEST_P(KindOfParameter, IsFoundByItsName) {
  EXPECT_EQ(kind_named(name_of(GetParam().kind)), GetParam().kind);
}

const std::vector<Case> cases = {
    {ParameterKind::text, {"a", " ", "a b", "7"}, {""}},
    {ParameterKind::path, {"", "/", "a", "a/b/"}, {}},
    {ParameterKind::integer,
     {"0", "7", "-7", "-0", "007", "9223372036854775807", "-9223372036854775808"},
     {"", "-", "+7", "7 ", " 7", "7a", "0x7", "7.0", "1e3", "1_000", "9223372036854775808"}},
    {ParameterKind::number,
     {"0", "-0", "7", "1.5", "-1.5", "1e3", "1E-3", "1.5e+10", "9223372036854775808", "007"},
     {"", "-", ".", ".5", "5.", "+1", "1e", "1e+", "1e1.5", "--1", "1,5", "nan", "inf", "0x1p3"}},
    {ParameterKind::boolean,
     {"true", "false"},
     {"", "True", "TRUE", "1", "0", "yes", "truely", "tru"}},
    {ParameterKind::date,
     {"2026-11-30", "2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31"},
     {"", "2026-11-31", "2023-02-29", "1900-02-29", "2026-00-10", "2026-13-10", "2026-01-00",
      "2026-1-1", "20261130", "2026/11/30", "2026-11-3O", "-026-11-30", "2026-11-30T00:00:00"}},
    {ParameterKind::datetime,
     {"2026-11-30T23:59:59", "2026-11-30T00:00:00Z", "2026-11-30T00:00:00.5Z",
      "2026-11-30T00:00:00.123456789+01:00", "2026-11-30T00:00:00-23:59"},
     {"", "2026-11-30", "2026-11-30T24:00:00", "2026-11-30T00:60:00", "2026-11-30T00:00:60",
      "2026-11-31T00:00:00", "2026-11-30 00:00:00", "2026-11-30T00:00", "2026-11-30T00:00:00.",
      "2026-11-30T00:00:00.1234567890", "2026-11-30T00:00:00z", "2026-11-30T00:00:00+0100",
      "2026-11-30T00:00:00+24:00", "2026-11-30T00:00:00Zulu", "2026-11-30T00-00:00"}},
    {ParameterKind::uuid,
     {"01234567-89ab-cdef-0123-456789abcdef", "01234567-89AB-CDEF-0123-456789ABCDEF"},
     {"", "0123456789abcdef0123456789abcdef", "01234567-89ab-cdef-0123-456789abcdeg",
      "01234567-89ab-cdef-0123-456789abcde", "01234567-89ab-cdef-0123-456789abcdef0",
      "{1234567-89ab-cdef-0123-456789abcde}", "01234567089ab-cdef-0123-456789abcdef"}},
};

INSTANTIATE_TEST_SUITE_P(ParameterKind, KindOfParameter, testing::ValuesIn(cases),
                         [](const auto& of) { return std::string(name_of(of.param.kind)); });

// The kinds, without text and path, that admit it: state_graph.cpp counts on what they are.
std::string typed_kinds_of(std::string_view text) {
  std::string names;
  for (std::size_t index = 0; index < typed_kinds; ++index) {
    const ParameterKind kind = most_specific_first[index];
    if (fits(kind, text)) names.append(names.empty() ? "" : " ").append(name_of(kind));
  }
  return names;
}

TEST(ParameterKind, SharesNothingWithAnotherButThatIntegersAreNumbers) {
  for (const Case& of : cases) {
    if (of.kind == ParameterKind::text || of.kind == ParameterKind::path) continue;
    for (const std::string& text : of.admitted) {
      const std::string names = typed_kinds_of(text);
      if (names == "int float") continue;
      EXPECT_EQ(names, name_of(of.kind)) << text;
    }
  }
  EXPECT_EQ(typed_kinds_of("-7"), "int float");
  EXPECT_EQ(typed_kinds_of("1.5"), "float");
  EXPECT_EQ(typed_kinds_of("new"), "");
}

TEST(ParameterKind, HasNoOtherNames) {
  for (const std::string_view name : {"", "integer", "Int", "string", "text"})
    EXPECT_EQ(kind_named(name), std::nullopt) << name;
}

}  // namespace
}  // namespace assay::routing
