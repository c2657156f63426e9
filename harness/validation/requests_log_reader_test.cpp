#include "harness/validation/requests_log_reader.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace assay::validation {
namespace {

constexpr const char* heading = "request,fate,arrival_ns,start_ns,service_ns,due_ns,written_ns\n";

std::string file_with(const std::string& text) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("requests-log-test-" + std::to_string(getpid()) + ".csv");
  std::ofstream(path) << text;
  return path.string();
}

TEST(RequestsLogReader, PutsLinesIntoTheOrderOfArrival) {
  const std::string path =
      file_with(std::string(heading) + "1,right,20,21,5,26,27\n" + "0,reset,10,10,5,15,0\n");
  const auto served = read_requests_log(path);
  std::filesystem::remove(path);
  ASSERT_TRUE(served.has_value()) << served.error().what();
  ASSERT_EQ(served->size(), 2U);
  EXPECT_EQ(served->at(0).visit.fate, truth::Fate::reset);
  EXPECT_FALSE(served->at(0).written.has_value());
  EXPECT_EQ(served->at(1).visit.arrival, load::TimePoint(load::nanoseconds(20)));
  EXPECT_EQ(served->at(1).visit.start, load::TimePoint(load::nanoseconds(21)));
  EXPECT_EQ(served->at(1).visit.service, load::nanoseconds(5));
  EXPECT_EQ(served->at(1).visit.due, load::TimePoint(load::nanoseconds(26)));
  EXPECT_EQ(served->at(1).written, load::TimePoint(load::nanoseconds(27)));
}

TEST(RequestsLogReader, RefusesALineThatIsNotWhole) {
  for (const char* line : {"0,right,10,10,5,15", "0,right,10,10,5,15,", "0,lucky,10,10,5,15,16",
                           "0,right,10,10,5,15,16,17", "x,right,10,10,5,15,16"}) {
    const std::string path = file_with(std::string(heading) + line + "\n");
    EXPECT_FALSE(read_requests_log(path).has_value()) << line;
    std::filesystem::remove(path);
  }
}

TEST(RequestsLogReader, RefusesAFileOfAnotherFormAndOneThatIsNotThere) {
  const std::string path = file_with("0,right,10,10,5,15,16\n");
  EXPECT_FALSE(read_requests_log(path).has_value());
  std::filesystem::remove(path);
  EXPECT_FALSE(read_requests_log(path).has_value());
}

}  // namespace
}  // namespace assay::validation
