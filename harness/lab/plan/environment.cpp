#include "harness/lab/plan/environment.h"

#include <unistd.h>

#include <optional>
#include <tuple>
#include <utility>

#include "harness/lab/file_text.h"
#include "server/model/json_read.h"

namespace assay::lab {
namespace {

struct Record {
  std::optional<std::string> program;
  std::optional<std::string> version;
  std::optional<std::string> reason;
  std::optional<std::string> build;
  std::optional<double> loop_us;
  static constexpr auto model() {
    using model::field;
    return std::tuple{field<"program">(&Record::program), field<"version">(&Record::version),
                      field<"reason">(&Record::reason), field<"build">(&Record::build),
                      field<"loop_us">(&Record::loop_us)};
  }
};

Environment without(std::string reason) { return {"", "", "", std::move(reason), {}}; }

}  // namespace

Environment read_environment(const std::filesystem::path& checkout, const std::string& name) {
  const std::filesystem::path path = checkout / ".venv" / (name + ".json");
  const auto text = text_of(path);
  if (!text) return without("its environment is missing: run make setup");
  const auto reading = model::from_json<Record>(*text);
  if (!reading.ok()) return without(path.string() + " is damaged: run make setup");
  const Record& record = reading.value;
  if (!record.program) return without(record.reason.value_or("no program for it was found"));
  if (access(record.program->c_str(), X_OK) != 0) {
    return without(*record.program + " is not there any more: run make setup");
  }
  return {*record.program, record.version.value_or(""), record.build.value_or(""), "",
          record.loop_us};
}

}  // namespace assay::lab
