#include "harness/lab/result_file.h"

#include <fstream>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "server/model/json_read.h"

namespace assay::lab {

Result<RunResult> read_result(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) return LabError::unreadable(path.string(), "there is no such file");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  auto reading = model::from_json<RunResult>(text);
  if (!reading.ok()) {
    const model::Problem& first = reading.problems.front();
    return LabError::bad_file(path.string(), fmt::format("{} {}", first.location, first.message));
  }
  if (reading.value.schema != current_schema) {
    return LabError::bad_file(path.string(),
                              fmt::format("is of schema {}, and this program reads {}",
                                          reading.value.schema, current_schema));
  }
  return std::move(reading.value);
}

}  // namespace assay::lab
