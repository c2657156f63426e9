#include "harness/lab/record/kept_file.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "harness/lab/file_text.h"
#include "harness/load/reply/json_document.h"

namespace assay::lab {
namespace {

struct Committed {
  KeptFile file;
  std::string name;
  std::string command;
};

const Committed committed[] = {
    {KeptFile::result, "results/schema/result.schema.json", "assay schema"},
    {KeptFile::journal, "results/schema/journal-line.schema.json", "assay schema --journal"},
    {KeptFile::beginning, "results/schema/run-beginning.schema.json", "assay schema --beginning"},
};

TEST(KeptFile, HasTheSchemaThatIsCommitted) {
  for (const auto& [file, name, command] : committed) {
    const auto text = text_of(name);
    EXPECT_TRUE(text && *text == schema_of(file))
        << name << " is not what the models say; renew it: build/bin/" << command << " > " << name
        << "\nif a member was removed or means something else, raise current_schema too";
  }
}

TEST(KeptFile, HasASchemaThatIsJsonAndRefersToNothingOutside) {
  for (const auto& [file, name, command] : committed) {
    const std::string text = schema_of(file);
    load::JsonDocument document;
    ASSERT_EQ(document.read(text), "") << name;
    EXPECT_NE(document.root().member("$defs"), nullptr);
    EXPECT_EQ(document.root().member("$id")->text.substr(0, 10), "urn:assay:");
    EXPECT_EQ(text.find("#/components"), text.npos) << name;
  }
}

}  // namespace
}  // namespace assay::lab
