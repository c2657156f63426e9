#include "harness/statistics/mann_whitney.h"

#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

using Method = MannWhitney::Method;

void expect_result(const std::optional<MannWhitney>& found, double u, double p, Method method) {
  ASSERT_TRUE(found.has_value());
  EXPECT_DOUBLE_EQ(found->u, u);
  EXPECT_NEAR(found->p, p, 1e-12);
  EXPECT_EQ(found->method, method);
}

// Values that go up and down without ties, for samples that are too long to write out.
std::vector<double> scattered(int size, double start, int step, int period) {
  std::vector<double> values;
  for (int i = 0; i < size; ++i) values.push_back(start + ((i * step) % period) * 0.25);
  return values;
}

TEST(MannWhitney, IsThatOfScipyWithoutTies) {  // mannwhitneyu(a, b, method="exact")
  expect_result(
      mann_whitney(std::array{3.1, 4.7, 2.2, 5.9, 6.4, 3.8}, std::array{2.0, 1.7, 3.5, 2.9, 4.1}),
      24, 0.12554112554112554, Method::exact);
  expect_result(
      mann_whitney(std::array{1.1, 1.2, 1.3, 1.4, 1.5}, std::array{2.1, 2.2, 2.3, 2.4, 2.5}), 0,
      0.007936507936507936, Method::exact);  // 2 of 252: the least that five can say
  expect_result(mann_whitney(scattered(40, 100, 37, 41), scattered(40, 101.1, 29, 43)), 636,
                0.1160217743474232, Method::exact);
}

// mannwhitneyu(a, b, method=PermutationMethod(n_resamples=inf)), which tries all 462 ways to deal
// the values.
TEST(MannWhitney, IsThatOfScipyWithTies) {
  const std::array a{3.0, 5.0, 5.0, 7.0, 8.0, 8.0};
  const std::array b{1.0, 3.0, 3.0, 5.0, 2.0};
  expect_result(mann_whitney(a, b), 27, 0.04329004329004329, Method::exact);
  expect_result(mann_whitney(b, a), 3, 0.04329004329004329, Method::exact);
}

TEST(MannWhitney, SaysSoWhenItIsNotCountedOut) {  // mannwhitneyu(a, b, method="asymptotic")
  const std::vector<double> a = scattered(50, 100, 37, 53);
  const std::vector<double> b = scattered(50, 101.25, 29, 59);
  expect_result(mann_whitney(a, b), 829, 0.0037415863482360943, Method::normal);
}

TEST(MannWhitney, CorrectsForTiesWhenItIsNotCountedOut) {  // of the same values rounded down
  std::vector<double> a = scattered(50, 100, 37, 53);
  std::vector<double> b = scattered(50, 101.25, 29, 59);
  for (double& value : a) value = std::floor(value);
  for (double& value : b) value = std::floor(value);
  expect_result(mann_whitney(a, b), 826.5, 0.003468871900091588, Method::normal);
}

TEST(MannWhitney, DoubtsNothingWhenAllValuesAreEqual) {
  expect_result(mann_whitney(std::vector(6, 2.0), std::vector(6, 2.0)), 18, 1, Method::exact);
  expect_result(mann_whitney(std::vector(60, 2.0), std::vector(60, 2.0)), 1800, 1, Method::normal);
}

TEST(MannWhitney, IsNotGivenForAnEmptySideOrForValuesThatAreNotFinite) {
  const std::array good{1.0, 2.0};
  EXPECT_FALSE(mann_whitney({}, good));
  EXPECT_FALSE(mann_whitney(good, {}));
  EXPECT_FALSE(mann_whitney(good, std::array{1.0, std::nan("")}));
}

}  // namespace
}  // namespace assay::statistics
