#include "harness/load/summary/histogram_log.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

using std::chrono::milliseconds;

constexpr WallTime started{milliseconds(1'441'812'279'474)};

// 300 x 4 ns, 70,000 x 123,456,789 ns and others, as the encoding's own test has them.
Summary two_seconds() {
  Histogram first;
  first.record(nanoseconds(2));
  for (int time = 0; time < 300; ++time) first.record(nanoseconds(4));
  for (int time = 0; time < 70'000; ++time) first.record(nanoseconds(123'456'789));
  first.record(std::chrono::hours(1));
  Summary summary;
  summary.duration = milliseconds(1250);
  summary.seconds = {{70'302, 0, first.compact()}, {}};
  return summary;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class HistogramLog : public testing::Test {
 protected:
  HistogramLog() {
    char name[] = "/tmp/assay-histogram-log-XXXXXX";
    folder_ = mkdtemp(name);
  }
  ~HistogramLog() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

TEST_F(HistogramLog, HasALineForEachSecond) {
  const std::string log = histogram_log(two_seconds(), started);
  const std::string head =
      "#[Histogram log format version 1.3]\n"
      "#[StartTime: 1441812279.474 (seconds since epoch), Wed Sep 09 15:24:39 UTC 2015]\n"
      "#[BaseTime: 1441812279.474 (seconds since epoch)]\n"
      "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n"
      "0.000,1.000,3600000.000,HISTFAAA";
  EXPECT_EQ(log.substr(0, head.size()), head);
  EXPECT_NE(log.find("\n1.000,0.250,0.000,HISTFAAA"), std::string::npos) << log;
  EXPECT_EQ(log.back(), '\n');
}

TEST_F(HistogramLog, ReplacesTheFileThatWasThere) {
  const std::filesystem::path path = folder_ / "run.hlog";
  std::ofstream(path) << "old";
  ASSERT_TRUE(write_histogram_log(path, two_seconds(), started));
  EXPECT_EQ(text_of(path), histogram_log(two_seconds(), started));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(HistogramLog, SaysWhyItCannotBeWritten) {
  const auto missing = write_histogram_log(folder_ / "no" / "run.hlog", two_seconds(), started);
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().what().find("run.hlog\" cannot be written: No such file"),
            std::string::npos)
      << missing.error().what();
  EXPECT_NE(missing.error().remedy().find("--histogram"), std::string::npos);
  EXPECT_FALSE(write_histogram_log(folder_, two_seconds(), started));
}

TEST_F(HistogramLog, SaysBeforeARunWhetherItCanBeWritten) {
  const std::filesystem::path old = folder_ / "run.hlog";
  std::ofstream(old) << "old";
  EXPECT_TRUE(check_histogram_log(old));
  EXPECT_TRUE(check_histogram_log(folder_ / "new.hlog"));
  EXPECT_TRUE(check_histogram_log(""));
  EXPECT_EQ(text_of(old), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
  EXPECT_FALSE(check_histogram_log(folder_));
  EXPECT_FALSE(check_histogram_log(folder_ / "no" / "run.hlog"));
  const std::filesystem::path pipe = folder_ / "pipe";  // with no reader: to open it would wait
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_TRUE(check_histogram_log(pipe));
}

TEST_F(HistogramLog, DoesNotReplaceWhatIsNoFile) {
  const std::filesystem::path path = folder_ / "pipe";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  std::string read;
  {
    std::fstream both(path, std::ios::in | std::ios::out);  // else to open it waits for a reader
    ASSERT_TRUE(write_histogram_log(path, Summary(), started));
    std::getline(both, read);
  }
  EXPECT_EQ(read, "#[Histogram log format version 1.3]");
  EXPECT_EQ(std::filesystem::status(path).type(), std::filesystem::file_type::fifo);
}

}  // namespace
}  // namespace assay::load
