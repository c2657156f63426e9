#include "harness/lab/facts.h"

#include <chrono>
#include <tuple>

#include "harness/load/fetch.h"
#include "server/model/json_read.h"

namespace assay::lab {
namespace {

struct Page {
  std::string baseline;
  std::string python;
  std::optional<bool> gil;
  std::map<std::string, std::string> packages;
  static constexpr auto model() {
    using model::field;
    return std::tuple{field<"baseline">(&Page::baseline), field<"python">(&Page::python),
                      field<"gil">(&Page::gil), field<"packages">(&Page::packages)};
  }
};

}  // namespace

std::optional<Facts> facts_of(const std::string& host, std::uint16_t port) {
  const auto reply =
      load::fetch(host, port, {"GET", "/__assay__", {}, {}}, std::chrono::seconds(2));
  if (!reply || reply->status != 200) return std::nullopt;
  const auto reading = model::from_json<Page>(reply->body);
  if (!reading.ok()) return std::nullopt;
  return Facts{reading.value.baseline, reading.value.python, reading.value.gil,
               reading.value.packages};
}

}  // namespace assay::lab
