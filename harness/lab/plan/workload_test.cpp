#include "harness/lab/plan/workload.h"

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
  const auto workloads = read_workloads(scratch.folder() / "workloads" / "x");
  return workloads ? "" : workloads.error().what();
}

std::vector<Workload> read(const std::string& text) {
  const ScratchCheckout scratch;
  scratch.write("workloads/x/workload.toml",
                "title = \"T\"\nmeasures = \"M\"\nused_by = []\n" + text);
  scratch.write("workloads/x/question.json", "[1]");
  const auto workloads = read_workloads(scratch.folder() / "workloads" / "x");
  EXPECT_TRUE(workloads) << workloads.error().what();
  return workloads ? *workloads : std::vector<Workload>();
}

TEST(Workload, KnowsWhatToAskAndWhatToExpect) {
  const auto workloads = read_workloads("workloads/json");
  ASSERT_TRUE(workloads) << workloads.error().what();
  ASSERT_EQ(workloads->size(), 1U);
  const Workload& workload = workloads->front();
  EXPECT_EQ(workload.first().method + " " + workload.first().path, "GET /json");
  EXPECT_EQ(workload.first().reply.texts.at(0).size(), 526U);
  EXPECT_TRUE(workload.runs_on("reference"));
  EXPECT_TRUE(workload.runs_on("karak"));
  EXPECT_FALSE(workload.runs_on("cobol"));
}

TEST(Workload, OfAVariantIsNamedAfterFolderAndVariant) {
  const auto workloads = read(R"(
request = { method = "GET", path = "/x" }
reply = { status = 200 }
[variants.b]
title = "B"
request = { method = "POST", path = "/x/b", type = "application/json", body = "question.json" }
reply = { status = [200, 404], texts = ["one", "two"] }
)");
  ASSERT_EQ(workloads.size(), 2U);
  EXPECT_EQ(workloads[0].name, "x");
  EXPECT_TRUE(workloads[0].first().reply.texts.empty());
  EXPECT_EQ(workloads[1].name, "x@b");
  EXPECT_EQ(workloads[1].folder(), "x");
  EXPECT_EQ(workloads[1].title, "T: B");
  EXPECT_EQ(workloads[1].first().body, "[1]");
  EXPECT_EQ(workloads[1].first().content_type, "application/json");
  EXPECT_EQ(workloads[1].first().reply.statuses, (std::vector<int>{200, 404}));
  EXPECT_EQ(workloads[1].first().reply.texts, (std::vector<std::string>{"one", "two"}));
}

TEST(Workload, HasItsVariantsInTheOrderOfTheFile) {
  const auto workloads = read(R"(
[variants.update]
title = "U"
request = { method = "GET", path = "/u" }
reply = { status = 200 }
[variants.delete]
title = "D"
request = { method = "GET", path = "/d" }
reply = { status = 200 }
)");
  ASSERT_EQ(workloads.size(), 2U);
  EXPECT_EQ(workloads[0].name + " " + workloads[1].name, "x@update x@delete");
}

TEST(Workload, WithVariantsAloneHasNoneOfItsFoldersName) {
  const auto workloads = read(
      "[variants.a]\ntitle = \"A\"\nrequest = { method = \"GET\", path = \"/\" }\n"
      "reply = { status = 200 }\n");
  ASSERT_EQ(workloads.size(), 1U);
  EXPECT_EQ(workloads[0].name, "x@a");
}

TEST(Workload, OfAVariantMayBeMeantForSomeBaselinesOnly) {
  const ScratchCheckout scratch;
  scratch.write("workloads/x/workload.toml", R"(
title = "T"
measures = "M"
used_by = []
request = { method = "GET", path = "/x" }
reply = { status = 200 }
[variants.long]
title = "long"
only = ["reference"]
request = { method = "GET", path = "/x/long" }
reply = { status = 200 }
)");
  scratch.write("workloads/x/reference.cpp", "");
  scratch.write("workloads/x/karak.py", "");
  const auto workloads = read_workloads(scratch.folder() / "workloads" / "x");
  ASSERT_TRUE(workloads) << workloads.error().what();
  EXPECT_TRUE(workloads->at(0).runs_on("karak"));
  EXPECT_FALSE(workloads->at(1).runs_on("karak"));
  EXPECT_TRUE(workloads->at(1).runs_on("reference"));
}

TEST(Workload, MixesPartsByWeight) {
  const auto workloads = read(R"(
[[mix]]
weight = 80
request = { method = "GET", path = "/a" }
reply = { status = 200 }
[[mix]]
weight = 20
request = { method = "PUT", path = "/b" }
reply = { status = 204 }
)");
  ASSERT_EQ(workloads.size(), 1U);
  ASSERT_EQ(workloads[0].parts.size(), 2U);
  EXPECT_EQ(workloads[0].parts[0].weight, 80U);
  EXPECT_EQ(workloads[0].parts[1].method, "PUT");
}

TEST(Workload, RefusesACheckBesideAMix) {
  EXPECT_NE(error_of("title = \"T\"\nmeasures = \"M\"\nused_by = []\n"
                     "check = { path = \"/\", reply = \"echo\" }\n"
                     "[[mix]]\nweight = 1\nrequest = { method = \"GET\", path = \"/\" }\n"
                     "reply = { status = 200 }\n")
                .find("check is for one request"),
            std::string::npos);
}

TEST(Workload, ChecksWithAnotherBodyWhereItSaysSo) {
  const auto workloads = read(R"(
request = { method = "POST", path = "/x", type = "text/plain", body = "question.json" }
reply = { status = 200, type = "text/plain", text = "1" }
check = { path = "/x?n={random:1:9}", reply = "echo" }
)");
  ASSERT_EQ(workloads.size(), 1U);
  ASSERT_EQ(workloads[0].checks.size(), 1U);
  const WorkloadPart& check = workloads[0].checks.front();
  EXPECT_EQ(check.method + " " + check.path + " " + check.body, "POST /x?n={random:1:9} [1]");
  EXPECT_TRUE(check.reply.is_echo);
  EXPECT_EQ(check.reply.media_type, "text/plain");
}

TEST(Workload, ChecksInSeveralWaysAndAlsoWhatDoesNotFit) {
  const auto workloads = read(R"(
request = { method = "POST", path = "/x", type = "text/plain", body = "question.json" }
reply = { status = 200, type = "text/plain", text = "1" }
check = [
  { path = "/x?a", text = "2" },
  { path = "/x?b", status = 422 },
]
counted = { path = "/n", text = "n={digits}" }
)");
  ASSERT_EQ(workloads.size(), 1U);
  ASSERT_EQ(workloads[0].checks.size(), 2U);
  EXPECT_EQ(workloads[0].checks[0].reply.texts, std::vector<std::string>{"2"});
  EXPECT_EQ(workloads[0].checks[1].reply.statuses, std::vector<int>{422});
  EXPECT_TRUE(workloads[0].checks[1].reply.texts.empty());
  EXPECT_TRUE(workloads[0].checks[1].reply.media_type.empty());
  ASSERT_TRUE(workloads[0].counted);
  EXPECT_EQ(workloads[0].counted->path, "/n");
}

TEST(Workload, FilesOfThisCheckoutCanAllBeRead) {
  const auto workloads = all_workloads(".");
  ASSERT_TRUE(workloads) << workloads.error().what();
  for (const Workload& workload : *workloads) EXPECT_FALSE(workload.parts.empty()) << workload.name;
}

TEST(Workload, NamesWhatIsMissing) {
  EXPECT_NE(error_of(good_text).find("reply.body names reply.txt, which is not there"),
            std::string::npos);
  EXPECT_NE(error_of("title = \"T\"\nmeasures = \"M\"\nused_by = []\n").find("request is missing"),
            std::string::npos);
  EXPECT_NE(error_of("title = [\n").find("line "), std::string::npos);
  EXPECT_NE(error_of(std::string(good_text) + "extra = 1\n").find("extra is not known here"),
            std::string::npos);
}

}  // namespace
}  // namespace assay::lab
