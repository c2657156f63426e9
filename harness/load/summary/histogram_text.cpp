// Answers each line on standard input with one on standard output, for histogram_encoding_test.py:
//   encode 100 2500 2500    the histogram of these times in nanoseconds, as text
//   decode HISTFAAA...      its places and their counts, as 100:1 2225:2; or "refused"
//   log FILE TEXT TEXT...   writes the histograms of a run's seconds to a file; "written"
#include <cstdint>
#include <iostream>
#include <sstream>
#include <string>

#include <fmt/format.h>

#include "harness/load/histogram/histogram_encoding.h"
#include "harness/load/summary/histogram_log.h"

namespace {

using namespace assay::load;

std::string encoded(std::istream& words) {
  Histogram histogram;
  for (std::int64_t time = 0; words >> time;) histogram.record(nanoseconds(time));
  return encode(histogram.compact());
}

std::string decoded(std::istream& words) {
  std::string text;
  words >> text;
  const auto histogram = decode(text);
  if (!histogram) return "refused";
  std::string places;
  for (const auto& [index, count] : histogram->places) {
    places += fmt::format("{}{}:{}", places.empty() ? "" : " ", index, count);
  }
  return places;
}

std::string logged(std::istream& words) {
  std::string path;
  words >> path;
  Summary summary;
  for (std::string text; words >> text;) {
    summary.seconds.emplace_back();
    summary.seconds.back().latency = decode(text).value_or(CompactHistogram());
  }
  summary.duration = std::chrono::seconds(summary.seconds.size());
  const WallTime started{std::chrono::milliseconds(1'441'812'279'474)};
  const Result<void> kept = write_histogram_log(path, summary, started);
  return kept ? "written" : kept.error().what();
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string order;
    words >> order;
    std::cout << (order == "encode"   ? encoded(words)
                  : order == "decode" ? decoded(words)
                                      : logged(words))
              << std::endl;
  }
}
