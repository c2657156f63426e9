#include "harness/lab/record/journal.h"

#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "harness/lab/record/result_file.h"
#include "harness/lab/scratch_checkout.h"
#include "server/model/json_read.h"
#include "server/model/json_write.h"

namespace assay::lab {
namespace {

TEST(Journal, KeepsALineForEachTrialAcrossOpenings) {
  const ScratchCheckout scratch;
  const auto path = scratch.folder() / "journal.ndjson";
  for (int block = 0; block < 3; ++block) {
    Trial trial;
    trial.block = block;
    auto journal = Journal::open(path);
    ASSERT_TRUE(journal);
    ASSERT_TRUE(journal->append(trial));
  }
  std::ifstream file(path);
  int lines = 0;
  for (std::string line; std::getline(file, line); ++lines) {
    EXPECT_EQ(model::from_json<Trial>(line).value.block, lines);
  }
  EXPECT_EQ(lines, 3);
}

TEST(Journal, SaysWhatCannotBeWritten) {
  const auto journal = Journal::open("/nowhere/journal.ndjson");
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().what(),
            "/nowhere/journal.ndjson cannot be written: No such file or directory");
}

TEST(Journal, ReadsItsTrialsBackAndTakesATornLineAway) {
  const ScratchCheckout scratch;
  const auto path = scratch.folder() / "journal.ndjson";
  Trial trial;
  trial.workload = "json";
  trial.block = 3;
  ASSERT_TRUE(Journal::open(path)->append(trial));
  std::ofstream(path, std::ios::app) << R"({"block":4,"work)";  // killed while it was written
  const auto read = Journal::read(path);
  ASSERT_TRUE(read) << read.error().what();
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->front().block, 3);
  trial.block = 5;
  ASSERT_TRUE(Journal::open(path)->append(trial));
  ASSERT_EQ(Journal::read(path)->size(), 2U);
  EXPECT_EQ(Journal::read(path)->back().block, 5);
}

TEST(Journal, HasNoTrialsWhereThereIsNoFileAndNamesALineThatIsNone) {
  const ScratchCheckout scratch;
  const auto path = scratch.folder() / "journal.ndjson";
  EXPECT_TRUE(Journal::read(path)->empty());
  std::ofstream(path) << "{}\n[1]\n";
  const auto read = Journal::read(path);
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().what().find("line 1 is no trial"), std::string::npos)
      << read.error().what();
}

TEST(ResultFile, IsReadBackAsItWasWritten) {
  const ScratchCheckout scratch;
  RunResult result;
  result.run = "r";
  CellRecord cell;
  cell.workload = "json";
  cell.baseline = "a@b";
  cell.load = "close-20";
  cell.rate = Quantity{5.5, 4.5, 6.5};
  cell.rank = RankRecord{1, 2};
  cell.status = {{"200", 7}};
  cell.warnings = {"one"};
  result.cells.push_back(std::move(cell));
  const auto path = scratch.folder() / "result.json";
  ASSERT_TRUE(write_file(path, model::to_json(result)));
  const auto read = read_result(path);
  ASSERT_TRUE(read) << read.error().what();
  EXPECT_EQ(model::to_json(*read), model::to_json(result));
}

TEST(ResultFile, OfAnotherShapeIsRefusedByName) {
  const ScratchCheckout scratch;
  const auto error_of = [&](const std::string& text) {
    scratch.write("result.json", text);
    return read_result(scratch.folder() / "result.json").error().what();
  };
  EXPECT_NE(error_of("{").find("result.json: "), std::string::npos);
  EXPECT_NE(error_of("{}").find("schema: Field required"), std::string::npos);
  RunResult newer;
  newer.schema = 2;
  EXPECT_NE(error_of(model::to_json(newer)).find("is of schema 2, and this program reads 1"),
            std::string::npos);
}

}  // namespace
}  // namespace assay::lab
