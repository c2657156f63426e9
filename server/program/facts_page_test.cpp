#include "server/program/facts_page.h"

#include <string>

#include <gtest/gtest.h>

#include "server/app/client.h"

namespace assay {
namespace {

std::string page_of(const runtime::Settings& settings) {
  App app;
  add_facts_page(app, settings);
  return Client(app).get("/__assay__").body;
}

TEST(FactsPage, SaysWhoseServerItIsAndWithHowManyWorkers) {
  runtime::Settings settings;
  settings.workers = 7;
  const std::string page = page_of(settings);
  EXPECT_EQ(page.rfind(R"({"baseline":"reference","runtime":"C++20, )", 0), 0U) << page;
  EXPECT_NE(page.find(R"("workers":7,)"), std::string::npos) << page;
  EXPECT_NE(page.find(R"("keep_alive":"60 s")"), std::string::npos) << page;
  EXPECT_NE(page.find(R"("sqlite":"3.)"), std::string::npos) << page;
}

TEST(FactsPage, SaysWhenNoConnectionIsKept) {
  runtime::Settings settings;
  settings.limits.keep_alive = false;
  EXPECT_NE(page_of(settings).find(R"("keep_alive":"none")"), std::string::npos);
}

}  // namespace
}  // namespace assay
