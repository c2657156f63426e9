#include "harness/lab/workload.h"

#include <gtest/gtest.h>

#include "harness/lab/scratch_checkout.h"

namespace assay::lab {
namespace {

constexpr auto good_text =
    "title = \"T\"\nmeasures = \"M\"\nused_by = []\nrequest = { method = \"GET\", path = \"/x\" }\n"
    "reply = { status = 200, type = \"text/plain\", body = \"reply.txt\" }\n";

std::string error_of(const std::string& text) {
  const ScratchCheckout scratch;
  scratch.write("workloads/x/workload.toml", text);
  const auto workload = read_workload(scratch.folder() / "workloads" / "x");
  return workload ? "" : workload.error().what();
}

TEST(Workload, KnowsWhatToAskAndWhatToExpect) {
  const auto workload = read_workload("workloads/json");
  ASSERT_TRUE(workload) << workload.error().what();
  EXPECT_EQ(workload->method + " " + workload->path, "GET /json");
  EXPECT_EQ(workload->body.size(), 526U);
  EXPECT_TRUE(workload->runs_on("reference"));
  EXPECT_TRUE(workload->runs_on("karak"));
  EXPECT_FALSE(workload->runs_on("cobol"));
}

TEST(Workload, NamesWhatIsMissing) {
  EXPECT_NE(error_of(good_text).find("reply.body names reply.txt, which is not there"),
            std::string::npos);
  EXPECT_NE(error_of("title = \"T\"\n").find("request is missing"), std::string::npos);
  EXPECT_NE(error_of("title = [\n").find("line "), std::string::npos);
  EXPECT_NE(error_of(std::string(good_text) + "extra = 1\n").find("extra is not known here"),
            std::string::npos);
}

}  // namespace
}  // namespace assay::lab
