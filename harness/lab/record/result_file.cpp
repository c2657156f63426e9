#include "harness/lab/record/result_file.h"

#include <fmt/format.h>

#include "harness/lab/file_text.h"
#include "server/model/json_read.h"

namespace assay::lab {

Result<RunResult> read_result(const std::filesystem::path& path) {
  const auto text = text_of(path);
  if (!text) return LabError::unreadable(path.string(), "there is no such file");
  auto reading = model::from_json<RunResult>(*text);
  if (!reading.ok()) {
    const model::Problem& first = reading.problems.front();
    return LabError::bad_file(path.string(), model::text(first));
  }
  if (reading.value.schema != current_schema) {
    return LabError::bad_file(path.string(),
                              fmt::format("is of schema {}, and this program reads {}",
                                          reading.value.schema, current_schema));
  }
  return std::move(reading.value);
}

}  // namespace assay::lab
