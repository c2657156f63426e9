#include "harness/lab/environment.h"

#include <unistd.h>

#include <optional>
#include <tuple>

#include "harness/lab/file_text.h"
#include "server/model/json_read.h"

namespace assay::lab {
namespace {

struct Record {
  std::optional<std::string> python;
  std::optional<std::string> reason;
  std::optional<std::string> build;
  static constexpr auto model() {
    using model::field;
    return std::tuple{field<"python">(&Record::python), field<"reason">(&Record::reason),
                      field<"build">(&Record::build)};
  }
};

}  // namespace

Environment read_environment(const std::filesystem::path& checkout, const std::string& baseline) {
  const std::filesystem::path path = checkout / ".venv" / (baseline + ".json");
  const auto text = text_of(path);
  if (!text) return {"", "", "its Python environment is missing: run make setup"};
  const auto reading = model::from_json<Record>(*text);
  if (!reading.ok()) return {"", "", path.string() + " is damaged: run make setup"};
  const Record& record = reading.value;
  if (!record.python) return {"", "", record.reason.value_or("no interpreter for it was found")};
  if (access(record.python->c_str(), X_OK) != 0) {
    return {"", "", *record.python + " is not there any more: run make setup"};
  }
  return {*record.python, record.build.value_or(""), ""};
}

}  // namespace assay::lab
