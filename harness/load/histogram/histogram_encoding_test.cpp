#include "harness/load/histogram/histogram_encoding.h"

#include <gtest/gtest.h>

#include "harness/load/histogram/histogram.h"
#include "harness/load/histogram/zlib_stream.h"
#include "harness/load/text/base64.h"

namespace assay::load {
namespace {

using namespace std::string_view_literals;
using Places = std::vector<CompactHistogram::Place>;

// Once 2 ns, 300 x 4 ns, 70,000 x 123,456,789 ns, once an hour: as the Python package hdrhistogram
// writes it, and the bytes of its counts.
constexpr std::string_view by_python =
    "HISTFAAAADB4nJNpmSzMwMDAzwABzFCaEch0M9ixgMH+A1SCifEGy+q5TA+Octx/w8gEALl9CgE=";
constexpr std::string_view counts_by_python =
    "\x03\x02\x01\xd8\x04\xab\x9d\x02\xe0\xc5\x08\xdf\xec\x01\x02"sv;

CompactHistogram sample() {
  Histogram histogram;
  histogram.record(nanoseconds(2));
  for (int time = 0; time < 300; ++time) histogram.record(nanoseconds(4));
  for (int time = 0; time < 70'000; ++time) histogram.record(nanoseconds(123'456'789));
  histogram.record(std::chrono::hours(1));
  return histogram.compact();
}

// A text with this payload, whatever that is.
std::string text_of(std::string_view payload) {
  const std::string stream = deflated(payload);
  std::string bytes("\x1c\x84\x93\x14\0\0", 6);
  bytes += static_cast<char>(stream.size() >> 8U);
  bytes += static_cast<char>(stream.size());
  return to_base64(bytes + stream);
}

std::string payload(std::string_view counts) {
  std::string bytes("\x1c\x84\x93\x13\0\0", 6);
  bytes += static_cast<char>(counts.size() >> 8U);
  bytes += static_cast<char>(counts.size());
  bytes += "\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0\1\0\0\3\x46\x30\xb8\xa0\0\x3f\xf0\0\0\0\0\0\0"sv;
  return bytes.append(counts);
}

TEST(HistogramEncoding, IsReadAsAnotherLibraryWroteIt) {
  const auto histogram = decode(by_python);
  ASSERT_TRUE(histogram);
  EXPECT_EQ(histogram->places, (Places{{2, 1}, {4, 300}, {18'267, 70'000}, {33'420, 1}}));
  EXPECT_EQ(histogram->count, 70'302U);
  EXPECT_EQ(histogram->min_ns, 2U);
  EXPECT_EQ(histogram->max_ns, 3'600'000'000'000U);
  EXPECT_NEAR(static_cast<double>(histogram->sum_ns) / 70'302, 174'118'094.18, 0.01);  // theirs
}

TEST(HistogramEncoding, WritesTheBytesThatAnotherLibraryWrites) {
  const auto bytes = from_base64(encode(sample()));
  ASSERT_TRUE(bytes);
  EXPECT_EQ(inflated(std::string_view(*bytes).substr(8), 100), payload(counts_by_python));
}

TEST(HistogramEncoding, KeepsEveryCount) {
  CompactHistogram histogram;
  for (std::uint32_t index = 0; index < 33'421; index += 1 + index % 7) {
    histogram.places.push_back({index, std::uint64_t{1} << index % 8U});
    histogram.count += histogram.places.back().count;
  }
  const auto read = decode(encode(histogram));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->places == histogram.places);
  EXPECT_EQ(read->count, histogram.count);
}

TEST(HistogramEncoding, OfNothingIsNothing) {
  EXPECT_EQ(decode(encode({})), CompactHistogram());
  EXPECT_EQ(decode("HISTFAAAAB14nJNpmSzMgADMUJoRyHQz2LGAwf4DRAAATjkESw=="), CompactHistogram());
}

TEST(HistogramEncoding, ComesBackTheSameOnceItWentThrough) {
  const auto once = decode(encode(sample()));
  ASSERT_TRUE(once);
  EXPECT_TRUE(decode(encode(*once)) == once);
}

TEST(HistogramEncoding, TakesOneOfAnotherRangeWhoseValuesFit) {
  const auto shorter =  // of a minute at most; of a day
      decode("HISTFAAAACN4nJNpmSzMwMDAzAABMJoRiHl/uEcw2H+ACJznZwIAXDIFAQ==");
  const auto longer = decode("HISTFAAAACR4nJNpmSzMwMDAzAABMJqRgcFvykR/Bgb7DxCB8/xMAF+/BR8=");
  ASSERT_TRUE(shorter);
  EXPECT_EQ(shorter->places, (Places{{1000, 1}}));
  EXPECT_TRUE(longer == shorter);
}

TEST(HistogramEncoding, RefusesOneThatDoesNotFit) {
  for (const auto* text : {
           "HISTFAAAACZ4nJNpmSzMwMDAwgABzFCakYHBb8pEfwYG+w8QgbUXWJgAZsQFww==",  // 20 hours
           "HISTFAAAACR4nJNpmSzMwMDAzAABTFCaESjkZrBjAYP9B4jAZ3YmAF5TBUk=",      // two digits
           "HISTFAAAACN4nJNpmSzMwMDAxAABzFDqBRC7GexYwGD/ASLCyAQAaHoFOg==",      // microseconds
       }) {
    EXPECT_EQ(decode(text), std::nullopt) << text;
  }
}

TEST(HistogramEncoding, RefusesCountsThatCannotBe) {
  EXPECT_TRUE(decode(text_of(payload("\x03\x02"))));
  EXPECT_FALSE(decode(text_of(payload("\x03\x82"))));           // ends within a number
  EXPECT_FALSE(decode(text_of(payload("\x03\x02") + "\x02")));  // more than was announced
  EXPECT_FALSE(decode(text_of(payload("\x99\x8a\x04\x02"))));   // 33,421 empty places, one full
  EXPECT_TRUE(decode(text_of(payload("\x97\x8a\x04\x02"))));    // 33,420 and one
  const std::string_view least = "\xff\xff\xff\xff\xff\xff\xff\xff\xff";  // -2^63
  const std::string_view most = "\xfe\xff\xff\xff\xff\xff\xff\xff\xff";   // 2^63 - 1
  EXPECT_FALSE(decode(text_of(payload(std::string(least) + "\x02"))));
  EXPECT_TRUE(decode(text_of(payload(std::string(2, '\0') + std::string(most)))));
  EXPECT_FALSE(decode(text_of(payload(std::string(3, '\0') + std::string(most)))));  // x 3 ns
}

TEST(HistogramEncoding, RefusesEveryPartOfAText) {
  for (std::size_t size = 0; size < by_python.size(); ++size) {
    EXPECT_FALSE(decode(by_python.substr(0, size))) << size;
    EXPECT_FALSE(decode(by_python.substr(by_python.size() - size))) << size;
  }
}

// The checksum holds off most of what is wrong; so the counts, without it, are tried too.
TEST(HistogramEncoding, SurvivesAnyByteInAnyPlace) {
  const std::string bytes = *from_base64(by_python);
  const std::string inner = payload(counts_by_python);
  for (int value = 0; value < 256; ++value) {
    for (std::size_t at = 0; at < std::max(bytes.size(), inner.size()); ++at) {
      std::string outer_wrong = bytes;
      std::string inner_wrong = inner;
      if (at < bytes.size()) outer_wrong[at] = static_cast<char>(value);
      if (at < inner.size()) inner_wrong[at] = static_cast<char>(value);
      const auto outer = decode(to_base64(outer_wrong));
      EXPECT_TRUE(!outer || outer->count == 70'302);
      const auto read = decode(text_of(inner_wrong));
      EXPECT_TRUE(!read || read->places.empty() || read->places.back().index <= 33'420);
    }
  }
}

TEST(HistogramEncoding, SurvivesRandomCounts) {
  std::uint64_t number = 1;
  for (int round = 0; round < 3000; ++round) {
    std::string counts;
    for (int size = round % 40; size > 0; --size) {
      number = number * 48271U % 2147483647U;
      counts += static_cast<char>(number >> 3U);
    }
    const auto read = decode(text_of(payload(counts)));
    EXPECT_TRUE(!read || decode(encode(*read)) == read) << round;
  }
}

}  // namespace
}  // namespace assay::load
