#include "harness/lab/trial/facts.h"

#include <chrono>
#include <tuple>

#include "harness/load/loop/fetch.h"
#include "server/model/json_read.h"

namespace assay::lab {
namespace {

struct Page {
  std::string baseline;
  std::optional<std::string> runtime;
  std::optional<std::string> python;
  std::optional<bool> gil_before;
  std::optional<bool> gil;
  std::map<std::string, std::string> packages;
  std::optional<std::int64_t> workers;
  std::optional<std::string> loop;
  std::optional<std::string> parser;
  std::optional<std::string> keep_alive;
  std::optional<std::string> json;
  static constexpr auto model() {
    using model::field;
    return std::tuple{field<"baseline">(&Page::baseline), field<"runtime">(&Page::runtime),
                      field<"python">(&Page::python),     field<"gil_before">(&Page::gil_before),
                      field<"gil">(&Page::gil),           field<"packages">(&Page::packages),
                      field<"workers">(&Page::workers),   field<"loop">(&Page::loop),
                      field<"parser">(&Page::parser),     field<"keep_alive">(&Page::keep_alive),
                      field<"json">(&Page::json)};
  }
};

}  // namespace

std::string identity_fault(const std::optional<Facts>& facts, const std::optional<Facts>& before,
                           const Baseline& baseline) {
  if (!facts && before) return "the server does not say who it is, and did before";
  if (baseline.runs_unlocked && (!facts || !facts->gil)) {
    return "the server does not say whether its interpreter lock is on, and this baseline runs "
           "without it";
  }
  if (!facts) return {};
  if (facts->baseline != baseline.name) return "the server says that it is " + facts->baseline;
  if (baseline.runs_unlocked && *facts->gil) {
    return "the interpreter lock is on, and this baseline runs without it";
  }
  return before ? software_fault(*facts, *before) : std::string{};
}

std::string software_fault(const Facts& facts, const Facts& before) {
  if (facts.runtime != before.runtime) {
    return "the server runs on " + facts.runtime + ", and ran on " + before.runtime + " before";
  }
  if (facts.gil != before.gil) return "the interpreter lock is not as it was before";
  for (const auto& [package, version] : facts.packages) {
    const auto known = before.packages.find(package);
    const std::string then = known == before.packages.end() ? "absent" : known->second;
    if (then != version) {
      return "the server has " + package + " " + version + ", which was " + then + " before";
    }
  }
  return facts.packages.size() == before.packages.size() ? "" : "packages of the server are gone";
}

std::optional<Facts> facts_of(const std::string& host, std::uint16_t port) {
  const auto reply =
      load::fetch(host, port, {"GET", "/__assay__", {}, {}}, std::chrono::seconds(5));
  if (!reply || reply->status != 200) return std::nullopt;
  const auto reading = model::from_json<Page>(reply->body);
  if (!reading.ok()) return std::nullopt;
  const Page& page = reading.value;
  const std::string python = page.python.value_or("");
  const std::string runtime = python.empty() ? "" : "CPython " + python;
  return Facts{page.baseline,
               page.runtime.value_or(runtime),
               python,
               page.gil_before,
               page.gil,
               page.packages,
               page.workers,
               page.loop.value_or(""),
               page.parser.value_or(""),
               page.keep_alive.value_or(""),
               page.json.value_or("")};
}

}  // namespace assay::lab
